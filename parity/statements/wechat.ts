import { SOURCES } from './sources.ts'
import { type StatementGroup, same, statement } from './statement.ts'

export const WECHAT_STATEMENTS: StatementGroup = {
  english: 'WeChat’s interfaces',
  chinese: '微信接口（云调用）',
  statements: [
    statement(
      'openapi-phone-number-errors',
      '`phonenumber.getPhoneNumber`: a wrong code is 40029',
      '`phonenumber.getPhoneNumber`：错误的 code 为 40029',
      same(SOURCES.phoneNumber),
    ),
    statement(
      'openapi-phone-number-openid',
      '`phonenumber.getPhoneNumber` with `openid`: one developer reports 47001',
      '`phonenumber.getPhoneNumber` 带 `openid`：一位开发者报告 47001',
    ),
    statement(
      'openapi-message-check',
      '`security.msgSecCheck`: errors',
      '`security.msgSecCheck`：错误',
      same(SOURCES.messageCheck),
    ),
    statement(
      'openapi-permission',
      '-604101 without permission, -604100 for an unknown name',
      '没有权限 -604101，未知接口 -604100',
      same(SOURCES.errors),
    ),
    statement('openapi-cloud-id', '`getOpenData` with a wrong cloudID', '`getOpenData` 与错误的 cloudID'),
  ],
}
