import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'

/**
 * Parses the data of a request.
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

/** A text of a client: Unicode, not empty, and no longer than the maximum. */
export function textField(maximumCharacters: number) {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(maximumCharacters), v.check(isUnicode))
}

/** As `textField`, but the text may be empty. */
export function optionalTextField(maximumCharacters: number) {
  return v.pipe(v.string(), v.maxLength(maximumCharacters), v.check(isUnicode))
}

/** Half a surrogate pair is not a character, and databases differ in what they store for one. */
function isUnicode(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}
