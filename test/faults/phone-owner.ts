import type { Document, Phone } from 'wechat-cloud-emulator/testing'
import { routeTo } from '../miniprogram/page-routes.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import type { RunningProject } from '../support/start-app.ts'
import { DAY_MILLISECONDS, TestUser } from '../support/test-user.ts'
import { NetworkProxy } from './network-proxy.ts'
import { readScreen, type Screen } from './screen.ts'

/** What turns a phone code into the number. */
export const EXCHANGE = 'phonenumber.getPhoneNumber'

/** What the mini-program keeps of a login. */
interface StoredLogin {
  login?: { token: string }
}

/** Somebody who meets one fault with a phone in hand. */
export class PhoneOwner {
  readonly app: RunningProject
  readonly user: TestUser
  readonly phone: Phone
  readonly proxy: NetworkProxy
  /** How often they allowed WeChat to give their number, which costs each time. */
  authorizations = 0
  /** The login on the phone before it is used. */
  tokenBefore: string | undefined
  #isOpen = false
  #toasts: string[] = []
  #lastPhone = ''

  private constructor(app: RunningProject, proxy: NetworkProxy, user: TestUser) {
    this.app = app
    this.user = user
    this.phone = app.project.phone
    this.proxy = proxy
  }

  /** The tester of an app that nobody has used yet. */
  static async of(app: RunningProject): Promise<PhoneOwner> {
    const { phone, clock } = app.project
    const user = new TestUser(CloudKit.of(app), phone.openid)
    return new PhoneOwner(app, await NetworkProxy.between(user, phone, clock), user)
  }

  /** Opens the mini-program on this page, as a card that was shared does. */
  async open(page: string): Promise<void> {
    await this.phone.open(routeTo(page))
    this.#isOpen = true
  }

  /** What the mini-program keeps of a login in the past. @param days how long ago */
  async wasLoggedIn(days = 0): Promise<void> {
    const device = { model: 'Pixel 9', platform: 'android' }
    const { token, expiresInSeconds, userInfo } = await this.user.logIn({ device, daysAgo: days })
    const loggedInAt = this.user.kit.cloud.clock.now() - days * DAY_MILLISECONDS
    const expiresAt = loggedInAt + expiresInSeconds * 1000
    this.#lastPhone = userInfo.phone
    const login = { token, expiresAt, userInfo }
    await this.phone.store('login', { login, staysOut: false, lastPhone: userInfo.phone })
  }

  /** The login is no longer on this phone. @param autoLoginDisabled they logged out themselves */
  loseLogin(autoLoginDisabled: boolean): Promise<void> {
    const lastPhone = autoLoginDisabled ? this.#lastPhone : ''
    return this.phone.store('login', { staysOut: autoLoginDisabled, lastPhone })
  }

  /** As if the token had gone bad while the app was open. */
  async spoilToken(): Promise<void> {
    const token = await this.token()
    if (token !== undefined) this.proxy.spoil(token)
  }

  /** The login on the phone. */
  async token(): Promise<string | undefined> {
    return ((await this.phone.storage('login')) as StoredLogin | undefined)?.login?.token
  }

  /** What they see, with all toasts since `forgetToasts`. */
  async screen(): Promise<Screen> {
    this.#toasts.push(...(await this.phone.toasts()))
    return readScreen(this.phone, { toasts: this.#toasts, token: await this.token() })
  }

  async forgetToasts(): Promise<void> {
    if (this.#isOpen) await this.phone.toasts()
    this.#toasts = []
  }

  /** Taps the button that asks WeChat for a number, and allows. With a number that was paid for it asks for none. */
  async allow(button: string, phoneNumber = this.user.phoneNumber): Promise<void> {
    await this.app.project.phones.of(this.phone.openid, { phoneNumber })
    await this.phone.tap(button)
    const dialog = (await this.phone.dialogs()).at(-1)
    if (!dialog?.buttons.includes('允许')) return
    this.authorizations += 1
    await this.phone.allowNumber()
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
