import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { LIMITS } from '../limits.ts'

/** Open data handed to a mini-program as a cloudID, to be looked up by `cloud.getOpenData`. In memory only. */
export class CloudIds {
  readonly #issued = new Map<string, { data: unknown; issuedAt: number }>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(data: unknown): string {
    const cloudId = `${randomBytes(24).toString('base64url')}`
    this.#issued.set(cloudId, { data, issuedAt: this.#clock.now() })
    return cloudId
  }

  has(cloudId: string): boolean {
    return this.#issued.has(cloudId)
  }

  /** The JSON text `getOpenData` answers for one cloudID; a bad one has an errCode inside instead of data. */
  resolve(cloudId: string): string {
    const issued = this.#issued.get(cloudId)
    // The platform gives a cloudID the same five minutes as a phone code.
    const isGood = issued && this.#clock.now() < issued.issuedAt + LIMITS.phoneNumber.codeSeconds * 1000
    if (!isGood)
      return JSON.stringify({ cloudID: cloudId, errCode: -601006, errMsg: 'cloudID expired or invalid' })
    return JSON.stringify({ cloudID: cloudId, data: issued.data })
  }
}
