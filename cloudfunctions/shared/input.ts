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

/** Text a client sends: not empty, not longer than it can honestly be, and Unicode. */
export function textField(maximumCharacters: number) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(maximumCharacters), v.check(isUnicode))
}

/** The same, but it may be empty. */
export function optionalTextField(maximumCharacters: number) {
  return v.pipe(v.string(), v.maxLength(maximumCharacters), v.check(isUnicode))
}

/** Half a surrogate pair is no character; no two databases agree on what to store for one. */
function isUnicode(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}
