import type { TestCloud } from '../../test-cloud.ts'
import type { Dialog, NumberWithheld } from '../phone.ts'
import type { SeenElement } from './element-search.ts'

/** What a sheet of WeChat's was opened by. */
export interface SheetRequest {
  button: SeenElement
  event: 'getphonenumber' | 'getrealtimephonenumber' | 'chooseavatar'
}

/** The sheet that each open type of a button opens. */
export const SHEET_EVENTS: Readonly<Record<string, SheetRequest['event']>> = {
  getPhoneNumber: 'getphonenumber',
  getRealtimePhoneNumber: 'getrealtimephonenumber',
  chooseAvatar: 'chooseavatar',
}

const AVATAR_SHEET: Dialog = { text: '选择头像', buttons: ['用微信头像', '从相册选择', '取消'] }
const NUMBER_SHEET: Dialog = { text: '申请获取并验证你的手机号', buttons: ['拒绝', '允许'] }

const WITHHELD: Readonly<Record<NumberWithheld, readonly [string, number]>> = {
  'no-permission': ['no permission', 102],
  'out-of-quota': ['jsapi has no quota', 1400001],
}

export function isForNumber({ event }: SheetRequest): boolean {
  return event !== 'chooseavatar'
}

export function dialogOf(request: SheetRequest): Dialog {
  return isForNumber(request) ? NUMBER_SHEET : AVATAR_SHEET
}

/** What the button's event says without a number. */
export function withheldDetail({ event }: SheetRequest, reason: NumberWithheld): object {
  const [message, errno] = WITHHELD[reason]
  return { errMsg: `${apiOf(event)}:fail ${message}`, errno }
}

interface NumberAnswer {
  isAllowed: boolean
  isConnected: boolean
  cloud: TestCloud
  openid: string
}

/** What the button's event says when the sheet is answered. */
export async function numberDetail(
  { event }: SheetRequest,
  { isAllowed, isConnected, cloud, openid }: NumberAnswer,
): Promise<object> {
  const api = apiOf(event)
  if (!isAllowed) return { errMsg: `${api}:fail user deny`, errno: 103 }
  if (!isConnected) return { errMsg: `${api}:fail network error` }
  const realtime = event === 'getrealtimephonenumber'
  const { code, cloudID } = await cloud.control.post('phone-code', { openid, realtime })
  return { errMsg: `${api}:ok`, code, ...(realtime ? {} : { cloudID }) }
}

function apiOf(event: SheetRequest['event']): string {
  return event === 'getrealtimephonenumber' ? 'getRealtimePhoneNumber' : 'getPhoneNumber'
}
