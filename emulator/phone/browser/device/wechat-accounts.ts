import type { WechatUser } from '../../../control/interface.ts'
import type { Control } from './control.ts'
import { drawAvatar, drawPicture, WECHAT_NICKNAME } from './wechat-profile.ts'

/** The numbers of the WeChat accounts: of this phone's, and of the others that the cloud has met. */
export interface AccountNumbers {
  /** Such as `+8613800138000`; undefined until the account first does something. */
  own: string | undefined
  others: readonly { openid: string; number: string }[]
}

/** The WeChat accounts of all phones, and the numbers that WeChat has for them. */
export class WechatAccounts {
  readonly #control: Control
  readonly #openid: string
  #own: WechatUser | undefined
  readonly #listeners = new Set<(numbers: AccountNumbers) => void>()

  constructor(control: Control, openid: string) {
    this.#control = control
    this.#openid = openid
  }

  /** Reads the accounts again. Without an answer, nothing changes. */
  async follow(): Promise<void> {
    const users = await this.#control.wechatUsers().catch(() => undefined)
    if (!users) return
    const user = users.find(({ openid }) => openid === this.#openid)
    this.#own = user
    const others = users
      .filter(({ openid }) => openid !== this.#openid)
      .map((user) => ({ openid: user.openid, number: withCountryCode(user) }))
    for (const listener of this.#listeners) listener({ own: user && withCountryCode(user), others })
  }

  /** The nickname of this phone's account. */
  get nickname(): string {
    return this.#own?.nickname ?? WECHAT_NICKNAME
  }

  /** Draws the WeChat avatar of this phone's account: the one that the console has set, or a letter. */
  async drawAvatar(): Promise<HTMLCanvasElement> {
    const { avatarUrl } = this.#own ?? {}
    const picture = avatarUrl === undefined ? undefined : await drawPicture(avatarUrl)
    return picture ?? drawAvatar(this.#openid)
  }

  /** Binds another number to this phone's account. @throws Error if it is none */
  async bind(phoneNumber: string): Promise<void> {
    await this.#control.bindNumber(this.#openid, phoneNumber)
    await this.follow()
  }

  onChange(listener: (numbers: AccountNumbers) => void): void {
    this.#listeners.add(listener)
  }
}

function withCountryCode({ countryCode, purePhoneNumber }: WechatUser): string {
  return `+${countryCode}${purePhoneNumber}`
}
