import { randomBytes } from 'node:crypto'
import type { OpenApiHandler } from '../openapi.ts'

/** The largest picture that `imgSecCheck` takes. */
const MAXIMUM_BYTES = 1024 * 1024
/** A file that contains one of these is refused, so that a tester can make it happen. */
const RISKY = ['违规', 'risky']

/** `security.imgSecCheck`: the real service judges by content; here a few words inside the file stand for that. */
export const imageSecurityCheck: OpenApiHandler = ({ media }) => {
  if (!Buffer.isBuffer(media)) return { errcode: 41005, errmsg: 'media data missing' }
  if (media.length > MAXIMUM_BYTES) return { errcode: 40006, errmsg: 'invalid meida size' }
  if (RISKY.some((word) => media.includes(word))) return { errcode: 87014, errmsg: 'risky content' }
  return { errcode: 0, errmsg: 'ok' }
}

/** `security.mediaCheckAsync`: the verdict is sent to the message server later, which does not exist here. */
export const mediaCheckAsync: OpenApiHandler = ({ media_url: url }, { log }) => {
  if (typeof url !== 'string' || url === '') return { errcode: 41005, errmsg: 'media data missing' }
  log('security.mediaCheckAsync：模拟器不推送检测结果 · the verdict is never sent here')
  return { errcode: 0, errmsg: 'ok', trace_id: randomBytes(16).toString('hex') }
}
