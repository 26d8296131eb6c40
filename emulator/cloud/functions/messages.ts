/** Messages between the cloud and the process of a function instance, over Node's IPC channel. */

import type { Note } from '../../control/note.ts'
import type { QuiescenceReport } from './call-observer.ts'
import type { ErrorReport } from './errors/error-report.ts'

export type CloudMessage = InvokeMessage | LoadMessage | PostponeMessage

/** To an instance that a debugger was awaited for, see `InstanceSettings.debugging`: it may load the function now. */
export interface LoadMessage {
  type: 'load'
}

/** A debugger has stopped another function for so long. */
export interface PostponeMessage {
  type: 'postpone'
  milliseconds: number
}

export interface InvokeMessage {
  type: 'invoke'
  event: unknown
  context: Record<string, unknown>
  /** Variables of this one invocation: the caller's identity and the platform's tokens. */
  environment: Record<string, string>
  /** How far the cloud's clock is from the machine's, in milliseconds. */
  clockOffsetMilliseconds: number
  /** Present for a call that is to be the same every time. */
  pinned?: Pinned
  /** Whether the instance reports when the call is quiescent, see `quiescence.ts`. */
  isWatched: boolean
}

/** Clock and random seed of one call: given the same answers to its requests, it does the same in every run. */
export interface Pinned {
  /** Where its clock stands, in milliseconds since 1970. */
  nowMilliseconds: number
  /** Seeds its random numbers. */
  seed: string
}

export type InstanceMessage =
  | { type: 'loaded' }
  | { type: 'load-failed'; message: string; error: ErrorReport }
  | { type: 'log'; level: string; text: string; error?: ErrorReport; isLocal?: true }
  | { type: 'note'; note: Note }
  /** A file outside the function's folder was required, by the absolute path `requiredBy`. */
  | { type: 'outside-file'; file: string; request: string; requiredBy?: string }
  /** A request of the SDK was sent; `level` is 1 more than the highest of which an answer had been read. */
  | { type: 'sent'; sequence: string; level: number }
  /** `json` is the answer as JSON text; a function that returns nothing answers `null`. */
  | { type: 'returned'; json: string }
  | { type: 'threw'; message: string; error: ErrorReport }
  /** Nobody caught this error, and the process ends. */
  | { type: 'crashed'; error: ErrorReport }
  /** A watched call waits for answers and for nothing else, or is about to end. */
  | ({ type: 'quiescent' } & QuiescenceReport)
