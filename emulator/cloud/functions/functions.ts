import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Invocation } from '../../control/invocation.ts'
import { type CallLog, SentRequests } from '../call-log.ts'
import type { Caller } from '../caller.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { LIMITS } from '../limits.ts'
import { redact } from '../redact.ts'
import { withBytesAsJson } from './binary-json.ts'
import { invocationEnvironment, type Platform } from './environment.ts'
import type { ErrorLocator } from './errors/error-locator.ts'
import {
  answerLost,
  FunctionFailure,
  functionNotFound,
  functionThrew,
  functionTimedOut,
  requestTooLarge,
  responseTooLarge,
} from './failure.ts'
import type { FunctionCatalog, FunctionDefinition } from './function-catalog.ts'
import { type Instance, LoadFailure, type Outcome } from './instance.ts'
import { contextOf, withUserInfo } from './invocation-context.ts'
import type { InvocationEnd } from './invocation-end.ts'
import { InvocationLog } from './invocation-log.ts'
import type { Launcher } from './launcher.ts'
import type { InvokeMessage } from './messages.ts'
import { InstancePool } from './pool.ts'
import type { InvokeOptions, RunningInvocation } from './running-invocation.ts'
import { uuidOf } from './seeded-random.ts'

export interface FunctionsOptions {
  catalog: FunctionCatalog
  clock: Clock
  callLog: CallLog
  faults: Faults
  platform: Platform
  launcher: Launcher
  errorLocator: ErrorLocator
  /** Instances of one function at the same time. */
  maximumInstances?: number
}

/** One invocation before it has an instance. */
interface Beginning {
  functionName: string
  event: unknown
  caller: Caller
  record: Invocation
  options: InvokeOptions
}

/** A paused call takes as long as its test; one that was forgotten ends after this time. */
const PAUSED_CALL_SECONDS = 600

/** Calls cloud functions: finds the code, gives it a process and an identity, and holds it to its limits. */
export class Functions {
  readonly #options: FunctionsOptions
  readonly #pools = new Map<string, InstancePool>()
  readonly #running = new Map<string, RunningInvocation>()

  constructor(options: FunctionsOptions) {
    this.#options = options
  }

  /** The invocation a token of `invocationEnvironment` was given to, while it runs. */
  running(token: unknown): RunningInvocation | undefined {
    return typeof token === 'string' ? this.#running.get(token) : undefined
  }

  /**
   * Runs a function. Never rejects for what the function does: a failure is one of the two ways it can end.
   * @param data JSON-like, or with bytes in it; a mini-program's gets `userInfo` added, as on the platform
   */
  async invoke(
    functionName: string,
    data: unknown,
    caller: Caller,
    options: InvokeOptions = {},
  ): Promise<InvocationEnd> {
    const event = withBytesAsJson(data)
    const requestId = options.pinned ? uuidOf(options.pinned.seed) : randomUUID()
    const { callLog, clock } = this.#options
    const record = callLog.begin(requestId, functionName, caller, clock.now(), event)
    const startedAt = performance.now()
    try {
      const json = await this.#run({ functionName, event, caller, record, options })
      record.result = redact(JSON.parse(json))
      callLog.repeatable.addAnswer(requestId, json)
      return { requestId, json }
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error
      callLog.fail(record, {
        errCode: error.errCode,
        errMsg: error.message,
        ...(error.thrown ? { thrown: error.thrown } : {}),
      })
      return { requestId, failure: error }
    } finally {
      record.durationMilliseconds = performance.now() - startedAt
      callLog.end(record)
    }
  }

