/**
 * Inside the process of an instance that is debugged: its clocks stand still while a debugger has stopped it, and its
 * timers begin again when it goes on. Without this, a deadline of the function's own would have passed at each
 * breakpoint. The inspector calls `stop` and `goOn` through {@link DEBUGGER_CLOCK}, see `debug-session.ts`.
 *
 * Timers of `node:timers/promises` go on.
 */
import net from 'node:net'
import timers from 'node:timers'

/** Expression for the object that the inspector calls. */
export const DEBUGGER_CLOCK = "globalThis[Symbol.for('wechat-cloud-emulator.debugger-clock')]"

type Callback = (...values: unknown[]) => void

interface Refreshable {
  refresh(): unknown
}

const machineNow = performance.now.bind(performance)
/** Timers that have not fired yet, and sockets with a time limit. */
const pending = new Set<Refreshable>()
const sockets = new Set<WeakRef<net.Socket>>()
let stoppedAt: number | undefined
let stoppedMilliseconds = 0

/** @returns for how long the process, or one that it may wait for, has been stopped in all, in milliseconds */
export function installDebuggerClock(): () => number {
  const stopped = () => stoppedMilliseconds + (stoppedAt === undefined ? 0 : machineNow() - stoppedAt)
  performance.now = () => machineNow() - stopped()
  followTimeouts()
  followSockets()
  Object.assign(globalThis, { [Symbol.for('wechat-cloud-emulator.debugger-clock')]: { stop, goOn } })
  return stopped
}

function stop(): void {
  stoppedAt ??= machineNow()
}

function goOn(): void {
  if (stoppedAt === undefined) return
  const milliseconds = machineNow() - stoppedAt
  stoppedAt = undefined
  postpone(milliseconds)
}

/** Another function is stopped, which this one may wait for: its time stands still as well. */
export function postpone(milliseconds: number): void {
  stoppedMilliseconds += milliseconds
  for (const timer of pending) timer.refresh()
  for (const reference of sockets) {
    const socket = reference.deref()
    if (socket && !socket.destroyed) timerOf(socket)?.refresh()
    else sockets.delete(reference)
  }
}

function followTimeouts(): void {
  const machine = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
  const machineSetTimeout = machine.setTimeout as (callback: Callback, ...values: unknown[]) => NodeJS.Timeout
  function followedSetTimeout(callback: Callback, ...values: unknown[]): NodeJS.Timeout {
    // Node says what is wrong with it.
    if (typeof callback !== 'function') return machineSetTimeout(callback, ...values)
    // Once it fires it must not be refreshed, or it would fire again.
    const fire: Callback = (...given) => {
      pending.delete(timer)
      callback(...given)
    }
    const timer = machineSetTimeout(fire, ...values)
    pending.add(timer)
    return timer
  }
  function followedClearTimeout(timer: Parameters<typeof clearTimeout>[0]): void {
    const known =
      typeof timer === 'object' ? timer : [...pending].find((one) => Number(one) === Number(timer))
    if (known) pending.delete(known as Refreshable)
    machine.clearTimeout(timer)
  }
  const followed = {
    // Its hidden properties make util.promisify work.
    setTimeout: Object.defineProperties(
      followedSetTimeout,
      Object.getOwnPropertyDescriptors(machine.setTimeout),
    ),
    clearTimeout: followedClearTimeout,
  }
  Object.assign(globalThis, followed)
  Object.assign(timers, followed)
}

/** The time limit of a socket is a timer of Node's own. */
function followSockets(): void {
  const { setTimeout: setLimit } = net.Socket.prototype
  const followed = new WeakSet<net.Socket>()
  net.Socket.prototype.setTimeout = function (this: net.Socket, ...values) {
    if (!followed.has(this)) sockets.add(new WeakRef(this))
    followed.add(this)
    return setLimit.apply(this, values)
  }
}

function timerOf(socket: net.Socket): Refreshable | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'timeout')
  const timer =
    key === undefined
      ? undefined
      : (Reflect.get(socket, key) as (Refreshable & { _destroyed?: boolean }) | null)
  return timer && timer._destroyed !== true ? timer : undefined
}
