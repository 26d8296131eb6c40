import { sleep } from '../dom.ts'
import { NetworkFailure } from './network-failure.ts'
import type { TesterSettings } from './tester-settings.ts'
import { type Transfer, transfer } from './transfer.ts'

/** What `wx.cloud.callFunction` ends with. */
export type CallEnd = { result: unknown; requestID: string } | { errCode: number; errMsg: string }

/** The phone's way to WeChat and its cloud: the control interface of the embedded cloud, at the page's own address. */
export class Control {
  readonly #settings: () => TesterSettings

  constructor(settings: () => TesterSettings) {
    this.#settings = settings
  }

  /**
   * Calls a cloud function as this person.
   * @param cloudIDs fields of the data that the cloud puts open data into, by their names
   * @throws NetworkFailure
   */
  callFunction(
    name: string,
    openid: string,
    data: unknown,
    cloudIDs: Readonly<Record<string, string>>,
  ): Promise<CallEnd> {
    const openData = Object.keys(cloudIDs).length > 0 ? { cloudIDs } : {}
    return this.asPhone('POST', 'invoke', { function: name, openid, data, ...openData })
  }

  /** What the phone button gives for the number bound to this person. @throws NetworkFailure */
  phoneCode(openid: string): Promise<{ code: string; cloudID: string }> {
    return this.asPhone('POST', 'phone-code', { openid })
  }

  /** The number bound to this person, such as `138****8000`. @throws NetworkFailure */
  async maskedNumber(openid: string): Promise<string> {
    const number = await this.#findNumber(openid)
    if (number !== undefined) return number
    // Whom WeChat has not met yet has a number from the first tap on.
    await this.phoneCode(openid)
    return (await this.#findNumber(openid)) ?? ''
  }

  async #findNumber(openid: string): Promise<string | undefined> {
    const { users } = await this.asPhone<{ users: BoundNumber[] }>('GET', 'users')
    const number = users.find((user) => user.openid === openid)
    return number && mask(number)
  }

  /** How far the cloud's clock is from the machine's. @throws NetworkFailure */
  async clockOffsetSeconds(): Promise<number> {
    return (await this.#send<{ offsetSeconds: number }>('GET', 'clock')).offsetSeconds
  }

  /** @throws NetworkFailure */
  async moveClock(move: { advanceSeconds: number } | { reset: true }): Promise<number> {
    return (await this.#send<{ offsetSeconds: number }>('POST', 'clock', move)).offsetSeconds
  }

  /** A call over the phone's own network, which the tester can slow down or cut. @throws NetworkFailure */
  async asPhone<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { slowMilliseconds } = this.#settings()
    if (slowMilliseconds > 0) await sleep(slowMilliseconds)
    this.#requireNetwork()
    return this.#send(method, path, body)
  }

  /** The bytes of a file, over the same network. @throws NetworkFailure, or Error `abort` */
  async transfer(file: Transfer): Promise<{ status: number; body: Blob }> {
    this.#requireNetwork()
    return transfer(file)
  }

  #requireNetwork(): void {
    if (this.#settings().offline) throw new NetworkFailure('net::ERR_INTERNET_DISCONNECTED')
  }

  async #send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const init: RequestInit = { method }
    if (body !== undefined) {
      init.headers = { 'content-type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    let response: Response
    try {
      response = await fetch(`/control/${path}`, init)
    } catch {
      throw new NetworkFailure('net::ERR_CONNECTION_REFUSED')
    }
    const answer = await response.json()
    if (!response.ok) throw new Error(`/control/${path}: ${answer.error ?? response.status}`)
    return answer as Answer
  }
}

interface BoundNumber {
  openid: string
  countryCode: string
  purePhoneNumber: string
}

function mask({ countryCode, purePhoneNumber: number }: BoundNumber): string {
  const masked = `${number.slice(0, 3)}****${number.slice(-4)}`
  return countryCode === '86' ? masked : `+${countryCode} ${masked}`
}
