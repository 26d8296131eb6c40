import type { Fault } from 'wechat-cloud-emulator/control'
import {
  type FunctionCall,
  type InvocationEnd,
  type Phone,
  type TestClock,
  UPLOAD,
} from 'wechat-cloud-emulator/testing'
import type { TestUser } from '../support/test-user.ts'
import type { PhoneFaultKind } from './phone-fault-kinds.ts'

/** What left the phone. */
export interface Sent extends FunctionCall {
  /** Absent for an upload, and where nothing arrived. */
  end?: InvocationEnd
}

/** A fault of one request of the phone, or of it and all later ones. */
export interface InjectedFault {
  /** Which: 0 for the first since `watch`. */
  place: number
  stays: boolean
  /** In the cloud, while the call is worked on. */
  inCloud?: Pick<Fault, 'action' | 'target' | 'operation' | 'answer'>
  /** Between phone and cloud. */
  onTheWay?: PhoneFaultKind
}

/** Enough for a fault that stays. */
const ALWAYS = Number.MAX_SAFE_INTEGER

/** A proxy between one phone and the cloud: records requests and injects faults. */
export class NetworkProxy {
  readonly sent: Sent[] = []
  /** Whether the injected fault was met. */
  wasMet = false
  readonly #user: TestUser
  readonly #clock: TestClock
  readonly #spoilt = new Set<unknown>()
  #watchedFrom = 0
  #injected: InjectedFault | undefined
  #inCloud: { fault: Fault | undefined; lift: () => void } | undefined

  private constructor(user: TestUser, clock: TestClock) {
    this.#user = user
    this.#clock = clock
  }

  /** From now on all that leaves the phone passes the proxy. */
  static async between(user: TestUser, phone: Phone, clock: TestClock): Promise<NetworkProxy> {
    const proxy = new NetworkProxy(user, clock)
    await phone.answerCalls(
      () => true,
      (call, cloud) => {
        const sent: Sent = { ...call }
        return proxy.#carry(sent, () => (call.name === UPLOAD ? cloud() : proxy.#invoke(sent)))
      },
    )
    return proxy
  }

  /** From now on the functions get garble in place of this token. */
  spoil(token: string): void {
    this.#spoilt.add(token)
  }

  /** From now on it counts. */
  watch(injected?: InjectedFault): void {
    this.#watchedFrom = this.sent.length
    this.#injected = injected
  }

  /** What left the phone since `watch`. */
  get watched(): Sent[] {
    return this.sent.slice(this.#watchedFrom)
  }

  /** Ends the injected fault. */
  restore(): void {
    this.#injected = undefined
    this.#liftFromCloud()
  }

  /** @throws what WeChat tells of a function that failed */
  async #invoke(sent: Sent): Promise<unknown> {
    const { token } = sent.data
    const data = this.#spoilt.has(token) ? { ...sent.data, token: 'garbled' } : sent.data
    const end = await this.#user.invoke(sent.name, data)
    sent.end = end
    if (end.failure) throw { errCode: end.failure.errCode, errMsg: end.failure.message }
    return JSON.parse(end.json)
  }

  async #carry(sent: Sent, pass: () => Promise<unknown>): Promise<unknown> {
    const position = this.sent.push(sent) - 1 - this.#watchedFrom
    const injected = this.#injected
    if (!injected || position < injected.place || (position > injected.place && !injected.stays))
      return pass()
    if (injected.onTheWay) {
      this.wasMet = true
      return injected.onTheWay.inject(pass, { call: sent, clock: this.#clock })
    }
    this.#putIntoCloud(injected)
    try {
      return await pass()
    } finally {
      this.wasMet ||= this.#inCloud?.fault?.times !== timesOf(injected)
      if (!injected.stays) this.#liftFromCloud()
    }
  }

  /** For one person's calls, and for them alone. */
  #putIntoCloud(injected: InjectedFault): void {
    if (!injected.inCloud || this.#inCloud) return
    const { faults } = this.#user.kit.cloud
    const { openid } = this.#user
    const lift = faults.add({ ...injected.inCloud, openid, times: timesOf(injected) })
    this.#inCloud = { fault: faults.list().at(-1), lift }
  }

  #liftFromCloud(): void {
    this.#inCloud?.lift()
    this.#inCloud = undefined
  }
}

/** A fault of one operation is over when it is met, unless it stays. */
function timesOf({ stays, inCloud }: InjectedFault): number {
  return stays || inCloud?.operation === undefined ? ALWAYS : 1
}
