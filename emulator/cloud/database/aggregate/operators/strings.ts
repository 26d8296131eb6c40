import { requestFailed } from '../../failures.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { compareStrings } from '../../values/ordering.ts'
import { typeName } from '../../values/types.ts'
import { onMany, onNamed, onOne, onTwo, onValues, requireString } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { requirePosition } from './arrays.ts'

/** Strings and their parts. Positions count code points (`…CP`) or bytes of UTF-8. */

/** As MongoDB turns a value into text where it wants a string: null into nothing, a date into ISO 8601. */
function coerce(value: unknown, name: string): string {
  if (isNothing(value)) return ''
  if (typeof value === 'string') return value
  if (isNumeric(value)) return value.toString()
  if (value instanceof Date) return value.toISOString()
  throw requestFailed(`${name}: can't convert from BSON type ${typeName(value)} to String`)
}

function wholeNumber(value: unknown, name: string): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isFinite(number)) throw requestFailed(`${name} requires numbers for positions and lengths`)
  return Math.trunc(number)
}

const concat = onMany((values, name) => {
  for (const value of values) {
    if (!isNothing(value) && typeof value !== 'string') {
      throw requestFailed(`${name} only supports strings, not ${typeName(value)}`)
    }
  }
  return values.some(isNothing) ? null : values.join('')
})

/** A negative length means the rest. @throws DATABASE_REQUEST_FAILED for a cut inside a character */
const substringBytes = onValues(3, 3, ([text, start, length], name) => {
  const bytes = Buffer.from(coerce(text, name))
  const from = wholeNumber(start, name)
  const count = wholeNumber(length, name)
  if (from < 0) throw requestFailed(`${name}: starting index must be non-negative`)
  const to = count < 0 ? bytes.length : Math.min(bytes.length, from + count)
  if (isContinuation(bytes[from]) || isContinuation(bytes[to])) {
    throw requestFailed(`${name}: Invalid range, a bound is in the middle of a UTF-8 character.`)
  }
  return bytes.subarray(from, to).toString()
})

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

const substringPoints = onValues(3, 3, ([text, start, length], name) => {
  const from = requirePosition(start, name)
  const count = requirePosition(length, name)
  return [...coerce(text, name)].slice(from, from + count).join('')
})

/** Both `$indexOf…` operators, which differ in the unit they count. */
function indexOf(toUnits: (text: string) => readonly unknown[]): Operator {
  return onValues(2, 4, ([text, search, start = 0, end], name) => {
    if (isNothing(text)) return null
    const units = toUnits(requireString(text, name))
    const wanted = toUnits(requireString(search, name))
    const from = requirePosition(start, name)
    const to = Math.min(units.length, end === undefined ? units.length : requirePosition(end, name))
    for (let at = from; at + wanted.length <= to; at++) {
      if (wanted.every((unit, offset) => units[at + offset] === unit)) return at
    }
    return -1
  })
}

const split = onTwo((text, separator, name) => {
  if (isNothing(text) || isNothing(separator)) return null
  const by = requireString(separator, name)
  if (by === '') throw requestFailed('$split requires a non-empty separator')
  return requireString(text, name).split(by)
})

/** Blanks that are cut without `chars`. */
const BLANKS = new Set(
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
)

function trim({ start, end }: { readonly start: boolean; readonly end: boolean }): Operator {
  return onNamed(['input'], ['chars'], ({ input, chars }, name, given) => {
    if (isNothing(input) || (given.has('chars') && isNothing(chars))) return null
    const points = [...requireString(input, name)]
    const cut = given.has('chars') ? new Set(requireString(chars, name)) : BLANKS
    const isKept = (point: string) => !cut.has(point)
    const first = start ? points.findIndex(isKept) : 0
    const last = end ? points.findLastIndex(isKept) : points.length - 1
    return first < 0 ? '' : points.slice(first, last + 1).join('')
  })
}

function replace(apply: (input: string, find: string, replacement: string) => string): Operator {
  return onNamed(['input', 'find', 'replacement'], [], ({ input, find, replacement }, name) => {
    for (const value of [input, find, replacement]) if (!isNothing(value)) requireString(value, name)
    if (isNothing(input) || isNothing(find) || isNothing(replacement)) return null
    return apply(String(input), String(find), String(replacement))
  })
}

/** ASCII letters only, as the server does it. */
function toLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function toUpper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

export const stringOperators: Readonly<Record<string, Operator>> = {
  $concat: concat,
  $indexOfBytes: indexOf((text) => [...Buffer.from(text)]),
  $indexOfCP: indexOf((text) => [...text]),
  $ltrim: trim({ start: true, end: false }),
  $replaceAll: replace((input, find, replacement) => input.replaceAll(find, () => replacement)),
  $replaceOne: replace((input, find, replacement) => input.replace(find, () => replacement)),
  $rtrim: trim({ start: false, end: true }),
  $split: split,
  $strLenBytes: onOne((text, name) => Buffer.byteLength(requireString(text, name))),
  $strLenCP: onOne((text, name) => [...requireString(text, name)].length),
  $strcasecmp: onTwo((left, right, name) =>
    Math.sign(compareStrings(toUpper(coerce(left, name)), toUpper(coerce(right, name)))),
  ),
  $substr: substringBytes,
  $substrBytes: substringBytes,
  $substrCP: substringPoints,
  $toLower: onOne((text, name) => toLower(coerce(text, name))),
  $toUpper: onOne((text, name) => toUpper(coerce(text, name))),
  $trim: trim({ start: true, end: true }),
}