  /** Starts an instance of a function that has none. Resolves when it is loaded; rejects with why it cannot be. */
  async start(functionName: string): Promise<void> {
    const definition = this.#options.catalog.find(functionName)
    if (!definition) return
    const pool = this.#pool(functionName)
    pool.release(await pool.acquire(await this.#options.launcher.prepare(definition, () => {})))
  }

  /** Ends all instances: the next call of every function starts cold. */
  endInstances(): void {
    for (const pool of this.#pools.values()) pool.clear()
  }

  /** Ends the instances that answer a call, which then fails. */
  endBusyInstances(): void {
    for (const pool of this.#pools.values()) pool.clearBusy()
  }

  async #run(invocation: Beginning): Promise<string> {
    const { functionName, event, caller, record, options } = invocation
    const definition = this.#options.catalog.find(functionName)
    if (!definition) throw functionNotFound(this.#options.catalog.absenceReason(functionName))
    const fault = this.#options.faults.take({ action: 'invoke', target: functionName }, { caller, record })
    if (fault?.kind === 'function-timeout') {
      await sleep(definition.timeoutSeconds * 1000)
      throw functionTimedOut(definition.timeoutSeconds)
    }
    if (fault?.kind === 'call-lost') throw answerLost()
    const limit =
      caller.source === 'wx_client' ? LIMITS.functions.clientRequestBytes : LIMITS.functions.requestBytes
    const json = JSON.stringify(event) as string | undefined
    if (Buffer.byteLength(json ?? '') > limit) throw requestTooLarge()
    if (!options.observer)
      this.#options.callLog.repeatable.add(record.requestId, { functionName, caller, json })
    const pool = this.#pool(functionName)
    const instance = await this.#start(pool, definition, record)
    record.coldStart = instance.fresh
    record.readyAt = performance.now()
    try {
      const outcome = await this.#invokeIn(instance, definition, invocation)
      const json = answer(outcome, definition, this.#log(record, instance.startedAt))
      if (fault?.kind === 'answer-lost') throw answerLost()
      return json
    } finally {
      pool.release(instance)
    }
  }

  /** @throws FunctionFailure that says why the function cannot be started */
  async #start(pool: InstancePool, definition: FunctionDefinition, record: Invocation): Promise<Instance> {
    try {
      const log = (text: string) => this.#options.callLog.log(record, { level: 'info', text })
      return await pool.acquire(await this.#options.launcher.prepare(definition, log))
    } catch (error) {
      const { message } = error as Error
      const log = this.#log(record, Date.now())
      if (error instanceof LoadFailure) for (const line of error.logs) log.add(line)
      throw functionThrew(message, log.addFailure(message, error))
    }
  }

  async #invokeIn(
    instance: Instance,
    definition: FunctionDefinition,
    { event, caller, record, options }: Beginning,
  ): Promise<Outcome> {
    const token = randomUUID()
    const { observer } = options
    const kill = () => instance.kill()
    const { platform, clock, callLog } = this.#options
    const log = (text: string) => callLog.log(record, { level: 'info', text })
    this.#running.set(token, { caller, definition, record, log, kill, ...(observer ? { observer } : {}) })
    const environment = invocationEnvironment(platform, caller, token)
    const message: InvokeMessage = {
      type: 'invoke',
      event: withUserInfo(event, caller),
      context: contextOf(record.requestId, definition, platform, environment),
      environment,
      clockOffsetMilliseconds: options.clockOffsetMilliseconds ?? clock.offsetMilliseconds,
      isWatched: observer !== undefined,
      ...(options.pinned ? { pinned: options.pinned } : {}),
    }
    const sent = new SentRequests()
    try {
      const outcome = await instance.invoke(
        message,
        observer ? PAUSED_CALL_SECONDS : definition.timeoutSeconds,
        {
          log: (line) => this.#log(record, instance.startedAt).add(line),
          sent: (sequence, level) => sent.add(sequence, level),
          quiescent: (report) => observer?.recordReport(report),
        },
      )
      // Requests that the function did not await may still be on their way.
      if (outcome.kind === 'returned' || outcome.kind === 'threw') await observer?.untilAllArrived()
      return outcome
    } finally {
      sent.giveLevelsTo(record.roundTrips)
      this.#running.delete(token)
    }
  }

  #log(record: Invocation, loadedAt: number): InvocationLog {
    const { callLog, errorLocator } = this.#options
    return new InvocationLog((line) => callLog.log(record, line), errorLocator, loadedAt)
  }

  #pool(functionName: string): InstancePool {
    const existing = this.#pools.get(functionName)
    if (existing) return existing
    const pool = new InstancePool(this.#options.maximumInstances ?? LIMITS.functions.instances)
    this.#pools.set(functionName, pool)
    return pool
  }
}

function answer(outcome: Outcome, definition: FunctionDefinition, log: InvocationLog): string {
  switch (outcome.kind) {
    case 'returned':
      if (Buffer.byteLength(outcome.json) > LIMITS.functions.responseBytes) throw responseTooLarge()
      return outcome.json
    case 'threw':
      throw functionThrew(outcome.message, log.addThrown(outcome.error))
    case 'timed-out':
      throw functionTimedOut(definition.timeoutSeconds)
    case 'exited':
      throw functionThrew(
        'Process exited unexpectedly before completing request',
        outcome.error && log.addThrown(outcome.error),
      )
  }
}
