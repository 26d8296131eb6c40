/**
 * Quiescence detection, inside the process of an instance: reports to the cloud whenever a paused call has nothing to
 * do but wait for answers.
 *
 *     request sent ──┐
 *     answer read ───┼──► check() ──► next turn of the event loop:
 *     pause over ────┘                anything left to do? ── yes ──► look again in the next turn
 *                                          │ no
 *                                          ▼
 *                                     send { sent, processed } to the cloud, unless it has these numbers already
 *
 * "Anything left to do" is: a request to another address (uploads, which the cloud does not pause), a short timer, or
 * an active resource that no idle process has, such as a file that is being read.
 *
 * Time stands still for such a call, so that a test may pause its requests as long as it likes: `performance.now()`
 * stays where it was when the call began, and long timers, which limit something, never fire. Short timers are pauses
 * of the function and run as usual.
 */

import type { ClientRequest } from 'node:http'
import type { InstanceMessage } from './messages.ts'
import { isOfSdk } from './request-levels.ts'
import { subscribe } from './subscribe.ts'

/** Longer timers limit something: a task of the timer has its share of 2.6 s, 290 ms and more. */
const LONGEST_PAUSE_MILLISECONDS = 250
/** Never, as far as a call is concerned: the longest that a timer can be set to. */
const NEVER_MILLISECONDS = 2 ** 31 - 1
/** What an idle process has open: connections, the channel to the cloud, and timers, which are counted here. */
const IDLE = new Set(['TCPSocketWrap', 'PipeWrap', 'TTYWrap', 'Timeout'])

/** The counts of the watched call. */
interface Watch {
  sent: number
  processed: number
  /** Open requests to any other address than the SDK's, such as uploads: the cloud does not pause those. */
  others: number
  pauses: Set<unknown>
  reported: { sent: number; processed: number } | undefined
}

let watch: Watch | undefined
let isChecking = false
let send: (message: InstanceMessage) => void = () => {}
const machineSetTimeout = globalThis.setTimeout
const machineClearTimeout = globalThis.clearTimeout

/** Begins to watch a call. The first watched call replaces the timers and the clock of the process. */
export function beginWatch(sendMessage: (message: InstanceMessage) => void): void {
  send = sendMessage
  if (globalThis.setTimeout === machineSetTimeout) install()
  watch = { sent: 0, processed: 0, others: 0, pauses: new Set(), reported: undefined }
  startedAt = machineNow()
  check()
}

/** Call this before the call's answer is sent. Resolves when requests that nobody awaits have been sent too. */
export function endWatch(): Promise<void> {
  return new Promise((resolve) => {
    onEnd = resolve
    check()
  })
}

let onEnd: (() => void) | undefined

let startedAt = 0
const machineNow = performance.now.bind(performance)

function install(): void {
  subscribe('http.client.request.start', (message) => follow((message as { request: ClientRequest }).request))
  performance.now = () => (watch ? startedAt : machineNow())
  globalThis.setTimeout = Object.assign(setPause, machineSetTimeout) as typeof setTimeout
  globalThis.clearTimeout = (timer) => {
    watch?.pauses.delete(timer)
    machineClearTimeout(timer)
  }
}

function follow(request: ClientRequest): void {
  const followed = watch
  if (!followed) return
  const isSdk = isOfSdk(request)
  if (isSdk) followed.sent += 1
  else followed.others += 1
  request.once('close', () => {
    if (isSdk) followed.processed += 1
    else followed.others -= 1
    check()
  })
  check()
}

/** `setTimeout` of a watched call. */
function setPause(callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]): unknown {
  const current = watch
  if (!current) return machineSetTimeout(callback, milliseconds, ...values)
  if (milliseconds > LONGEST_PAUSE_MILLISECONDS) {
    return machineSetTimeout(callback, NEVER_MILLISECONDS, ...values).unref()
  }
  const timer = machineSetTimeout(() => {
    current.pauses.delete(timer)
    callback(...values)
    check()
  }, milliseconds)
  current.pauses.add(timer)
  return timer
}

function check(): void {
  if (isChecking || !watch) return
  isChecking = true
  setImmediate(checkAgain)
}

/** Runs after everything that was at hand; what that led to must be done as well. */
function checkAgain(): void {
  if (!watch) {
    isChecking = false
    return
  }
  const isBusy = watch.others > 0 || watch.pauses.size > 0
  if (isBusy || process.getActiveResourcesInfo().some((kind) => !IDLE.has(kind))) {
    setImmediate(checkAgain)
    return
  }
  isChecking = false
  const { sent, processed, reported } = watch
  if (onEnd) {
    send({ type: 'quiescent', sent, processed, isEnding: true })
    watch = undefined
    onEnd()
    onEnd = undefined
    return
  }
  if (sent === reported?.sent && processed === reported.processed) return
  watch.reported = { sent, processed }
  send({ type: 'quiescent', sent, processed, isEnding: false })
}
