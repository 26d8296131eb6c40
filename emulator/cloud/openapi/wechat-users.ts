import { createHash } from 'node:crypto'
import type { Database } from 'lmdb'
import type { WechatUser, WechatUserChanges } from '../../control/interface.ts'
import type { Clock } from '../clock.ts'
import type { EventBus } from '../event-bus.ts'
import type { Key, Store } from '../store.ts'
import { type PhoneNumber, parsePhoneNumber } from './country-code.ts'

/** The people who use the mini-program: they exist from their first call or tap on, or once the tester makes them. */
export class WechatUsers {
  readonly #table: Database<WechatUser, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #events: EventBus

  constructor(store: Store, clock: Clock, events: EventBus) {
    this.#events = events
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
    return this.#put({ ...this.#changed(openid, { phoneNumber }), activeAt: this.#clock.now() })
  }

  /** Makes or changes an account, which is not a use of the mini-program. @throws RangeError as {@link touch} */
  change(openid: string, changes: WechatUserChanges): WechatUser {
    return this.#put(this.#changed(openid, changes))
  }

  /** @returns whether it was added: false for an account that is known, which stays as it is */
  add(user: WechatUser): boolean {
    if (this.find(user.openid)) return false
    this.#put(user)
    return true
  }

  remove(openid: string): void {
    this.#store.write(() => this.#table.removeSync(openid))
    this.#events.emit('users')
  }

  clear(): void {
    this.#store.write(() => this.#table.clearSync())
  }

  #put(user: WechatUser): WechatUser {
    this.#store.write(() => this.#table.putSync(user.openid, user))
    this.#events.emit('users')
    return user
  }

  #changed(openid: string, { phoneNumber, nickname, avatarUrl }: WechatUserChanges): WechatUser {
    const known = this.find(openid)
    const number = phoneNumber === undefined ? (known ?? testNumber(openid)) : parse(phoneNumber)
    const profile = { nickname: nickname ?? known?.nickname, avatarUrl: avatarUrl ?? known?.avatarUrl }
    return {
      openid,
      countryCode: number.countryCode,
      purePhoneNumber: number.purePhoneNumber,
      activeAt: known?.activeAt ?? this.#clock.now(),
      ...(profile.nickname ? { nickname: profile.nickname } : {}),
      ...(profile.avatarUrl ? { avatarUrl: profile.avatarUrl } : {}),
    }
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
