import type { CallResult } from '../../../control/calls.ts'
import type { SentMessage, WechatUser } from '../../../control/interface.ts'
import type { LaunchLink } from '../../../control/launch-link.ts'
import type { PageError } from '../../../control/page-error.ts'
import type {
  AddressAnswer,
  BodyArguments,
  ControlAnswer,
  ControlMethod,
  KnownAddress,
} from '../../../control/route-types.ts'
import { sleep } from '../base/dom.ts'
import { NetworkFailure } from './network-failure.ts'
import type { TesterSettings } from './tester-settings.ts'
import { type Transfer, transfer } from './transfer.ts'

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
  ): Promise<CallResult> {
    const openData = Object.keys(cloudIDs).length > 0 ? { cloudIDs } : {}
    return this.asPhone('POST', 'invoke', { function: name, openid, data, ...openData })
  }

  /** What the phone button gives for the number bound to this person. @throws NetworkFailure */
  phoneCode(openid: string, realtime: boolean): Promise<{ code: string; cloudID: string }> {
    return this.asPhone('POST', 'phone-code', { openid, ...(realtime ? { realtime } : {}) })
  }

  /** What `wx.login` gives. @throws NetworkFailure */
  loginCode(openid: string): Promise<{ code: string }> {
    return this.asPhone('POST', 'login-code', { openid })
  }

  /** The user lets the mini-program send one message of each template. @throws NetworkFailure */
  async acceptTemplates(openid: string, templateIds: string[]): Promise<void> {
    await this.asPhone('POST', 'subscriptions', { openid, templateIds })
  }

  /** Hosts that a picture, a font or a sound was asked of since a time, and that are not allowed. */
  async refusedHosts(since: number): Promise<Set<string>> {
    const none: ControlAnswer<'GET web-requests'> = { requests: [] }
    const { requests } = await this.#send<typeof none>('GET', 'web-requests').catch(() => none)
    // A request of `wx` has an openid, and its answer says the host.
    const refused = requests.filter(({ outcome, openid }) => outcome === 'refused' && openid === '')
    return new Set(refused.filter(({ at }) => at >= since).map(({ host }) => host))
  }

  /** The subscription messages of this person, the latest first. @throws NetworkFailure */
  async messages(openid: string): Promise<SentMessage[]> {
    const { messages } = await this.#send<ControlAnswer<'GET messages'>>('GET', 'messages')
    return messages.filter((message) => message.openid === openid)
  }

  /** Codes and links to the mini-program that functions have made, the latest first. @throws NetworkFailure */
  async launchLinks(): Promise<LaunchLink[]> {
    return (await this.#send<ControlAnswer<'GET launch-links'>>('GET', 'launch-links')).links
  }

  /** Open data as a cloudID, good for five minutes. @throws NetworkFailure */
  async cloudId(data: object): Promise<string> {
    return (await this.asPhone('POST', 'cloud-id', { data })).cloudID
  }

  /** The number bound to this person, such as `138****8000`. @throws NetworkFailure */
  async maskedNumber(openid: string): Promise<string> {
    const number = await this.#findNumber(openid)
    if (number !== undefined) return number
    // Whom WeChat has not met yet is given a number; a tap on the button would count as paid.
    await this.asPhone('PUT', `users/${encodeURIComponent(openid)}`, {})
    return (await this.#findNumber(openid)) ?? ''
  }

  async #findNumber(openid: string): Promise<string | undefined> {
    const { users } = await this.asPhone('GET', 'users')
    const number = users.find((user) => user.openid === openid)
    return number && mask(number)
  }

  /** All WeChat accounts that the cloud has met. @throws NetworkFailure */
  async wechatUsers(): Promise<WechatUser[]> {
    return (await this.#send<ControlAnswer<'GET users'>>('GET', 'users')).users
  }

  /** Binds another number to an account, as its owner does in WeChat's settings. @throws Error if it is none */
  async bindNumber(openid: string, phoneNumber: string): Promise<void> {
    await this.#send('POST', 'phone-number', { openid, phoneNumber })
  }

  /** Tells the developer's terminal of what works differently on this phone. */
  async reportNote(message: string): Promise<void> {
    // Without an answer the panel still has it.
    await this.#send('POST', 'notes', { message }).catch(() => undefined)
  }

  /** Gives the developer's terminal and console an error of the mini-program. */
  async reportError(error: PageError): Promise<void> {
    await this.#send('POST', 'page-errors', error).catch(() => undefined)
  }

  /** How far the cloud's clock is from the machine's, and whether it stands. @throws NetworkFailure */
  clockState(): Promise<ControlAnswer<'GET clock'>> {
    return this.#send<ControlAnswer<'GET clock'>>('GET', 'clock')
  }

  /** @throws NetworkFailure */
  async moveClock(move: { advanceSeconds: number } | { reset: true }): Promise<number> {
    return (await this.#send<ControlAnswer<'POST clock'>>('POST', 'clock', move)).offsetSeconds
  }

  /** A call over the phone's own network, which the tester can slow down or cut. @throws NetworkFailure */
  async asPhone<Method extends ControlMethod, const Address extends string>(
    method: Method,
    address: KnownAddress<Method, Address>,
    ...[body]: BodyArguments<Method, Address>
  ): Promise<AddressAnswer<Method, Address>> {
    const { slowMilliseconds } = this.#settings()
    if (slowMilliseconds > 0) await sleep(slowMilliseconds)
    this.#requireNetwork()
    return this.#send(method, address, body)
  }

  /** The bytes of a file, over the same network. @throws NetworkFailure, or Error `abort` */
  async transfer(file: Transfer): Promise<{ status: number; body: Blob }> {
    this.#requireNetwork()
    return transfer(file)
  }

  #requireNetwork(): void {
    if (this.#settings().offline) throw new NetworkFailure('net::ERR_INTERNET_DISCONNECTED')
  }

  async #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
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

function mask({ countryCode, purePhoneNumber: number }: WechatUser): string {
  const masked = `${number.slice(0, 3)}****${number.slice(-4)}`
  return countryCode === '86' ? masked : `+${countryCode} ${masked}`
}
