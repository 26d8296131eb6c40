import { randomUUID } from 'node:crypto'
import type { Invocation, LogLine, RoundTrip, ThrownError } from '../control/invocation.ts'
import type { Caller } from './caller.ts'
import type { EventBus } from './event-bus.ts'
import type { CallMask } from './masking/call-mask.ts'
import type { Masking } from './masking/masking.ts'
import { redact } from './redact.ts'
import { RepeatableCalls } from './repeatable-calls.ts'

/** The latest calls of functions, newest last. Kept in memory only. */
export class CallLog {
  readonly #invocations: Invocation[] = []
  readonly #capacity: number
  readonly #events: EventBus
  readonly #masking: Masking
  /** Of each call; made when it is first needed, which most calls do not. */
  readonly #masks = new WeakMap<Invocation, () => CallMask>()
  readonly #ended = new WeakSet<Invocation>()
  readonly #endListeners = new Set<(call: Invocation) => void>()
  /** Grows with each change of a call. */
  #revision = 0
  readonly #revisions = new WeakMap<Invocation, number>()
  #edition = randomUUID()
  readonly repeatable = new RepeatableCalls()
  readonly #printedListeners = new Set<(text: string) => void>()
  readonly #lateListeners = new Set<(call: Invocation, line: LogLine) => void>()
  #isClosed = false

  constructor(events: EventBus, masking: Masking, capacity = 1000) {
    this.#events = events
    this.#masking = masking
    this.#capacity = capacity
  }

  /** Of the last change. */
  get revision(): number {
    return this.#revision
  }

  /** Differs after the calls have been cleared. */
  get edition(): string {
    return this.#edition
  }

  begin(requestId: string, functionName: string, caller: Caller, at: number, event: unknown): Invocation {
    const invocation: Invocation = {
      requestId,
      functionName,
      source: caller.source,
      ...(caller.openid === undefined ? {} : { openid: caller.openid }),
      at,
      startedAt: performance.now(),
      event: redact(event),
      logs: [],
      roundTrips: [],
    }
    let mask: CallMask | undefined
    this.#masks.set(invocation, () => {
      mask ??= this.#masking.ofCall(functionName, caller, event)
      return mask
    })
    this.#invocations.push(invocation)
    if (this.#invocations.length > this.#capacity) this.#invocations.shift()
    this.#changed(invocation)
    return invocation
  }

  /** Ends the log: what instances still say at their end can neither be masked nor read, and no call is counted. */
  close(): void {
    this.#isClosed = true
  }

  /** Adds a line to the log of a call, masked, and cut if it is very long. */
  log(invocation: Invocation, line: LogLine): void {
    if (this.#isClosed) return
    if (line.isLocal !== true) this.#printed(line.text)
    const mask = this.#maskOf(invocation)
    const kept: LogLine = {
      at: performance.now(),
      ...line,
      text: mask.longText(line.text),
      ...(line.thrown === undefined ? {} : { thrown: maskThrown(line.thrown, mask) }),
    }
    invocation.logs.push(kept)
    if (!this.#ended.has(invocation)) return
    for (const listener of this.#lateListeners) listener(invocation, kept)
    this.#changed(invocation)
  }

  /** Notes how a call has failed, masked. */
  fail(invocation: Invocation, error: NonNullable<Invocation['error']>): void {
    if (this.#isClosed) return
    this.#printed(error.errMsg)
    const mask = this.#maskOf(invocation)
    invocation.error = {
      ...error,
      errMsg: mask.longText(error.errMsg),
      ...(error.thrown === undefined ? {} : { thrown: maskThrown(error.thrown, mask) }),
    }
  }

  /** To be called when an invocation is over and its record is whole. */
  end(invocation: Invocation): void {
    if (this.#isClosed) return
    this.#ended.add(invocation)
    for (const listener of this.#endListeners) listener(invocation)
    this.#changed(invocation)
  }

  /** @param listener receives each call when it is over and its record is whole */
  onEnd(listener: (call: Invocation) => void): void {
    this.#endListeners.add(listener)
  }

  /**
   * @param listener receives what functions print and fail with, unmasked, as the real cloud would keep it. Only for tests
   * that look for secrets there: nothing else shows it
   */
  onPrinted(listener: (text: string) => void): void {
    this.#printedListeners.add(listener)
  }

  /** @param listener receives each line of an instance whose call was over already */
  onLateLine(listener: (call: Invocation, line: LogLine) => void): void {
    this.#lateListeners.add(listener)
  }

  /** The latest calls, newest last. @param since only those that have changed after this revision */
  list(limit = 100, since = 0): Invocation[] {
    const latest = this.#invocations.slice(-limit)
    return since === 0 ? latest : latest.filter((call) => (this.#revisions.get(call) ?? 0) > since)
  }

  clear(): void {
    this.#invocations.length = 0
    this.#edition = randomUUID()
    this.repeatable.clear()
  }

  #printed(text: string): void {
    for (const listener of this.#printedListeners) listener(text)
  }

  #changed(invocation: Invocation): void {
    this.#revision += 1
    this.#revisions.set(invocation, this.#revision)
    this.#events.emit('calls')
  }

  #maskOf(invocation: Invocation): CallMask {
    const mask = this.#masks.get(invocation)
    if (!mask) throw new TypeError('the call is not of this log')
    return mask()
  }
}

function maskThrown(thrown: ThrownError, mask: CallMask): ThrownError {
  const { message, excerpt } = thrown
  return {
    ...thrown,
    message: mask.longText(message),
    ...(excerpt === undefined
      ? {}
      : { excerpt: { ...excerpt, lines: excerpt.lines.map((line) => mask.exact(line)) } }),
  }
}

/** What an instance has said of the requests that it sent in one call. */
export class SentRequests {
  readonly #levels = new Map<string, number[]>()

  add(sequence: string, level: number): void {
    const attempts = this.#levels.get(sequence) ?? []
    this.#levels.set(sequence, [...attempts, level])
  }

  /** The call is over: each of its round trips gets the level of the request it was. */
  giveLevelsTo(roundTrips: readonly RoundTrip[]): void {
    for (const trip of roundTrips) {
      const level = this.#levels.get(trip.sequence ?? '')?.shift()
      if (level !== undefined) trip.level = level
    }
  }
}

/**
 * How many round trips had to wait for one another, as the instance counted them, which is right at any speed. Time
 * decides for a call that still runs, and for an instance whose Node cannot count (before 16.14).
 */
export function sequentialRoundTrips(roundTrips: readonly RoundTrip[]): number {
  const levels = roundTrips.flatMap(({ level }) => level ?? [])
  return levels.length > 0 ? Math.max(...levels) : sequentialByTime(roundTrips)
}

/**
 * Requests that overlap in time count once. With them in the order they began, each stands one level above the highest
 * that had ended before it began.
 */
function sequentialByTime(roundTrips: readonly RoundTrip[]): number {
  const levels: { endedAt: number; level: number }[] = []
  for (const trip of [...roundTrips].sort((a, b) => a.startedAt - b.startedAt)) {
    const before = levels.filter((other) => other.endedAt <= trip.startedAt)
    levels.push({ endedAt: trip.endedAt, level: 1 + Math.max(0, ...before.map((other) => other.level)) })
  }
  return Math.max(0, ...levels.map((entry) => entry.level))
}
