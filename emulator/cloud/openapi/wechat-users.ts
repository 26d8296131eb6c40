import { createHash } from 'node:crypto'
import type { Database } from 'lmdb'
import type { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { Key, Store } from '../store.ts'
import { type PhoneNumber, parsePhoneNumber } from './country-code.ts'

/** A WeChat account as the platform knows it; no function ever sees this record. */
export interface WechatUser extends PhoneNumber {
  openid: string
  /** When the person last used the mini-program, milliseconds since 1970 by the cloud's clock. */
  activeAt: number
}

/** The people who use the mini-program: they exist from their first call or tap on. */
export class WechatUsers {
  readonly #table: Database<WechatUser, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #changes: Changes

  constructor(store: Store, clock: Clock, changes: Changes) {
    this.#changes = changes
    this.#table = store.table('wechatUsers')
    this.#store = store
    this.#clock = clock
  }

  find(openid: string): WechatUser | undefined {
    return this.#table.get(openid)
  }

  list(): WechatUser[] {
    return [...this.#table.getRange({})].map((entry) => entry.value)
  }

  /**
   * Notes that the person is using the mini-program now.
   * @param phoneNumber binds another number to the account; a person never given one has a number of the
   *   platform's test range (1206660xxxx), always the same for the same openid
   * @throws RangeError when it is no phone number
   */
  touch(openid: string, phoneNumber?: string): WechatUser {
    const known = this.find(openid)
    const number = phoneNumber === undefined ? (known ?? testNumber(openid)) : parse(phoneNumber)
    const user: WechatUser = {
      openid,
      countryCode: number.countryCode,
      purePhoneNumber: number.purePhoneNumber,
      activeAt: this.#clock.now(),
    }
    this.#store.write(() => this.#table.putSync(openid, user))
    this.#changes.tell('users')
    return user
  }

  clear(): void {
    this.#store.write(() => this.#table.clearSync())
  }
}

function parse(text: string): PhoneNumber {
  const number = parsePhoneNumber(text)
  if (!number)
    throw new RangeError('phoneNumber must be digits, with +<country code> unless it is a Chinese one')
  return number
}

function testNumber(openid: string): PhoneNumber {
  const four = createHash('sha256').update(openid).digest().readUInt32BE(0) % 10_000
  return { countryCode: '86', purePhoneNumber: `1206660${String(four).padStart(4, '0')}` }
}
