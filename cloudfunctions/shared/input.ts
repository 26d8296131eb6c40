import * as v from 'valibot'
import { AppError } from './app-error.ts'

/**
 * Parses what a client sent.
 * @throws AppError BAD_REQUEST with the field's path, and never its value
 */
export function parseInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true })
  if (result.success) return result.output
  throw new AppError('BAD_REQUEST', { field: v.getDotPath(result.issues[0]) ?? 'event' })
}

/** Text a client sends: not empty, not longer than it can honestly be. */
export function textField(maximumCharacters: number) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(maximumCharacters))
}
