import { requestFailed } from '../../failures.ts'
import { isDocument, ownField } from '../../values/document.ts'

/**
 * Takes a path apart.
 * @throws DATABASE_REQUEST_FAILED for what is no path: an empty part, a part that begins with `$`, `__proto__`
 */
export function parsePath(text: string): string[] {
  const parts = text.split('.')
  for (const part of parts) checkField(part)
  if (parts.length > 200) throw requestFailed('FieldPath is too long')
  return parts
}

/** @throws DATABASE_REQUEST_FAILED for a name that no field of a stage or an expression can have */
export function checkField(name: string): void {
  if (name === '') throw requestFailed('FieldPath field names may not be empty strings.')
  if (name.startsWith('$')) throw requestFailed(`FieldPath field names may not start with '$': '${name}'`)
  if (name.includes('\0')) throw requestFailed('FieldPath field names may not contain null bytes')
  checkName(name)
}

/** Also of fields that documents bring, which may begin with `$`. */
export function checkName(name: string): void {
  if (name === '__proto__') throw requestFailed("a field can not be named '__proto__'")
}

/** What a path leads to: through an array to the values in each of its documents. A number is a field's name here. */
export function valueAt(value: unknown, path: readonly string[], depth = 0): unknown {
  const part = path[depth]
  if (part === undefined) return value
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const inner = isDocument(element) ? valueAt(element, path, depth) : undefined
      return inner === undefined ? [] : [inner]
    })
  }
  return isDocument(value) ? valueAt(ownField(value, part), path, depth + 1) : undefined
}
