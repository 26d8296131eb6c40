import type { Operation, ShownValue } from 'wechat-cloud-emulator/config'
import type { AuditRecord } from '../../../../contract/admin-look.ts'
import { USERS, userIdField } from './user-fields.ts'

/** What `AuditRecord.act` says. One that is not named here is shown as it is. */
const ACTS: Readonly<Record<string, string>> = {
  login: '登录',
  consent: '同意协议',
  'phone.change': '更换手机号',
  'phone.budget': '手机号授权达到每日预算',
  'session.end': '结束会话',
  'account.close': '注销账号',
  'account.export': '导出数据',
  'transfer.request': '申请转移账号',
  'transfer.cancel': '取消转移',
  'transfer.refuse': '拒绝转移',
  'transfer.out': '转出',
  'transfer.in': '转入',
  'admin.find': '管理员查找',
  'admin.list': '管理员列表',
  'admin.show': '管理员查看',
  'admin.records': '管理员查看记录',
  'admin.reveal': '管理员查看完整号码',
  'admin.disable': '管理员停用',
  'admin.enable': '管理员启用',
  'admin.endSessions': '管理员结束会话',
  'admin.stats': '管理员统计',
  'admin.import': '管理员导入',
}

const FIELDS: readonly (ShownValue & { path: keyof AuditRecord })[] = [
  { path: 'at', label: '时间', as: 'time' },
  { path: 'act', label: '操作', texts: ACTS },
  { path: 'by', label: '谁', texts: { user: '本人', other: '对方', system: '系统' } },
  { path: 'outcome', label: '结果', texts: { done: '完成', begun: '未确认' }, tones: { begun: 'warn' } },
  { path: 'reason', label: '原因' },
  { path: 'detail', label: '内容' },
  { path: 'device', label: '设备' },
  { path: 'userId', label: '用户 id', as: 'code' },
  { path: 'source', label: '来源' },
  { path: 'requestId', label: '请求 id', as: 'code' },
]

export const RECORD_COLUMNS: readonly ShownValue[] = FIELDS

/** Audit entries by person, act or day. */
export const recordOperation: Operation = {
  id: 'records',
  name: '操作记录',
  function: 'admin',
  event: { action: 'records' },
  fields: [
    { ...userIdField('userId'), isRequired: false },
    { name: 'act', label: '操作', type: 'select', options: ACTS },
    { name: 'day', label: '日期', type: 'date', hint: '北京时间' },
  ],
  runsAtOnce: true,
  subject: { field: 'userId', collection: USERS, most: 1 },
  result: [
    {
      kind: 'table',
      title: '操作记录',
      path: 'data.records',
      key: 'id' satisfies keyof AuditRecord,
      columns: RECORD_COLUMNS,
      more: { path: 'data.nextCursor', field: 'cursor' },
      empty: '没有这样的记录。',
    },
  ],
}
