import type { Area } from './area.ts'
import type { Collection, Database } from './database.ts'

/** What a question may use. Everything that it leaves in `collection` and below `path` is removed after it. */
export interface QuestionCloud {
  /** wx-server-sdk, initialised. */
  readonly cloud: typeof import('wx-server-sdk')
  readonly db: Database
  readonly _: Database['command']
  readonly $: Database['command']['aggregate']
  /** Empty when the question begins. */
  readonly documents: Collection
  /** Another one, for `lookup`. Empty when the question begins. */
  readonly others: Collection
  /** Has a unique index over the field `key`, or else the question is unanswerable. Empty when the question begins. */
  unique(): Promise<Collection>
  /** Adds documents to `documents`, at the same time. */
  seed(...documents: readonly object[]): Promise<void>
  /** The second argument of the function. */
  readonly context: unknown
  /** `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** SOURCE of the caller; empty for the console's 云端测试. */
  readonly caller: string
  /** A `cloudPath` of this run. The file is removed after the question. */
  path(name: string): Promise<string>
  /** Calls the function itself, which runs a probe (`parity/probes`). */
  call(probe: string, data?: unknown): Promise<unknown>
  /** Keeps a value in the collection of the run, for a later question. */
  remember(name: string, value: unknown): Promise<void>
  /** @returns undefined if nothing is kept under that name */
  recall(name: string): Promise<unknown>
}

export interface QuestionOptions {
  readonly area: Area
  /** Ids of statements of `docs/en/parity.md` that the answer settles. */
  readonly settles?: readonly string[]
  /** The answer, or a throw, which is an answer too. Whatever JavaScript value it is, `normalise` makes JSON of it. */
  readonly ask: (cloud: QuestionCloud) => unknown
  /** The time that the question may take, in milliseconds; 1000 by default. One that takes more begins a part of its own. */
  readonly milliseconds?: number
}

export interface Question extends QuestionOptions {
  /** `<area>.<what>`, of lower-case words and `-`. */
  readonly name: string
}

/** One small thing to find out about a cloud. */
export function question(name: string, options: QuestionOptions): Question {
  return { name, ...options }
}
