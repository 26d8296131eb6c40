import type { LoginData } from '../../contract/login.ts'
import type { Document } from '../../emulator/cloud/database/database.ts'
import { type CloudKit, CONSENT, succeeded } from '../cloud-kit.ts'
import type { ConfigChange } from '../miniprogram/compiled.ts'
import { Phone } from '../miniprogram/phone.ts'
import { Line } from './line.ts'
import { Screen } from './screen.ts'
import { Subject } from './subject.ts'

/** What turns a phone code into the number. */
export const EXCHANGE = 'phonenumber.getPhoneNumber'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Somebody who meets one fault with a phone in hand. */
export class PhoneOwner {
  readonly subject: Subject
  readonly phone: Phone
  readonly line: Line
  readonly screen: Screen
  /** How often they allowed WeChat to give their number, which costs each time. */
  authorizations = 0
  /** The login on the phone before it is used. */
  tokenBefore: string | undefined

  constructor(kit: CloudKit, openid: string, config: ConfigChange = {}) {
    this.subject = new Subject(kit, openid)
    this.phone = Phone.of(kit, openid, config)
    this.line = new Line(this.subject, this.phone)
    this.screen = new Screen(this.phone)
  }

  /** Opens the mini-program on this page, as a card that was shared does. */
  async open(page: string): Promise<void> {
    await this.phone.launch(`pages/${page}/${page}`)
  }

  /** What the mini-program keeps of a login in the past. @param days how long ago */
  async wasLoggedIn(days = 0): Promise<void> {
    const data = {
      phoneCode: this.subject.phoneCode(),
      consent: { version: CONSENT },
      device: { model: 'Pixel 9', platform: 'android' },
    }
    const answer = await this.subject.call<LoginData>('login', data, -days * DAY_MILLISECONDS)
    const { token, expiresInSeconds, userInfo } = succeeded(answer)
    const loggedInAt = this.subject.kit.cloud.clock.now() - days * DAY_MILLISECONDS
    const expiresAt = loggedInAt + expiresInSeconds * 1000
    const login = { token, expiresAt, userInfo }
    this.phone.storage.set('login', { login, staysOut: false, lastPhone: userInfo.phone })
  }

  /** The login is no longer on this phone. @param staysOut they logged out themselves */
  loseLogin(staysOut: boolean): void {
    const { lastPhone } = this.phone.storage.get('login') as { lastPhone: string }
    this.phone.storage.set('login', { staysOut, lastPhone: staysOut ? lastPhone : '' })
  }

  /** As if the token had gone bad while the app was open. */
  spoilToken(): void {
    const storage = this.phone.module<{ keepLogin(login: object): void }>('utils/login-storage.js')
    storage.keepLogin({ ...this.#stored?.login, token: 'garbled' })
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
    const code = this.subject.phoneCode(phoneNumber)
    this.phone.fire(selector, 'getphonenumber', { code, errMsg: 'getPhoneNumber:ok' })
  }

  /** Their documents in a collection. */
  documents(collection: string): Document[] {
    const { database } = this.subject.kit.cloud
    return database.documents(collection, { filter: { userId: this.subject.userId() }, limit: 100 })
  }

  /** How many numbers the functions learned of WeChat for them: the call went well, or left a ticket for its number. */
  exchanges(): number {
    const ids = new Set(this.line.sent.map(({ end }) => end?.requestId))
    return this.subject.kit.cloud.callLog
      .list(1000)
      .filter(({ requestId }) => ids.has(requestId))
      .filter(({ roundTrips }) => roundTrips.some(({ target }) => target === EXCHANGE))
      .map(({ result }) => (result ?? {}) as { code?: number; ticket?: string })
      .filter(({ code, ticket }) => code === 200 || ticket !== undefined).length
  }
}
