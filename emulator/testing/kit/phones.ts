import type { TestCloud } from '../test-cloud.ts'
import type { PersonOptions, Phone } from './phone.ts'

/** A phone as its makers know it. */
export interface PhoneWithLanguage extends Phone {
  /** WeChat's; a mini-program meets it when it is opened. */
  language: string
}

/** A kind of phone: in a browser, or in WeChat's page simulator. */
export interface PhoneMaker {
  make(openid: string, device: string): PhoneWithLanguage
  /** All phones have the cloud's time. */
  followClock(): Promise<void>
  /** Closes all phones and forgets what they stored. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** The phones of several people. */
export class Phones {
  readonly #cloud: TestCloud
  readonly #maker: PhoneMaker
  readonly #phones = new Map<string, PhoneWithLanguage>()

  constructor(cloud: TestCloud, maker: PhoneMaker) {
    this.#cloud = cloud
    this.#maker = maker
  }

  /** The phone of a person, the same one each time. `open` starts the mini-program on it. */
  async of(
    openid: string,
    { device = '1', phoneNumber, nickname, language }: PersonOptions = {},
  ): Promise<Phone> {
    if (phoneNumber !== undefined || nickname !== undefined) {
      await this.#cloud.control.put(`users/${openid}`, { phoneNumber, nickname })
    }
    const phone = this.get(openid, device)
    if (language !== undefined) phone.language = language
    return phone
  }

  /** As `of`, for a person as WeChat makes them. */
  get(openid: string, device = '1'): PhoneWithLanguage {
    const key = `${device} ${openid}`
    const phone = this.#phones.get(key) ?? this.#maker.make(openid, device)
    this.#phones.set(key, phone)
    return phone
  }
}
