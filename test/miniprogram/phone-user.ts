import { afterAll, afterEach, beforeAll } from 'vitest'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { OWN_PAGES } from './own-pages.ts'
import { type ConfigChange, removeCompiled } from './phone/compiled.ts'
import { Phone } from './phone/phone.ts'

export const CITY = '大理'
const PHONE_NUMBER = '13800138000'
export const DAY = 24 * 60 * 60 * 1000

/** Somebody with a phone, and what they do with it in nearly every test. */
export class PhoneUser {
  readonly kit: CloudKit
  readonly openid: string
  readonly phone: Phone

  readonly #passed: (milliseconds: number) => void

  /** @param passed called with the time that passes, so that phones made later agree with the cloud */
  constructor(kit: CloudKit, openid: string, phone: Phone, passed: (milliseconds: number) => void) {
    this.#passed = passed
    this.kit = kit
    this.openid = openid
    this.phone = phone
  }

  /** From the home page: wants to save a trip; without a login that leads to the login page. */
  async save(): Promise<void> {
    this.phone.type('.city', CITY)
    this.phone.tap('.save')
    await this.phone.settle()
  }

  /** On the login page: taps 同意并登录 and allows. */
  async allow(phoneNumber = PHONE_NUMBER): Promise<void> {
    this.phone.tapPhoneButton(await this.allowed(phoneNumber))
    await this.phone.settle()
  }

  /** What the phone button says when the user allows. */
  async allowed(phoneNumber = PHONE_NUMBER): Promise<{ code: string; errMsg: string }> {
    return { code: await this.kit.phoneCode(this.openid, phoneNumber), errMsg: 'getPhoneNumber:ok' }
  }

  async logIn(): Promise<void> {
    await this.save()
    await this.allow()
  }

  async logOut(): Promise<void> {
    this.phone.tap('.account')
    await this.phone.settle()
    this.phone.tap('.logout')
    this.phone.answer(true)
    await this.phone.settle()
  }

  /** Wants to see a page of their own, by way of the account page. */
  async open(page: keyof typeof OWN_PAGES): Promise<void> {
    if (this.phone.route === 'index') this.phone.tap('.account')
    await this.phone.settle()
    this.phone.tap(OWN_PAGES[page])
    await this.phone.settle()
  }

  get userDocument(): Record<string, unknown> | undefined {
    return this.kit.users().find(({ openid }) => openid === this.openid)
  }

  get tripDocuments(): Record<string, unknown>[] {
    const all = this.kit.cloud.database.documents('trips', { limit: 1000 })
    return all.filter(({ userId }) => userId === this.userDocument?.['_id'])
  }

  /** Time passes, for the phone and for the cloud. */
  async wait(milliseconds: number): Promise<void> {
    this.phone.clock.aheadMilliseconds += milliseconds
    await this.kit.control.post('clock', { advanceSeconds: milliseconds / 1000 })
    this.#passed(milliseconds)
  }
}

/**
 * One embedded cloud for the file, and a new person with a new phone whenever asked.
 * @param variables of the functions' environment, besides the secrets
 */
export function useTestUsers(
  variables: Record<string, string> = {},
): (change?: ConfigChange) => Promise<PhoneUser> {
  let kit: CloudKit
  let people = 0
  let ahead = 0
  let phones: Phone[] = []
  beforeAll(async () => {
    kit = await CloudKit.start({ variables: { ...makeSecrets(), ...variables } })
  })
  afterEach(() => {
    for (const phone of phones) phone.switchOff()
    phones = []
    // The next test's people have the same numbers, and are others.
    for (const { _id } of kit.users()) kit.cloud.database.removeDocument('users', String(_id))
  })
  afterAll(async () => {
    removeCompiled()
    await kit.stop()
  })
  return async (change = {}) => {
    people += 1
    const openid = `oTestUser-${people}`
    const phone = Phone.of(kit, openid, change)
    phones.push(phone)
    phone.clock.aheadMilliseconds += ahead
    await phone.launch()
    return new PhoneUser(kit, openid, phone, (milliseconds) => {
      ahead += milliseconds
    })
  }
}
