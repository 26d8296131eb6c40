import type { Caller } from './caller.ts'
import type { Changes } from './changes.ts'
import { redact } from './redact.ts'

/** One request of the SDK inside an invocation: one round trip between a function and the cloud. */
export interface RoundTrip {
  requestId: string
  action: string
  /** The collection, openapi name, function or file the request is about. */
  target: string
  /** The SDK's number of the request; another attempt has the same. */
  sequence?: string
  /** Counted by the instance: 1, or 1 more than the highest of which it had read an answer when it sent this one. */
  level?: number
  /** Milliseconds on the machine's monotonic clock. */
  startedAt: number
  endedAt: number
  /** The error word of the answer, absent when it went well. */
  code?: string
}

export interface LogLine {
  level: string
  text: string
}

/** One call of a cloud function. Event and answer are kept with secrets and numbers masked. */
export interface Invocation {
  requestId: string
  functionName: string
  source: string
  /** Milliseconds since 1970 by the cloud's clock. */
  at: number
  durationMilliseconds?: number
  coldStart?: boolean
  event: unknown
  result?: unknown
  error?: { errCode: number; errMsg: string }
  logs: LogLine[]
  roundTrips: RoundTrip[]
}

/** The latest calls of functions, newest last. Kept in memory only. */
export class CallLog {
  readonly #invocations: Invocation[] = []
  readonly #capacity: number
  readonly #changes: Changes

  constructor(changes: Changes, capacity = 1000) {
    this.#changes = changes
    this.#capacity = capacity
  }

  begin(requestId: string, functionName: string, caller: Caller, at: number, event: unknown): Invocation {
    const invocation: Invocation = {
      requestId,
      functionName,
      source: caller.source,
      at,
      event: redact(event),
      logs: [],
      roundTrips: [],
    }
    this.#invocations.push(invocation)
    if (this.#invocations.length > this.#capacity) this.#invocations.shift()
    this.#changes.tell('calls')
    return invocation
  }

  /** To be called when an invocation is over and its record is whole. */
  end(): void {
    this.#changes.tell('calls')
  }

  list(limit = 100): Invocation[] {
    return this.#invocations.slice(-limit)
  }

  clear(): void {
    this.#invocations.length = 0
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
 * How many round trips had to wait for one another: as the instance counted them, which is right at any speed. An
 * instance of a Node that cannot tell (before 16.14), and a call that still runs, are judged by time.
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
