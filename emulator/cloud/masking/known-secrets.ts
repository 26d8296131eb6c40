import type { EventBus } from '../event-bus.ts'
import type { CloudIds } from '../openapi/cloud-ids.ts'
import type { LoginCodes } from '../openapi/login-codes.ts'
import type { PhoneCodes } from '../openapi/phone-codes.ts'
import type { WechatUsers } from '../openapi/wechat-users.ts'

interface Issuers {
  users: WechatUsers
  phoneCodes: PhoneCodes
  loginCodes: LoginCodes
  cloudIds: CloudIds
  events: EventBus
}

/** What the cloud itself has given out and a log must not show: openids, codes, numbers of accounts. */
export class KnownSecrets {
  readonly #issuers: Issuers
  /** Rebuilt when an account has changed. */
  #numbers: ReadonlySet<string> | undefined

  constructor(issuers: Issuers) {
    this.#issuers = issuers
    issuers.events.subscribe((topic) => {
      if (topic === 'users') this.#numbers = undefined
    })
  }

  /** Whether the word is the openid of a WeChat account, a phone code, a login code or a cloudID. */
  isSecret(word: string): boolean {
    const { users, phoneCodes, loginCodes, cloudIds } = this.#issuers
    if (users.find(word) !== undefined) return true
    return phoneCodes.has(word) || loginCodes.has(word) || cloudIds.has(word)
  }

  /** Whether the digits are the number of a WeChat account. */
  isNumber(digits: string): boolean {
    this.#numbers ??= new Set(
      this.#issuers.users
        .list()
        .flatMap(({ countryCode, purePhoneNumber }) => [purePhoneNumber, `${countryCode}${purePhoneNumber}`]),
    )
    return this.#numbers.has(digits)
  }
}
