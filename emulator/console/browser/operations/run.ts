import type { FieldInputs, OperationEnd } from '../../../control/operations.ts'
import { control } from '../frame/api'

type Next = string | number

/** Runs an operation. @throws Error with the cloud's own words, such as for a field that does not fit */
export function runOperation(id: string, inputs: FieldInputs, next?: Next): Promise<OperationEnd> {
  const path = `operations/${encodeURIComponent(id)}/run` as const
  return control('POST', path, next === undefined ? { inputs } : { inputs, next })
}

/** Where a list goes on after an answer. */
export const isNext = (value: unknown): value is Next =>
  typeof value === 'string' || typeof value === 'number'

/** Says how a call ended that was not done. */
export function refusalText({ refusal, message }: OperationEnd): string {
  return [message, refusal].filter((part) => part !== undefined && part !== '').join(' · ')
}
