import type { Compiler } from '../query/operator.ts'

/** What an update happens in. */
export interface UpdateContext {
  /** The request's moment, milliseconds since 1970. */
  readonly now: number
  readonly isInsert: boolean
  /** The query the document was found by, for `$` in paths. */
  readonly query: unknown
}

/**
 * Gives a field's new value from the one it has (undefined: none). Returning undefined leaves the field alone.
 * It may return the value it was given, changed: documents under update are copies.
 * @throws DATABASE_REQUEST_FAILED when the value has the wrong type.
 */
export type Change = (value: unknown, field: string, context: UpdateContext) => unknown

/** Reads an operator's operand. @throws DATABASE_REQUEST_FAILED when it has the wrong type. */
export type UpdateOperator = (operand: unknown, compiler: Compiler) => Change
