import type { OpenApiHandler } from '../openapi.ts'
import type { WechatUsers } from '../wechat-users.ts'

const TYPES = new Set(['text', 'image', 'link', 'miniprogrampage'])

/** `customerServiceMessage.send`: the message appears in the log of the call. */
export function customerServiceMessage(users: WechatUsers): OpenApiHandler {
  return ({ touser, msgtype, ...message }, { log }) => {
    if (typeof touser !== 'string' || !users.find(touser)) return { errcode: 40003, errmsg: 'invalid openid' }
    if (typeof msgtype !== 'string' || !TYPES.has(msgtype))
      return { errcode: 40008, errmsg: 'invalid message type' }
    log(`客服消息 customer service message: ${msgtype} ${JSON.stringify(message[msgtype] ?? {})}`)
    return { errcode: 0, errmsg: 'ok' }
  }
}

/** `templateMessage.send`: WeChat has withdrawn it in January 2020. */
export const templateMessage: OpenApiHandler = (_parameters, { log }) => {
  log(
    'templateMessage.send：微信已于 2020 年 1 月下线，请用订阅消息 · withdrawn in 2020: use subscribeMessage.send',
  )
  return { errcode: 0, errmsg: 'ok' }
}
