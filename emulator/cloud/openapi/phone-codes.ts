import { randomBytes } from 'node:crypto'
import type { Database } from 'lmdb'
import type { WechatUser } from '../../control/interface.ts'
import type { Clock } from '../clock.ts'
import { LIMITS } from '../limits.ts'
import type { Key, Store } from '../store.ts'
import type { PhoneNumber } from './country-code.ts'

interface PhoneCode extends PhoneNumber {
  openid: string
  appid: string
  issuedAt: number
  used: boolean
}

export type Exchange =
  | { ok: true; number: PhoneNumber }
  | { ok: false; errcode: 40029 | 40013; errmsg: string }

const CODE_BYTES = 32
const CODE = new RegExp(`^[0-9a-f]{${2 * CODE_BYTES}}$`)

const invalidCode: Exchange = { ok: false, errcode: 40029, errmsg: 'invalid code' }

/**
 * Codes that a tap on the phone button gives: good for five minutes and for one exchange, by the mini-program
 * they were given in, and for the person who tapped.
 */
export class PhoneCodes {
  readonly #table: Database<PhoneCode, Key>
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#table = store.table('phoneCodes')
    this.#store = store
    this.#clock = clock
  }

  issue(user: WechatUser, appid: string): string {
    const code = randomBytes(CODE_BYTES).toString('hex')
    const { openid, countryCode, purePhoneNumber } = user
    const issuedAt = this.#clock.now()
    this.#store.write(() => {
      this.#forgetExpired()
      this.#table.putSync(code, { openid, countryCode, purePhoneNumber, appid, issuedAt, used: false })
    })
    return code
  }

  /**
   * Uses a code up. A refused exchange uses nothing up.
   * @param openid checked against the person who tapped, when given. That the platform answers a mismatch with
   *   40029 is a choice made here; its documentation names no number for it.
   */
  exchange(code: unknown, openid: unknown, appid: string): Exchange {
    if (typeof code !== 'string' || code === '' || code.length > 256) return invalidCode
    return this.#store.write(() => {
      const known = this.#table.get(code)
      if (!known || known.used || this.#hasExpired(known)) return invalidCode
      if (known.appid !== appid) return { ok: false, errcode: 40013, errmsg: 'invalid appid' }
      if (openid !== undefined && openid !== known.openid) return invalidCode
      this.#table.putSync(code, { ...known, used: true })
      return {
        ok: true,
        number: { countryCode: known.countryCode, purePhoneNumber: known.purePhoneNumber },
      }
    })
  }

  /** Whether it was issued and has not been forgotten, used or not. */
  has(code: string): boolean {
    return this.#table.get(code) !== undefined
  }

  /** Whether a text has the form of a code: those that have expired are forgotten. */
  looksIssued(text: string): boolean {
    return CODE.test(text)
  }

  clear(): void {
    this.#store.write(() => this.#table.clearSync())
  }

  #hasExpired(code: PhoneCode): boolean {
    return this.#clock.now() >= code.issuedAt + LIMITS.phoneNumber.codeSeconds * 1000
  }

  #forgetExpired(): void {
    for (const { key, value } of [...this.#table.getRange({})]) {
      if (this.#hasExpired(value)) this.#table.removeSync(key)
    }
  }
}
