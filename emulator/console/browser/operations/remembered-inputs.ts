import type { FieldInputs } from '../../../control/operations.ts'

/** The latest inputs by operation, so that a list is as it was when the user comes back. Kept in this page alone. */
const lastInputs = new Map<string, FieldInputs>()

export const lastInputsOf = (id: string): FieldInputs | undefined => lastInputs.get(id)

export function rememberInputs(id: string, inputs: FieldInputs): void {
  lastInputs.set(id, inputs)
}
