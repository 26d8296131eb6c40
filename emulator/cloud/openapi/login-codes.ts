import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { OpenApiAnswer, OpenApiHandler } from './openapi.ts'

/** WeChat: a code of `wx.login` is valid for five minutes and one exchange. */
const LIFE_SECONDS = 300

export interface LoginSession {
  openid: string
  session_key: string
}

/** Codes that `wx.login` gives. They are kept in memory: a code is exchanged soon or never. */
export class LoginCodes {
  readonly #clock: Clock
  readonly #codes = new Map<string, { openid: string; issuedAt: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(openid: string): string {
    const now = this.#clock.now()
    for (const [code, { issuedAt }] of this.#codes) {
      if (now - issuedAt > LIFE_SECONDS * 1000) this.#codes.delete(code)
    }
    const code = `0${randomBytes(15).toString('hex')}g`
    this.#codes.set(code, { openid, issuedAt: now })
    return code
  }

  /** Uses a code up. @returns undefined for one that is unknown, used or too old */
  exchange(code: unknown): LoginSession | undefined {
    const known = this.#codes.get(String(code))
    this.#codes.delete(String(code))
    if (!known || this.#clock.now() - known.issuedAt > LIFE_SECONDS * 1000) return undefined
    const key = createHash('sha256').update(`session ${known.openid} ${known.issuedAt}`).digest()
    return { openid: known.openid, session_key: key.subarray(0, 16).toString('base64') }
  }

  /** Whether it was issued and has not been exchanged. */
  has(code: string): boolean {
    return this.#codes.has(code)
  }

  clear(): void {
    this.#codes.clear()
  }
}

/** The answer of `/sns/jscode2session`. */
export function sessionAnswer(codes: LoginCodes, code: unknown): OpenApiAnswer {
  const session = codes.exchange(code)
  return session ? { errcode: 0, errmsg: 'ok', ...session } : { errcode: 40029, errmsg: 'invalid code' }
}

/** `auth.code2Session`, which over HTTP is `/sns/jscode2session`. */
export function codeToSession(codes: LoginCodes): OpenApiHandler {
  return ({ js_code, jsCode }) => sessionAnswer(codes, js_code ?? jsCode)
}
