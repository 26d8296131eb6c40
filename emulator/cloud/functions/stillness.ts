/**
 * Inside the process of an instance: tells the cloud whenever a call under watch has nothing to do but wait for
 * answers. For such a call time stands still, so that however long its requests are held, nothing runs out: its
 * long timers do not fire, and `performance.now()` stays where it was when the call began. Short timers, which are
 * pauses and not limits, run; until they have, the call is not still.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import type { InstanceMessage } from './messages.ts'
import { isOfSdk } from './request-levels.ts'

/** Longer timers limit something: a task of the timer has its share of 2.6 s, 290 ms and more. */
const LONGEST_PAUSE_MILLISECONDS = 250
/** Never, as far as a call is concerned: the longest that a timer can be set to. */
const NEVER_MILLISECONDS = 2 ** 31 - 1
/** What an idle process has open: connections, the channel to the cloud, and timers, which are counted here. */
const IDLE = new Set(['TCPSocketWrap', 'PipeWrap', 'TTYWrap', 'Timeout'])

/** What is known of the call under watch. */
interface Watch {
  asked: number
  closed: number
  /** Requests to anything but the SDK's address, such as uploads: the cloud does not hold those. */
  others: number
  pauses: Set<unknown>
  /** What was told last. */
  told: { asked: number; closed: number } | undefined
}

let watch: Watch | undefined
let isLooking = false
let send: (message: InstanceMessage) => void = () => {}
const machineSetTimeout = globalThis.setTimeout
const machineClearTimeout = globalThis.clearTimeout

/** Begins to watch a call; the first call under watch puts the watch in place. */
export function beginWatch(tell: (message: InstanceMessage) => void): void {
  send = tell
  if (globalThis.setTimeout === machineSetTimeout) install()
  watch = { asked: 0, closed: 0, others: 0, pauses: new Set(), told: undefined }
  startedAt = machineNow()
  look()
}

/** To be called before the call's answer is sent. Resolves when requests that nobody waits for have been sent too. */
export function endWatch(): Promise<void> {
  return new Promise((resolve) => {
    onEnd = resolve
    look()
  })
}

let onEnd: (() => void) | undefined

let startedAt = 0
const machineNow = performance.now.bind(performance)

function install(): void {
  subscribe('http.client.request.start', (message) => follow((message as { request: ClientRequest }).request))
  performance.now = () => (watch ? startedAt : machineNow())
  globalThis.setTimeout = Object.assign(pausing, machineSetTimeout) as typeof setTimeout
  globalThis.clearTimeout = (timer) => {
    watch?.pauses.delete(timer)
    machineClearTimeout(timer)
  }
}

function follow(request: ClientRequest): void {
  const followed = watch
  if (!followed) return
  const isSdk = isOfSdk(request)
  if (isSdk) followed.asked += 1
  else followed.others += 1
  request.once('close', () => {
    if (isSdk) followed.closed += 1
    else followed.others -= 1
    look()
  })
  look()
}

function pausing(callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]): unknown {
  const current = watch
  if (!current) return machineSetTimeout(callback, milliseconds, ...values)
  if (milliseconds > LONGEST_PAUSE_MILLISECONDS) {
    return machineSetTimeout(callback, NEVER_MILLISECONDS, ...values).unref()
  }
  const timer = machineSetTimeout(() => {
    current.pauses.delete(timer)
    callback(...values)
    look()
  }, milliseconds)
  current.pauses.add(timer)
  return timer
}

function look(): void {
  if (isLooking || !watch) return
  isLooking = true
  setImmediate(again)
}

/** All that was at hand has been done when this runs; what it led to must be done as well. */
function again(): void {
  if (!watch) {
    isLooking = false
    return
  }
  const isBusy = watch.others > 0 || watch.pauses.size > 0
  if (isBusy || process.getActiveResourcesInfo().some((kind) => !IDLE.has(kind))) {
    setImmediate(again)
    return
  }
  isLooking = false
  if (onEnd) {
    send({ type: 'still', asked: watch.asked, closed: watch.closed, isEnding: true })
    watch = undefined
    onEnd()
    onEnd = undefined
    return
  }
  if (watch.asked === watch.told?.asked && watch.closed === watch.told.closed) return
  watch.told = { asked: watch.asked, closed: watch.closed }
  send({ type: 'still', asked: watch.asked, closed: watch.closed, isEnding: false })
}
