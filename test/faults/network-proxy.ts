import type { Fault } from 'wechat-cloud-emulator/control'
import type { InvocationEnd } from 'wechat-cloud-emulator/testing'
import type { Phone } from '../miniprogram/phone/phone.ts'
import type { TestUser } from '../support/test-user.ts'
import type { PhoneFaultKind } from './phone-fault-kinds.ts'

/** What left the phone. */
export interface Sent {
  /** A function's, or UPLOAD. */
  name: string
  data: Record<string, unknown>
  /** Absent for an upload, and where nothing arrived. */
  end?: InvocationEnd
}

export const UPLOAD = 'uploadFile'

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
  readonly #phone: Phone
  #watchedFrom = 0
  #injected: InjectedFault | undefined
  #inCloud: { fault: Fault | undefined; lift: () => void } | undefined

  /** Takes the place of the phone's own way to the cloud. */
  constructor(user: TestUser, phone: Phone) {
    this.#user = user
    this.#phone = phone
    const { upload } = phone
    phone.deliver = ({ name, data }) => {
      const sent: Sent = { name, data }
      return this.#carry(sent, async () => {
        sent.end = await user.invoke(name, data)
        return answerOf(sent.end)
      })
    }
    phone.upload = async (cloudPath, content) => {
      const sent: Sent = { name: UPLOAD, data: {} }
      return (await this.#carry(sent, () => upload(cloudPath, content))) as string
    }
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

  async #carry(sent: Sent, pass: () => Promise<unknown>): Promise<unknown> {
    const position = this.sent.push(sent) - 1 - this.#watchedFrom
    const injected = this.#injected
    if (!injected || position < injected.place || (position > injected.place && !injected.stays))
      return pass()
    if (injected.onTheWay) {
      this.wasMet = true
      return injected.onTheWay.inject(pass, this.#phone.clock)
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

/** As WeChat tells it. @throws what it tells of a function that failed */
function answerOf(end: InvocationEnd): unknown {
  if (end.failure) throw { errCode: end.failure.errCode, errMsg: end.failure.message }
  return { result: JSON.parse(end.json), errMsg: 'cloud.callFunction:ok' }
}
