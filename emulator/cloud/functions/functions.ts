import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CallLog, type Invocation, SentRequests } from '../call-log.ts'
import type { Caller } from '../caller.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { HeldInvocation } from '../gate/held-invocation.ts'
import { LIMITS } from '../limits.ts'
import { redact } from '../redact.ts'
import { withBytesAsJson } from './binary-json.ts'
import type { FunctionCatalog, FunctionDefinition } from './catalog.ts'
import { uuidOf } from './chance.ts'
import { instanceEnvironment, invocationEnvironment, type Platform } from './environment.ts'
import {
  FunctionFailure,
  functionNotFound,
  functionThrew,
  functionTimedOut,
  requestTooLarge,
  responseTooLarge,
} from './failure.ts'
import { Instance, type Outcome } from './instance.ts'
import type { InvocationEnd } from './invocation-end.ts'
import type { Pinned } from './messages.ts'
import { InstancePool } from './pool.ts'

/** What the cloud knows of an invocation while its SDK talks to it. */
export interface RunningInvocation {
  caller: Caller
  definition: FunctionDefinition
  record: Invocation
  /** Present when its requests wait to be let go. */
  held?: HeldInvocation
  /** Ends its process at once, as a machine that dies does. */
  kill(): void
}

/** What is special about one call. */
export interface InvokeOptions {
  /** Whoever lets its requests go; its time limit is suspended. */
  held?: HeldInvocation
  /** How far the instance's clock is from the machine's; absent for the cloud's own time. */
  clockOffsetMilliseconds?: number
  /** Makes the call the same every time, down to its request id. */
  pinned?: Pinned
}

export interface FunctionsOptions {
  catalog: FunctionCatalog
  clock: Clock
  callLog: CallLog
  faults: Faults
  platform: Platform
  /** File made by `compileRuntime`. */
  runtime: string
  /** Environment variables as set in the console, for every function. */
  variables?: Readonly<Record<string, string>>
  /** The Node that runs functions; this program's own by default. */
  nodeExecutable?: string
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

/** A held call takes as long as its test; one that was forgotten ends all the same. */
const HELD_SECONDS = 600

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
      return { requestId, json }
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error
      record.error = { errCode: error.errCode, errMsg: error.message }
      return { requestId, failure: error }
    } finally {
      record.durationMilliseconds = performance.now() - startedAt
      callLog.end()
    }
  }

  /** Ends all instances: the next call of every function starts cold. */
  endInstances(): void {
    for (const pool of this.#pools.values()) pool.clear()
  }

  async #run(invocation: Beginning): Promise<string> {
    const { functionName, event, caller, record } = invocation
    const definition = this.#options.catalog.find(functionName)
    if (!definition) throw functionNotFound()
    if (
      this.#options.faults.take({ action: 'invoke', target: functionName }, { caller, record })?.kind ===
      'function-timeout'
    ) {
      await sleep(definition.timeoutSeconds * 1000)
      throw functionTimedOut(definition.timeoutSeconds)
    }
    const limit =
      caller.source === 'wx_client' ? LIMITS.functions.clientRequestBytes : LIMITS.functions.requestBytes
    if (Buffer.byteLength(JSON.stringify(event) ?? '') > limit) throw requestTooLarge()
    const pool = this.#pool(functionName)
    const instance = await pool.acquire(definition).catch((error: Error) => {
      record.logs.push({ level: 'error', text: error.message })
      throw functionThrew(error.message)
    })
    record.coldStart = instance.fresh
    try {
      return answer(await this.#invokeIn(instance, definition, invocation), definition)
    } finally {
      pool.release(instance)
    }
  }

  async #invokeIn(
    instance: Instance,
    definition: FunctionDefinition,
    { event, caller, record, options }: Beginning,
  ): Promise<Outcome> {
    const token = randomUUID()
    const { held } = options
    const kill = () => instance.kill()
    this.#running.set(token, { caller, definition, record, kill, ...(held ? { held } : {}) })
    const { platform, clock } = this.#options
    const environment = invocationEnvironment(platform, caller, token)
    const message = {
      type: 'invoke' as const,
      event: withUserInfo(event, caller),
      context: contextOf(record.requestId, definition, platform, environment),
      environment,
      clockOffsetMilliseconds: options.clockOffsetMilliseconds ?? clock.offsetMilliseconds,
      isWatched: held !== undefined,
      ...(options.pinned ? { pinned: options.pinned } : {}),
    }
    const sent = new SentRequests()
    try {
      const outcome = await instance.invoke(message, held ? HELD_SECONDS : definition.timeoutSeconds, {
        log: (level, text) => record.logs.push({ level, text }),
        sent: (sequence, level) => sent.add(sequence, level),
        still: (stillness) => held?.report(stillness),
      })
      // Requests the function did not wait for may still be on their way to the gate.
      if (outcome.kind === 'returned' || outcome.kind === 'threw') await held?.allArrived()
      return outcome
    } finally {
      sent.giveLevelsTo(record.roundTrips)
      this.#running.delete(token)
    }
  }

  #pool(functionName: string): InstancePool {
    const existing = this.#pools.get(functionName)
    if (existing) return existing
    const { runtime, platform, variables, maximumInstances, nodeExecutable } = this.#options
    const pool = new InstancePool(
      (definition) =>
        new Instance(definition, runtime, instanceEnvironment(platform, variables ?? {}), nodeExecutable),
      maximumInstances ?? LIMITS.functions.instances,
    )
    this.#pools.set(functionName, pool)
    return pool
  }
}

function answer(outcome: Outcome, definition: FunctionDefinition): string {
  switch (outcome.kind) {
    case 'returned':
      if (Buffer.byteLength(outcome.json) > LIMITS.functions.responseBytes) throw responseTooLarge()
      return outcome.json
    case 'threw':
      throw functionThrew(outcome.message)
    case 'timed-out':
      throw functionTimedOut(definition.timeoutSeconds)
    case 'exited':
      throw functionThrew('Process exited unexpectedly before completing request')
  }
}

/** The platform adds this to what a mini-program sends, so functions must not mind fields they did not ask for. */
function withUserInfo(event: unknown, caller: Caller): unknown {
  if (caller.openid === undefined || typeof event !== 'object' || event === null) return event
  return { ...event, userInfo: { appId: caller.appid, openId: caller.openid } }
}

/** The second argument of `main`, in the names of Tencent's SCF. */
function contextOf(
  requestId: string,
  definition: FunctionDefinition,
  platform: Platform,
  environment: Record<string, string>,
): Record<string, unknown> {
  return {
    request_id: requestId,
    function_name: definition.name,
    function_version: '$LATEST',
    namespace: platform.environmentId,
    memory_limit_in_mb: 256,
    time_limit_in_ms: definition.timeoutSeconds * 1000,
    environment: JSON.stringify(environment),
    environ: Object.entries(environment)
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
  }
}
