/**
 * The program inside the process of a function instance. It loads the function's file once, then answers one
 * invocation after the other. Compiled to a single CommonJS file before it is run (see `instance.ts`).
 */
import { format } from 'node:util'
import { answerJson } from './binary-json.ts'
import { installChance, pinChance } from './chance.ts'
import { callHandler, type Main } from './handler.ts'
import type { InstanceMessage, InvokeMessage } from './messages.ts'
import { beginRequestLevels, installRequestLevels } from './request-levels.ts'
import { beginWatch, endWatch } from './stillness.ts'

const send = (message: InstanceMessage) => void process.send?.(message)

const clock: { offsetMilliseconds: number; standsAt?: number | undefined } = { offsetMilliseconds: 0 }
installClock()
installChance()
installRequestLevels(send)
captureLogs()

let main: Main
let invocationVariables: string[] = []

process.on('message', (message: InvokeMessage) => void invoke(message))
// Without the cloud there is nobody to answer.
process.on('disconnect', () => process.exit(0))
load()

function load(): void {
  try {
    const loaded: { main?: unknown } = require(process.argv[2] ?? '')
    if (typeof loaded.main !== 'function') throw new Error('index.main is not a function')
    main = loaded.main as Main
    send({ type: 'loaded' })
  } catch (error) {
    send({ type: 'load-failed', message: String(error) })
  }
}

async function invoke(message: InvokeMessage): Promise<void> {
  clock.offsetMilliseconds = message.clockOffsetMilliseconds
  clock.standsAt = message.pinned?.nowMilliseconds
  pinChance(message.pinned?.seed)
  for (const name of invocationVariables) delete process.env[name]
  Object.assign(process.env, message.environment)
  invocationVariables = Object.keys(message.environment)
  beginRequestLevels()
  if (message.isWatched) beginWatch(send)
  try {
    const result = await callHandler(main, message.event, message.context)
    const json = answerJson(result, (type) =>
      console.warn(
        `返回值里的 ${type} 不能成为 JSON，请返回 Buffer 或 base64 · is lost in JSON: return a Buffer or base64`,
      ),
    )
    if (message.isWatched) await endWatch()
    send({ type: 'returned', json })
  } catch (error) {
    if (error instanceof Error) console.error(error.stack)
    if (message.isWatched) await endWatch()
    send({ type: 'threw', message: String(error) })
  }
}

/**
 * `new Date()` and `Date.now()` follow the cloud's clock, or stand for a pinned call; everything else of Date stays
 * itself.
 */
function installClock(): void {
  const MachineDate = Date
  const now = () => clock.standsAt ?? MachineDate.now() + clock.offsetMilliseconds
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
    console[level] = (...values: unknown[]) => send({ type: 'log', level, text: format(...values) })
  }
  // What cloud.logger() writes to when the platform's advanced log is on (_SCF_TCB_LOG=1).
  const advancedLog = (content: unknown, level: string) =>
    send({ type: 'log', level, text: JSON.stringify(content) })
  Object.assign(console, { __baseLog__: advancedLog })
}
