import type { Fault } from '../../control/fault.ts'
import type { TestCloud } from '../test-cloud.ts'
import { type Duration, millisecondsOf } from './duration.ts'

/** Whom a fault meets, and how often. */
interface Reach {
  /** Of whose calls; everybody's by default. */
  openid?: string
  /** How often, until it is over; always by default. */
  times?: number
}

/** What goes wrong in the cloud, until `clear`. */
export class TestFaults {
  readonly #cloud: TestCloud

  constructor(cloud: TestCloud) {
    this.#cloud = cloud
  }

  /** Any fault, see {@link Fault}. */
  async add(fault: Omit<Fault, 'clientIp'>): Promise<void> {
    await this.#cloud.control.post('faults', fault)
  }

  /** A function's time runs out: the page hears -504003. */
  timeout(functionName: string, reach: Reach = {}): Promise<void> {
    return this.add({
      ...reach,
      action: 'invoke',
      target: functionName,
      answer: { kind: 'function-timeout' },
    })
  }

  /** A call does not reach its function, and the page hears -601001, as it does without a network. */
  loseCall(functionName: string, reach: Reach = {}): Promise<void> {
    return this.add({ ...reach, action: 'invoke', target: functionName, answer: { kind: 'call-lost' } })
  }

  /** A function does its work, and its answer does not reach the page, which hears -601001. */
  loseAnswer(functionName: string, reach: Reach = {}): Promise<void> {
    return this.add({ ...reach, action: 'invoke', target: functionName, answer: { kind: 'answer-lost' } })
  }

  /** Requests of functions to a collection fail, as when the database is overloaded. */
  database(collection: string, reach: Reach = {}): Promise<void> {
    const answer = {
      kind: 'error',
      code: 'DATABASE_REQUEST_FAILED',
      message: 'injected by the test',
    } as const
    return this.add({ ...reach, target: collection, answer })
  }

  /** WeChat refuses an interface of `cloud.openapi`, such as `phonenumber.getPhoneNumber`, with a number of its own. */
  openapi(api: string, errcode: number, reach: Reach = {}): Promise<void> {
    const answer = { kind: 'openapi', errcode, errmsg: 'injected by the test' } as const
    return this.add({ ...reach, target: api, answer })
  }

  /** Each request of a function takes that much longer. */
  async slow(duration: Duration): Promise<void> {
    await this.#cloud.control.post('latency', { milliseconds: millisecondsOf(duration) })
  }

  /** Nothing goes wrong any more. */
  async clear(): Promise<void> {
    await this.#cloud.control.delete('faults')
    await this.#cloud.control.post('latency', { milliseconds: 0 })
  }
}
