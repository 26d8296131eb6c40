import type { Document } from 'wechat-cloud-emulator/testing'
import { routeTo } from '../miniprogram/page-routes.ts'
import type { ConfigChange } from '../miniprogram/phone/compiled.ts'
import { Phone } from '../miniprogram/phone/phone.ts'
import type { CloudKit } from '../support/cloud-kit.ts'
import { DAY_MILLISECONDS, TestUser } from '../support/test-user.ts'
import { NetworkProxy } from './network-proxy.ts'
import { Screen } from './screen.ts'

/** What turns a phone code into the number. */
export const EXCHANGE = 'phonenumber.getPhoneNumber'

/** Each has numbers of their own: a login with the number of another account notifies its user of that. */
let owners = 0

/** Somebody who meets one fault with a phone in hand. */
export class PhoneOwner {
  readonly user: TestUser
  readonly phone: Phone
  readonly proxy: NetworkProxy
  readonly screen: Screen
  /** How often they allowed WeChat to give their number, which costs each time. */
  authorizations = 0
  /** The login on the phone before it is used. */
  tokenBefore: string | undefined
  readonly #person: number

  constructor(kit: CloudKit, openid: string, config: ConfigChange = {}) {
    owners += 1
    this.#person = owners
    this.user = new TestUser(kit, openid)
    this.user.phoneNumber = this.#ofTheirOwn(this.user.phoneNumber)
    this.phone = Phone.of(kit, openid, config)
    this.proxy = new NetworkProxy(this.user, this.phone)
    this.screen = new Screen(this.phone)
  }

  /** Opens the mini-program on this page, as a card that was shared does. */
  async open(page: string): Promise<void> {
    await this.phone.launch(routeTo(page))
  }

  /** What the mini-program keeps of a login in the past. @param days how long ago */
  async wasLoggedIn(days = 0): Promise<void> {
    const device = { model: 'Pixel 9', platform: 'android' }
    const { token, expiresInSeconds, userInfo } = await this.user.logIn({ device, daysAgo: days })
    const loggedInAt = this.user.kit.cloud.clock.now() - days * DAY_MILLISECONDS
    const expiresAt = loggedInAt + expiresInSeconds * 1000
    const login = { token, expiresAt, userInfo }
    this.phone.storage.set('login', { login, staysOut: false, lastPhone: userInfo.phone })
  }

  /** The login is no longer on this phone. @param autoLoginDisabled they logged out themselves */
  loseLogin(autoLoginDisabled: boolean): void {
    const { lastPhone } = this.phone.storage.get('login') as { lastPhone: string }
    this.phone.storage.set('login', {
      staysOut: autoLoginDisabled,
      lastPhone: autoLoginDisabled ? lastPhone : '',
    })
  }

  /** As if the token had gone bad while the app was open. */
  spoilToken(): void {
    const storage = this.phone.module<{ storeLogin(login: object): void }>('auth/storage/login-storage.js')
    storage.storeLogin({ ...this.#stored?.login, token: 'garbled' })
  }

  get token(): string | undefined {
    return this.#stored?.login?.token
  }

  get #stored(): { login?: { token: string } } | undefined {
    return this.phone.storage.get('login') as { login?: { token: string } } | undefined
  }

  /** Taps the button that asks WeChat for a number, and allows. With a number that was paid for it asks for none. */
  allow(selector: string, phoneNumber?: string): void {
    const asksWeChat = this.phone.asksWeChat(selector)
    if (!this.phone.tap(selector)) throw new Error('the phone button is disabled')
    if (!asksWeChat) return
    this.authorizations += 1
    const code = this.user.phoneCode(phoneNumber && this.#ofTheirOwn(phoneNumber))
    this.phone.fire(selector, 'getphonenumber', { code, errMsg: 'getPhoneNumber:ok' })
  }

  /** A number with the same mask, which nobody else has. */
  #ofTheirOwn(phoneNumber: string): string {
    const middle = (Number(phoneNumber.slice(3, 7)) + this.#person) % 10_000
    return `${phoneNumber.slice(0, 3)}${String(middle).padStart(4, '0')}${phoneNumber.slice(7)}`
  }

  /** Their documents in a collection. */
  documents(collection: string): Document[] {
    const { database } = this.user.kit.cloud
    return database.documents(collection, { filter: { userId: this.user.userId }, limit: 100 })
  }

  /** How many numbers the functions learned of WeChat for them: the call went well, or left a ticket for its number. */
  exchanges(): number {
    const ids = new Set(this.proxy.sent.map(({ end }) => end?.requestId))
    return this.user.kit.cloud.callLog
      .list(1000)
      .filter(({ requestId }) => ids.has(requestId))
      .filter(({ roundTrips }) => roundTrips.some(({ target }) => target === EXCHANGE))
      .map(({ result }) => (result ?? {}) as { code?: number; ticket?: string })
      .filter(({ code, ticket }) => code === 200 || ticket !== undefined).length
  }
}
