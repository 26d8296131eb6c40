import type { ControlClient } from 'wechat-cloud-emulator/control'
import type { AvatarUploadData } from '../../../contract/account.ts'
import type { Answer } from '../../../contract/answer.ts'
import type { CurrentConsentVersion } from '../../../contract/consent.ts'
import type { LoginData } from '../../../contract/login.ts'

export const CONSENT: CurrentConsentVersion = '2026-11-28'

const ATTEMPTS = 3

/** A PNG, two pixels wide, one high. */
const PICTURE = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAC0lEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
    'base64',
  ),
)

export interface Device {
  model: string
  platform: string
}

/** Somebody who uses the app in a cloud, by the calls that the mini-program makes. */
export class AppUser {
  readonly openid: string
  readonly #control: ControlClient
  /** What the latest login was answered. */
  login: LoginData | undefined

  constructor(control: ControlClient, openid: string) {
    this.#control = control
    this.openid = openid
  }

  /** Of the latest login; empty before the first. */
  get token(): string {
    return this.login?.token ?? ''
  }

  /** Empty before the first login. */
  get userId(): string {
    return this.login?.userInfo.id ?? ''
  }

  /**
   * Logs in with the number of the WeChat account.
   * @param number bound to the WeChat account first; by default it keeps its own
   * @throws Error with the reason if the login is refused
   */
  async logIn(device: Device | undefined, number?: string): Promise<void> {
    const { openid } = this
    const bound = number === undefined ? {} : { phoneNumber: number }
    this.login = await this.#repeat('login', async () => {
      const { code } = await this.#control.post('phone-code', { openid, ...bound })
      return { phoneCode: code, consent: { version: CONSENT }, device }
    })
  }

  /** A login without a prompt, as on another device. @throws as {@link logIn} */
  async logInSilently(device: Device | undefined): Promise<void> {
    this.login = await this.callOrThrow<LoginData>('login', { device })
  }

  /**
   * Calls again, as the mini-program does, if the cloud was too busy.
   * @returns the data of the function's answer
   * @throws Error with the reason if the function refuses
   */
  callOrThrow<Data>(name: string, data: object): Promise<Data> {
    return this.#repeat(name, () => data)
  }

  /** @param makeData makes the data of each attempt, since a phone code can be spent once */
  async #repeat<Data>(name: string, makeData: () => object | Promise<object>): Promise<Data> {
    for (let attempt = 1; ; attempt++) {
      const answer = (await this.call(name, await makeData())) as Answer<Data> | undefined
      if (answer?.code === 200) return answer.data
      const isTransient = answer === undefined || answer.code >= 500
      if (!isTransient || attempt === ATTEMPTS) throw new Error(`${name}: ${answer?.reason ?? 'failed'}`)
    }
  }

  /** @returns the function's answer, if it has one */
  async call(name: string, data: object, token = this.token): Promise<unknown> {
    const withToken = name === 'login' ? data : { token, ...data }
    const request = { function: name, openid: this.openid, data: withToken }
    return (await this.#control.post('invoke', request)).result
  }

  /** @throws Error with the reason if it is refused */
  async setNickname(nickname: string): Promise<void> {
    await this.callOrThrow('account', { action: 'update', nickname })
  }

  /** @throws Error if the function or the storage refuses it */
  async setPicture(): Promise<void> {
    const { cloudPath } = await this.callOrThrow<AvatarUploadData>('account', {
      action: 'avatarUpload',
      type: 'png',
    })
    const target = await this.#control.post('storage/upload', { openid: this.openid, cloudPath })
    if ('errCode' in target) throw new Error(target.errMsg)
    const response = await fetch(target.url, { method: 'PUT', headers: target.headers, body: PICTURE })
    if (!response.ok) throw new Error(`the picture: ${response.status}`)
    await this.callOrThrow('account', { action: 'update', avatar: target.fileID })
  }
}
