import type { Fault } from '../../emulator/cloud/faults.ts'
import type { InvocationEnd } from '../../emulator/cloud/functions/invocation-end.ts'
import type { Phone } from '../miniprogram/phone.ts'
import type { PhoneFaultKind } from './phone-fault-kinds.ts'
import type { Subject } from './subject.ts'

/** What left the phone. */
export interface Sent {
  /** A function's, or UPLOAD. */
  name: string
  data: Record<string, unknown>
  /** Absent for an upload, and where nothing arrived. */
  end?: InvocationEnd
}

export const UPLOAD = 'uploadFile'

/** What befalls one of the things that leave the phone, or all from it on. */
export interface Befalling {
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

/** Between one phone and the cloud: it sees what leaves the phone, and what befalls it is put here. */
export class Line {
  readonly sent: Sent[] = []
  /** Whether what was to befall something did. */
  wasMet = false
  readonly #subject: Subject
  readonly #phone: Phone
  #watchedFrom = 0
  #befalling: Befalling | undefined
  #inCloud: { fault: Fault | undefined; lift: () => void } | undefined

  /** Takes the place of the phone's own way to the cloud. */
  constructor(subject: Subject, phone: Phone) {
    this.#subject = subject
    this.#phone = phone
    const { upload } = phone
    phone.deliver = ({ name, data }) => {
      const sent: Sent = { name, data }
      return this.#carry(sent, async () => {
        sent.end = await subject.invoke(name, data)
        return answerOf(sent.end)
      })
    }
    phone.upload = async (cloudPath, content) => {
      const sent: Sent = { name: UPLOAD, data: {} }
      return (await this.#carry(sent, () => upload(cloudPath, content))) as string
    }
  }

  /** From now on it counts. */
  watch(befalling?: Befalling): void {
    this.#watchedFrom = this.sent.length
    this.#befalling = befalling
  }

  /** What left the phone since `watch`. */
  get watched(): Sent[] {
    return this.sent.slice(this.#watchedFrom)
  }

  /** Nothing befalls anything any more. */
  mend(): void {
    this.#befalling = undefined
    this.#liftFromCloud()
  }

  async #carry(sent: Sent, pass: () => Promise<unknown>): Promise<unknown> {
    const place = this.sent.push(sent) - 1 - this.#watchedFrom
    const befalling = this.#befalling
    if (!befalling || place < befalling.place || (place > befalling.place && !befalling.stays)) return pass()
    if (befalling.onTheWay) {
      this.wasMet = true
      return befalling.onTheWay.befall(pass, this.#phone.clock)
    }
    this.#putIntoCloud(befalling)
    try {
      return await pass()
    } finally {
      this.wasMet ||= this.#inCloud?.fault?.times !== timesOf(befalling)
      if (!befalling.stays) this.#liftFromCloud()
    }
  }

  /** For one person's calls, and for them alone. */
  #putIntoCloud(befalling: Befalling): void {
    if (!befalling.inCloud || this.#inCloud) return
    const { faults } = this.#subject.kit.cloud
    const { openid } = this.#subject
    const lift = faults.add({ ...befalling.inCloud, openid, times: timesOf(befalling) })
    this.#inCloud = { fault: faults.list().at(-1), lift }
  }

  #liftFromCloud(): void {
    this.#inCloud?.lift()
    this.#inCloud = undefined
  }
}

/** What befalls one operation is over when it was met, unless it stays. */
function timesOf({ stays, inCloud }: Befalling): number {
  return stays || inCloud?.operation === undefined ? ALWAYS : 1
}

/** As WeChat tells it. @throws what it tells of a function that failed */
function answerOf(end: InvocationEnd): unknown {
  if (end.failure) throw { errCode: end.failure.errCode, errMsg: end.failure.message }
  return { result: JSON.parse(end.json), errMsg: 'cloud.callFunction:ok' }
}
