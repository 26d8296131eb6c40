import { invalidOperator } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'

/** Says whether a document matches. */
export type Test = (document: unknown) => boolean

/** Says whether the values found at one path match. */
export type ValuesTest = (values: readonly unknown[]) => boolean

/** What operators need to compile the queries inside them. */
export interface Compiler {
  query(query: unknown): Test
  conditions(conditions: Document): ValuesTest
}

/** Turns an operator's operand into a test; the operators of one group share a table. */
export type Operator = (operand: unknown, compiler: Compiler, conditions: Document) => ValuesTest

/** `{ $gt: 1 }` as opposed to an embedded document to compare with. Mixing both is an error, as in MongoDB. */
export function isOperators(value: unknown): value is Document {
  if (!isDocument(value)) return false
  const fields = Object.keys(value)
  if (!fields[0]?.startsWith('$')) return false
  const stray = fields.find((field) => !field.startsWith('$'))
  if (stray !== undefined) throw invalidOperator(`unknown operator: ${stray}`)
  return true
}

/** MongoDB's truth in expressions: all but false, null, missing and zero. */
export function isTruthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0
}
