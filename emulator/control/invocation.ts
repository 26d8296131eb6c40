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

/** A place in a source file, counted from 1. */
export interface SourcePlace {
  /** From the project's folder, with `/`; absolute outside of it. */
  file: string
  line: number
  column: number
  /** The function's name there, if it has one. */
  functionName?: string
}

/** What a function has thrown, with its places in the sources. */
export interface ThrownError {
  /** Such as `TypeError`. */
  name: string
  /** Secrets and numbers are masked. */
  message: string
  /** The innermost first, without those of Node and of packages. */
  places: readonly SourcePlace[]
  /** The lines around the first place. */
  excerpt?: SourceExcerpt
}

export interface SourceExcerpt {
  /** Number of the first of these lines. */
  firstLine: number
  lines: readonly string[]
}

export interface LogLine {
  level: string
  text: string
  /** Milliseconds on the machine's monotonic clock. */
  at?: number
  /** The line is about this error. */
  thrown?: ThrownError
  /** Said on this machine alone: the function has caught the error and handed it over. The cloud's log has no such line. */
  isLocal?: true
}

/** One call of a cloud function. Event and answer are kept with secrets and numbers masked. */
export interface Invocation {
  requestId: string
  functionName: string
  source: string
  /** The person who called; absent for the console and for timers. */
  openid?: string
  /** Milliseconds since 1970 by the cloud's clock. */
  at: number
  /** Milliseconds on the machine's monotonic clock, as those of the round trips. */
  startedAt?: number
  /** When an instance was ready for the call, on the same clock; cold start or queue come before. */
  readyAt?: number
  durationMilliseconds?: number
  coldStart?: boolean
  event: unknown
  result?: unknown
  error?: { errCode: number; errMsg: string; thrown?: ThrownError }
  logs: LogLine[]
  roundTrips: RoundTrip[]
}
