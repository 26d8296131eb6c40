import { evalExpr } from 'mingo/core'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import type { Expression } from './expressions.ts'

/** The operators on parts of strings that mingo lacks or has differently. */

/** As MongoDB turns a value into text where it wants a string: null into nothing, a date into ISO 8601. */
function toText(value: unknown, name: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (isNumeric(value)) return value.toString()
  if (value instanceof Date) return value.toISOString()
  throw requestFailed(`${name} needs a string`)
}

function evaluateAll(document: unknown, operand: unknown, options: Options): unknown[] {
  if (!Array.isArray(operand)) throw requestFailed('the operator needs an array of arguments')
  return operand.map((expression) => evalExpr(document, expression, options))
}

function wholeNumber(value: unknown, name: string): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isFinite(number)) throw requestFailed(`${name} needs numbers`)
  return Math.trunc(number)
}

/** A negative length means the rest. @throws DATABASE_REQUEST_FAILED for a cut inside a character. */
const substringBytes: Expression = (document, operand, options) => {
  const [text, start, length] = evaluateAll(document, operand, options)
  const bytes = Buffer.from(toText(text, '$substrBytes'))
  const from = wholeNumber(start, '$substrBytes')
  const count = wholeNumber(length, '$substrBytes')
  if (from < 0) throw requestFailed('$substrBytes: starting index must be non-negative')
  const to = count < 0 ? bytes.length : Math.min(bytes.length, from + count)
  if (isContinuation(bytes[from]) || isContinuation(bytes[to])) {
    throw requestFailed('$substrBytes: Invalid range, a bound is in the middle of a UTF-8 character.')
  }
  return bytes.subarray(from, to).toString()
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

/** Both `$indexOf…` operators, which differ in the unit they count. */
function indexOf(name: string, toUnits: (text: string) => readonly unknown[]): Expression {
  return (document, operand, options) => {
    const [text, search, start = 0, end] = evaluateAll(document, operand, options)
    if (text === null || text === undefined) return null
    if (typeof text !== 'string' || typeof search !== 'string') throw requestFailed(`${name} needs strings`)
    const units = toUnits(text)
    const wanted = toUnits(search)
    const from = wholeNumber(start, name)
    const to = Math.min(units.length, end === undefined ? units.length : wholeNumber(end, name))
    if (from < 0) throw requestFailed(`${name} requires a nonnegative starting index`)
    for (let at = from; at + wanted.length <= to; at++) {
      if (wanted.every((unit, offset) => units[at + offset] === unit)) return at
    }
    return -1
  }
}

export const stringOperators: Readonly<Record<string, Expression>> = {
  $substr: substringBytes,
  $substrBytes: substringBytes,
  $indexOfCP: indexOf('$indexOfCP', (text) => [...text]),
  $indexOfBytes: indexOf('$indexOfBytes', (text) => [...Buffer.from(text)]),
}
