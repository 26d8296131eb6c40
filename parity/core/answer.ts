import type { Json } from './json.ts'

/** How a cloud refuses: the SDK's number, the word of the wire where the SDK leaves it, and the normalised text. */
export interface AnsweredError {
  readonly errCode?: number
  readonly code?: string
  readonly name?: string
  readonly text: string
}

/**
 * What a cloud says to one question: a value, an error, or nothing, because the question needs what is not there (an index,
 * another kind of caller, a device).
 */
export type Answer =
  | { readonly value: Json }
  | { readonly error: AnsweredError }
  | { readonly answered: false; readonly reason: string }

/** Answers by the name of their question. */
export type Answers = Readonly<Record<string, Answer>>

/** Thrown by a question that cannot be asked here. It counts as unknown. */
export class Unanswerable extends Error {
  override readonly name = 'Unanswerable'
}
