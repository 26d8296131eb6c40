/** What the cloud and the process of a function instance say to each other over Node's IPC channel. */

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
  /** Whether the instance is to tell when the call has nothing to do but wait, see `stillness.ts`. */
  isWatched: boolean
}

/** Time and chance of one call: with the same answers to its requests, it then does the same in every run. */
export interface Pinned {
  /** Where its clock stands, in milliseconds since 1970. */
  nowMilliseconds: number
  /** Whatever it draws at random is made of this. */
  seed: string
}

export type InstanceMessage =
  | { type: 'loaded' }
  | { type: 'load-failed'; message: string }
  | { type: 'log'; level: string; text: string }
  /** A request of the SDK was sent; `level` is 1 more than the highest of which an answer had been read. */
  | { type: 'sent'; sequence: string; level: number }
  /** `json` is the answer as JSON text; a function that returns nothing answers `null`. */
  | { type: 'returned'; json: string }
  | { type: 'threw'; message: string }
  /** A call under watch waits for answers and for nothing else, or is about to end. */
  | { type: 'still'; asked: number; closed: number; isEnding: boolean }
