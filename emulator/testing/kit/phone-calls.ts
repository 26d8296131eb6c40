import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallResult } from '../../control/calls.ts'
import { KitError } from '../kit-error.ts'

/** A call that the mini-program makes of the cloud: of a function, or {@link UPLOAD}. */
export interface FunctionCall {
  name: string
  data: Record<string, unknown>
}

/** Name of an upload by `wx.cloud.uploadFile`, whose data is `{ cloudPath }` and whose result `{ fileID }`. */
export const UPLOAD = 'wx.cloud.uploadFile'

/** Which calls: of a function by its name, or those that fit. */
export type CallFilter = string | ((call: FunctionCall) => boolean)

/**
 * Answers a call in place of the cloud.
 * @param cloud makes the call; resolves with what the function answers, and throws what the page would hear
 * @returns what the function would answer, or {@link NO_ANSWER}; an object with `errCode` that it throws is what the
 * page hears
 */
export type CallHandler = (call: FunctionCall, cloud: () => Promise<unknown>) => unknown

/** A handler's answer that never comes. No method of the phone waits for it; the page may, until its time is over. */
export const NO_ANSWER = Symbol('no answer')

/** What the page hears of a call that does not get through. */
export const LOST_CALL = {
  errCode: -601001,
  errMsg: 'cloud.callFunction:fail Error: errCode: -601001 | errMsg: request:fail',
}

/** A call that is held on its way, for the moment in which anything else may happen. */
export interface HeldCall {
  /** Until the mini-program has made the call, and does nothing else any more. */
  waiting(): Promise<FunctionCall>
  /** It goes on as if it had not been held. */
  release(): Promise<void>
  /** The page gets this as the function's answer. */
  answer(result: unknown): Promise<void>
  /** The page hears -601001, as without a network. */
  lose(): Promise<void>
}

/** Ends what the phone does to its calls. */
export type EndCallRule = () => void

const NO_CALLS: ReadonlySet<FunctionCall> = new Set()

type Forward = () => Promise<CallResult>

interface Rule {
  fits: (call: FunctionCall) => boolean
  handle: (call: FunctionCall, next: Forward) => Promise<CallResult>
  timesLeft: number
}

/** How a phone waits. */
export interface Waits {
  /** Until nothing follows any more. */
  settle: () => Promise<void>
  /** @throws KitError with the reason when the phone's time is over */
  until: (isSo: () => boolean, reason: string) => Promise<void>
}

/** The calls of one phone on their way to the cloud: what a test reads, holds and answers. */
export class PhoneCalls {
  #made: FunctionCall[] = []
  readonly #rules: Rule[] = []
  readonly #waits: Waits
  readonly #heldChanged: (call: FunctionCall, isHeld: boolean) => void
  /** Calls that handlers of the test are at. */
  readonly #handled = new Set<FunctionCall>()
  readonly #inHandler = new AsyncLocalStorage<true>()

  /** @param heldChanged called when a call starts to wait for the test, and when it goes on */
  constructor(waits: Waits, heldChanged: (call: FunctionCall, isHeld: boolean) => void) {
    this.#waits = waits
    this.#heldChanged = heldChanged
  }

  /** The calls since the test read them last. */
  take(): FunctionCall[] {
    const calls = this.#made
    this.#made = []
    return calls
  }

  /** The mini-program has made a call, which may not get through. */
  add(call: FunctionCall): void {
    this.#made.push(structuredClone(call))
  }

  /** Whether something is done to a call. */
  isMet(call: FunctionCall): boolean {
    return this.#rules.some(({ timesLeft, fits }) => timesLeft > 0 && fits(call))
  }

  /** Takes a call to the cloud, by what the test has asked for latest. */
  send(call: FunctionCall, cloud: Forward): Promise<CallResult> {
    return this.#pass(call, this.#rules, cloud)
  }

  answer(filter: CallFilter, handler: CallHandler, times = Number.POSITIVE_INFINITY): EndCallRule {
    const cloudOf = (next: Forward) => async () => {
      const { result, errCode, errMsg } = await next()
      if (errMsg !== undefined) throw { errCode, errMsg }
      return result
    }
    const handle = async (call: FunctionCall, next: Forward) => {
      const result = await this.#handle(call, () =>
        resultOf(async () => handler(structuredClone(call), cloudOf(next))),
      )
      return result.result === NO_ANSWER ? this.#never(call) : result
    }
    return this.#add({ fits: fitting(filter), handle, timesLeft: times })
  }

  /** @param isRequest whether it is held before the cloud gets it; otherwise its answer is held */
  hold(filter: CallFilter, isRequest: boolean): HeldCall {
    let held: FunctionCall | undefined
    let goOn: (end: Forward | undefined) => void = () => {}
    const end = new Promise<Forward | undefined>((resolve) => {
      goOn = resolve
    })
    const handle = async (call: FunctionCall, next: Forward) => {
      const answer = isRequest ? next : await settled(next())
      held = call
      this.#heldChanged(call, true)
      const other = await end
      this.#heldChanged(call, false)
      return (other ?? answer)()
    }
    this.#add({ fits: fitting(filter), handle, timesLeft: 1 })
    const continueWith = async (other?: Forward) => {
      if (!held)
        throw new KitError('还没有拦住调用，先等 waiting() · no call is held yet: await waiting() first')
      goOn(other)
      await this.#waits.settle()
    }
    return {
      waiting: async () => {
        await this.#waits.until(() => held !== undefined, `没有调用 · no such call: ${filter}`)
        await this.#waits.settle()
        return structuredClone(held as FunctionCall)
      },
      release: () => continueWith(),
      answer: (result) => continueWith(async () => ({ result })),
      lose: () => continueWith(async () => LOST_CALL),
    }
  }

  /**
   * Calls for which a wait of the caller's is not to wait, as they come and go: a handler does not wait for the calls that
   * it and other handlers are at, which would wait for one another.
   */
  get leftOut(): ReadonlySet<FunctionCall> {
    return this.#inHandler.getStore() ? this.#handled : NO_CALLS
  }

  async #handle<Value>(call: FunctionCall, work: () => Promise<Value>): Promise<Value> {
    this.#handled.add(call)
    try {
      return await this.#inHandler.run(true, work)
    } finally {
      this.#handled.delete(call)
    }
  }

  #never(call: FunctionCall): Promise<never> {
    this.#heldChanged(call, true)
    return new Promise(() => {})
  }

  #pass(call: FunctionCall, rules: readonly Rule[], cloud: Forward): Promise<CallResult> {
    const index = rules.findLastIndex(({ timesLeft, fits }) => timesLeft > 0 && fits(call))
    const rule = rules[index]
    if (!rule) return cloud()
    rule.timesLeft -= 1
    return rule.handle(call, () => this.#pass(call, rules.slice(0, index), cloud))
  }

  #add(rule: Rule): EndCallRule {
    this.#rules.push(rule)
    return () => {
      rule.timesLeft = 0
    }
  }
}

function fitting(filter: CallFilter): Rule['fits'] {
  return typeof filter === 'string' ? ({ name }) => name === filter : filter
}

/** A failure in WeChat's words is an answer; any other is the test's own. */
async function resultOf(work: () => Promise<unknown>): Promise<CallResult> {
  try {
    return { result: await work() }
  } catch (error) {
    const { errCode, errMsg } = Object(error) as CallResult
    if (errCode === undefined) throw error
    return { errCode, errMsg: errMsg ?? '' }
  }
}

async function settled(promise: Promise<CallResult>): Promise<Forward> {
  try {
    const value = await promise
    return async () => value
  } catch (error) {
    return () => Promise.reject(error)
  }
}
