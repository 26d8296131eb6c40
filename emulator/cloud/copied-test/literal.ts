import { isDocument } from '../database/values/document.ts'
import { Made, type MadeValue } from './event-values.ts'

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
const LINE_CHARACTERS = 110

/**
 * A value as the text of an expression, on several lines if it is long.
 * @param made the expression of a value that the test makes
 */
export function literal(value: unknown, made: (value: MadeValue) => string, indent = ''): string {
  const line = onOneLine(value, made)
  if (indent.length + line.length <= LINE_CHARACTERS || typeof value !== 'object' || value === null)
    return line
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${literal(item, made, inner)},\n`)
    return `[\n${items.join('')}${indent}]`
  }
  if (!isDocument(value) || value instanceof Made) return line
  const fields = Object.entries(value).map(
    ([name, field]) => `${inner}${key(name)}: ${literal(field, made, inner)},\n`,
  )
  return `{\n${fields.join('')}${indent}}`
}

function onOneLine(value: unknown, made: (value: MadeValue) => string): string {
  if (value instanceof Made) return made(value.value)
  if (value instanceof Date) return `new Date('${value.toISOString()}')`
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map((item) => onOneLine(item, made)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value))
  const fields = Object.entries(value).map(([name, inner]) => `${key(name)}: ${onOneLine(inner, made)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

// `__proto__: value` in a literal sets the prototype; as a computed name it is a field like any other.
const key = (name: string) => (name === '__proto__' ? "['__proto__']" : NAME.test(name) ? name : quoted(name))

/** `.name`, `[0]` or `['a name']`. */
export function accessor(part: string | number): string {
  if (typeof part === 'number') return `[${part}]`
  return NAME.test(part) ? `.${part}` : `[${quoted(part)}]`
}

/** A text in quotation marks: whatever it holds, it stays a text. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return `'${inner}'`
}
