import type { Document } from 'wechat-cloud-emulator/testing'

/** People of an earlier version of an app, as it stored them: `_openid` from WeChat, a number in the clear. */
export function oldPerson(number: number, change: Document = {}): Document {
  return {
    _id: oldIdOf(number),
    _openid: openidOf(number),
    nickName: `游客${number}`,
    avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132',
    mobile: phoneOf(number),
    createTime: new Date(Date.UTC(2023, 0, 1) + number * 60_000),
    ...change,
  }
}

/** 28 characters, as WeChat's. */
export const openidOf = (number: number) => `oOld${String(number).padStart(24, 'x')}`
export const oldIdOf = (number: number) => `c0ffee${number.toString(16).padStart(26, '0')}`
export const phoneOf = (number: number) => `139${String(number).padStart(8, '0')}`
