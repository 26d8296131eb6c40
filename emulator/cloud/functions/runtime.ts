/**
 * The program inside the process of a function instance. It loads the function's file once, then answers one
 * invocation after the other. Compiled to a single CommonJS file before it is run (see `instance.ts`).
 */
import { format } from 'node:util'
import { answerJson } from './binary-json.ts'
import { installErrorReports } from './errors/error-channel.ts'
import { isError, reportError } from './errors/error-report.ts'
import { callHandler } from './handler.ts'
import { installDebuggerClock, postpone } from './inspect/debugger-clock.ts'
import type { InstanceSettings } from './loading/instance-settings.ts'
import { describeLoadFailure, isMissingModule } from './loading/load-failure.ts'
import { handlerOf, type LoadedFunction, loadFunction } from './loading/load-function.ts'
import { installModuleResolution } from './loading/module-resolution.ts'
import type { CloudMessage, InstanceMessage, InvokeMessage } from './messages.ts'
import { beginWatch, endWatch } from './quiescence.ts'
import { beginRequestLevels, installRequestLevels } from './request-levels.ts'
import { installSeededRandom, seedRandom } from './seeded-random.ts'

const send = (message: InstanceMessage) => void process.send?.(message)

const settings = JSON.parse(process.argv[2] ?? '{}') as InstanceSettings
const clock: { offsetMilliseconds: number; standsAt?: number | undefined } = { offsetMilliseconds: 0 }
/** For how long a debugger has stopped the process in all; before the current call. */
const stoppedMilliseconds = settings.debugging ? installDebuggerClock() : () => 0
let stoppedBefore = 0
installClock()
installSeededRandom()
installRequestLevels(send)
captureLogs()
installErrorReports({
  caught(error) {
    const text = `已被捕获 · caught: ${error.stack}`
    send({ type: 'log', level: 'error', text, error, isLocal: true })
  },
  // Node's own text would have the places of the compiled code.
  uncaught(error, done) {
    if (!process.connected || !process.send) return done()
    process.send({ type: 'crashed', error } satisfies InstanceMessage, done)
  },
})

let loaded: LoadedFunction
let invocationVariables: string[] = []

process.on('message', (message: CloudMessage) => {
  if (message.type === 'load') void load()
  else if (message.type === 'postpone') postpone(message.milliseconds)
  else void invoke(message)
})
// Without the cloud there is nobody to answer.
process.on('disconnect', () => process.exit(0))
if (settings.debugging?.isAwaited !== true) void load()

async function load(): Promise<void> {
  process.chdir(settings.directory)
  installModuleResolution(settings, send)
  try {
    loaded = await loadFunction(settings)
    send({ type: 'loaded' })
  } catch (error) {
    send({ type: 'load-failed', message: describeLoadFailure(error, settings), error: reportError(error) })
  }
}

async function invoke(message: InvokeMessage): Promise<void> {
  stoppedBefore = stoppedMilliseconds()
  clock.offsetMilliseconds = message.clockOffsetMilliseconds
  clock.standsAt = message.pinned?.nowMilliseconds
  seedRandom(message.pinned?.seed)
  for (const name of invocationVariables) delete process.env[name]
  Object.assign(process.env, message.environment)
  invocationVariables = Object.keys(message.environment)
  beginRequestLevels()
  if (message.isWatched) beginWatch(send)
  try {
    const main = await handlerOf(loaded, settings)
    const result = await callHandler(main, message.event, message.context)
    const json = answerJson(result, (type) =>
      console.warn(
        `返回值里的 ${type} 不能成为 JSON，请返回 Buffer 或 base64 · is lost in JSON: return a Buffer or base64`,
      ),
    )
    if (message.isWatched) await endWatch()
    send({ type: 'returned', json })
  } catch (error) {
    if (message.isWatched) await endWatch()
    const reason = isMissingModule(error) ? describeLoadFailure(error, settings) : String(error)
    send({ type: 'threw', message: reason, error: reportError(error) })
  }
}

/**
 * `new Date()` and `Date.now()` follow the cloud's clock, but stand for a pinned call and while a debugger has stopped
 * the call; everything else of Date stays itself.
 */
function installClock(): void {
  const MachineDate = Date
  const now = () =>
    clock.standsAt ?? MachineDate.now() + clock.offsetMilliseconds - (stoppedMilliseconds() - stoppedBefore)
  function CloudDate(...parameters: unknown[]): Date | string {
    if (!new.target) return new MachineDate(now()).toString()
    return Reflect.construct(MachineDate, parameters.length === 0 ? [now()] : parameters, new.target)
  }
  const properties = Object.getOwnPropertyDescriptors(MachineDate)
  globalThis.Date = Object.defineProperties(CloudDate, {
    ...properties,
    now: { ...properties.now, value: now },
  }) as unknown as DateConstructor
}

/** Log lines go the way of the answer, so that none can arrive after it. */
function captureLogs(): void {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    console[level] = (...values: unknown[]) => {
      const error = values.find(isError)
      const report = error === undefined ? {} : { error: reportError(error) }
      send({ type: 'log', level, text: format(...values), ...report })
    }
  }
  // What cloud.logger() writes to when the platform's advanced log is on (_SCF_TCB_LOG=1).
  const advancedLog = (content: unknown, level: string) =>
    send({ type: 'log', level, text: JSON.stringify(content) })
  Object.assign(console, { __baseLog__: advancedLog })
}
