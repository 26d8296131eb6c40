import type { Operation } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'

/** What an operation is about: a row, or an object. */
export interface Subject {
  key: string
  /** What the user knows it by. */
  label: string
  value: unknown
}

/** Whether the operation applies to it. A document that the console links from is not known to be otherwise. */
export function appliesTo({ subject }: Operation, { value }: Subject): boolean {
  const when = subject?.when
  if (!when) return true
  const found = valueAtPath(value, when.path)
  return when.in.some((allowed) => allowed === found)
}
