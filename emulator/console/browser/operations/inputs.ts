import type { FieldInput, FieldInputs, OperationField } from '../../../control/operations.ts'

/** What the form holds at first. @param given texts by name of a field, over the project's own */
export function initialInputs(
  fields: readonly OperationField[],
  given: Readonly<Record<string, string>> = {},
): FieldInputs {
  return Object.fromEntries(fields.map((field) => [field.name, initialInput(field, given)]))
}

function initialInput(field: OperationField, given: Readonly<Record<string, string>>): FieldInput {
  const { name, type, options = {}, initial } = field
  if (type === 'choice') {
    const paths = Object.keys(options)
    const path = paths.find((candidate) => given[candidate] !== undefined) ?? paths[0] ?? ''
    return { path, text: given[path] ?? '' }
  }
  if (type === 'boolean') return initial === true
  return given[name] ?? String(initial ?? '')
}

/** Whether everything that is required is there. */
export function isComplete(fields: readonly OperationField[], inputs: FieldInputs): boolean {
  return fields.every(({ name, isRequired }) => {
    const input = inputs[name]
    if (!isRequired) return true
    return typeof input === 'object' ? input.text !== '' : Boolean(input)
  })
}

/** What is sent: a time of this browser's zone is written as one that is the same everywhere. */
export function toSent(fields: readonly OperationField[], inputs: FieldInputs): FieldInputs {
  const times = fields.filter(({ type }) => type === 'time').map(({ name }) => [name, inputs[name]] as const)
  const written = times.flatMap(([name, text]) => {
    const time = new Date(typeof text === 'string' ? text : '')
    return Number.isNaN(time.getTime()) ? [] : [[name, time.toISOString()] as const]
  })
  return { ...inputs, ...Object.fromEntries(written) }
}
