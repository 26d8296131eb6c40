import { fromBase64, toBase64 } from './base64'
import type { Outcome } from './failure'
import { done, failed } from './failure'

/** As many as `account.export` asks for. */
const PAD_BYTES = 256

/**
 * Random bytes for one answer, of WeChat's generator for keys. WECHAT_OLD before base library 2.15.0, which has none:
 * with bytes that can be guessed, the answer would be as good as in clear.
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
        resolve(pad.length === PAD_BYTES ? done(pad) : failed('BROKEN_ANSWER'))
      },
      fail: () => resolve(failed('BROKEN_ANSWER')),
    })
  })
}

export function padInBase64(pad: Uint8Array): string {
  return toBase64(pad)
}

/** What was hidden with the pad (XOR), from its JSON; undefined for what was not. */
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
