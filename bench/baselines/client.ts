/**
 * The usual mini-program's login, as it is written today: a token in storage, checked when the app is opened. When the
 * token has expired or is gone, the user logs in again, and a login is a phone authorization.
 */
export interface UsualPhone {
  /** `wx.cloud.callFunction`, giving the function's own answer. */
  callFunction(name: string, data: object): Promise<UsualAnswer>
  /** A tap on the phone button, allowed: WeChat charges for it and gives a code. */
  tapPhoneButton(): Promise<string>
}

export interface UsualAnswer {
  code: number
  data?: { token?: string }
}

export class UsualApp {
  readonly #phone: UsualPhone
  readonly #storage = new Map<string, string>()

  constructor(phone: UsualPhone) {
    this.#phone = phone
  }

  /** `App.onLaunch`, and the login page where that leads there. */
  async open(): Promise<void> {
    const token = this.#storage.get('token')
    if (token !== undefined) {
      const { code } = await this.#phone.callFunction('checkToken', { token })
      if (code === 0) return
      this.#storage.delete('token')
    }
    await this.#login()
  }

  /** 退出登录. */
  logout(): void {
    this.#storage.delete('token')
  }

  async #login(): Promise<void> {
    const code = await this.#phone.tapPhoneButton()
    const answer = await this.#phone.callFunction('login', { code })
    if (answer.code !== 0 || answer.data?.token === undefined) throw new Error('the usual login failed')
    this.#storage.set('token', answer.data.token)
  }
}
