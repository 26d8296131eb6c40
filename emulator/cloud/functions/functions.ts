import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallLog, Invocation } from '../call-log.ts'
import type { Caller } from '../caller.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import { LIMITS } from '../limits.ts'
import { redact } from '../redact.ts'
import type { FunctionCatalog, FunctionDefinition } from './catalog.ts'
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
import { InstancePool } from './pool.ts'

/** What the cloud knows of an invocation while its SDK talks to it. */
export interface RunningInvocation {
  caller: Caller
  definition: FunctionDefinition
  record: Invocation
}

/** How a call ended: with the answer as JSON text, or with the failure its caller is told. */
export type InvocationEnd =
  | { requestId: string; json: string; failure?: undefined }
  | { requestId: string; failure: FunctionFailure }

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
   * @param event JSON-like; a mini-program's gets `userInfo` added, as on the platform
   */
  async invoke(functionName: string, event: unknown, caller: Caller): Promise<InvocationEnd> {
    const requestId = randomUUID()
    const { callLog, clock } = this.#options
    const record = callLog.begin(requestId, functionName, caller, clock.now(), event)
    const startedAt = performance.now()
    try {
      const json = await this.#run(functionName, event, caller, record)
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

  async #run(functionName: string, event: unknown, caller: Caller, record: Invocation): Promise<string> {
    const definition = this.#options.catalog.find(functionName)
    if (!definition) throw functionNotFound()
    if (this.#options.faults.take({ action: 'invoke', target: functionName })?.kind === 'function-timeout') {
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
      return answer(await this.#invokeIn(instance, definition, event, caller, record), definition)
    } finally {
      pool.release(instance)
    }
  }

  async #invokeIn(
    instance: Instance,
    definition: FunctionDefinition,
    event: unknown,
    caller: Caller,
    record: Invocation,
  ): Promise<Outcome> {
    const token = randomUUID()
    this.#running.set(token, { caller, definition, record })
    const { platform, clock } = this.#options
    const environment = invocationEnvironment(platform, caller, token)
    const message = {
      type: 'invoke' as const,
      event: withUserInfo(event, caller),
      context: contextOf(record.requestId, definition, platform, environment),
      environment,
      clockOffsetMilliseconds: clock.offsetMilliseconds,
    }
    try {
      return await instance.invoke(message, definition.timeoutSeconds, (level, text) =>
        record.logs.push({ level, text }),
      )
    } finally {
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
