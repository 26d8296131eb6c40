import { CHAT_TYPES } from '../../launch/scenes.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

const GROUP_CHAT = 3
/** All group chats of this machine are one. */
const GROUP_ID = 'tLocalGroup'
/** 场景错误, as WeChat documents it for `getGroupEnterInfo`. */
const WRONG_SCENE = 40097

/** The group chat that the mini-program was opened from. The encrypted form cannot be decrypted; the cloudID can be used. */
export function groupApis({ device, launches }: WxContext): WxApis {
  const openData = async (data: object) => ({
    encryptedData: 'AAAA',
    iv: 'AAAA',
    cloudID: await device.control.cloudId(data),
  })
  return {
    getGroupEnterInfo: asynchronous('getGroupEnterInfo', () => {
      if (CHAT_TYPES[launches.latest.scene] !== GROUP_CHAT)
        throw new ApiFailure('invalid scene', { errCode: WRONG_SCENE })
      return openData({ opengid: GROUP_ID, chat_type: GROUP_CHAT })
    }),
    getShareInfo: asynchronous('getShareInfo', (options) => {
      const tickets = [launches.first.shareTicket, launches.latest.shareTicket]
      const ticket = options.text('shareTicket')
      // The text is of this phone: WeChat documents none.
      if (ticket === '' || !tickets.includes(ticket)) throw new Error('invalid shareTicket')
      return openData({ openGId: GROUP_ID })
    }),
  }
}
