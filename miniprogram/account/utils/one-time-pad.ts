import type { Outcome } from '../../auth/core/outcome'
import { done, failed } from '../../auth/core/outcome'
import { fromBase64, toBase64 } from './base64'

/** The length that `account.export` requires. */
const PAD_BYTES = 256

/**
 * Random bytes for one answer, from WeChat's cryptographic generator. WECHAT_OLD before base library 2.15.0, which has
 * none: bytes that can be guessed would not hide the answer.
 */
export function newPad(): Promise<Outcome<Uint8Array>> {
  return new Promise((resolve) => {
    if (!wx.getRandomValues) {
      resolve(failed('WECHAT_OLD'))
      return
    }
    wx.getRandomValues({
      length: PAD_BYTES,
      success: ({ randomValues }) => {
        const pad = new Uint8Array(randomValues)
        resolve(pad.length === PAD_BYTES ? done(pad) : failed('INVALID_RESPONSE'))
      },
      fail: () => resolve(failed('INVALID_RESPONSE')),
    })
  })
}

export function padInBase64(pad: Uint8Array): string {
  return toBase64(pad)
}

/** Reads the JSON that was hidden with the pad (XOR); undefined if it was not. */
export function uncover(pad: Uint8Array, hidden: string): unknown {
  const bytes = fromBase64(hidden)
  if (bytes?.length !== pad.length) return undefined
  let text = ''
  for (let at = 0; at < pad.length; at++) {
    const code = (bytes[at] ?? 0) ^ (pad[at] ?? 0)
    if (code !== 0) text += String.fromCharCode(code)
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
