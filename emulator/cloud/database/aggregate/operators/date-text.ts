import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { typeName } from '../../values/types.ts'
import { namedOperands, requireString } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { dayOfYear, isoDayOfWeek, isoWeek, requireMoment, validDate, weekOf } from './date-parts.ts'
import { fromLocal, parseZone, type TimeZone, toLocal, utcMilliseconds } from './time-zone.ts'

/** Dates written as text and read from it. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July'].concat([
  'August',
  'September',
  'October',
  'November',
  'December',
])

function digits(value: number, width: number): string {
  return String(Math.abs(value)).padStart(width, '0')
}

/** Minutes ahead of UTC as `+0800`. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60), 2)}${digits(size % 60, 2)}`
}

const WRITERS: Readonly<Record<string, (local: Date, minutes: number) => string>> = {
  Y: (local) => digits(local.getUTCFullYear(), 4),
  m: (local) => digits(local.getUTCMonth() + 1, 2),
  d: (local) => digits(local.getUTCDate(), 2),
  H: (local) => digits(local.getUTCHours(), 2),
  M: (local) => digits(local.getUTCMinutes(), 2),
  S: (local) => digits(local.getUTCSeconds(), 2),
  L: (local) => digits(local.getUTCMilliseconds(), 3),
  j: (local) => digits(dayOfYear(local), 3),
  w: (local) => String(local.getUTCDay() + 1),
  u: (local) => String(isoDayOfWeek(local)),
  U: (local) => digits(weekOf(local), 2),
  V: (local) => digits(isoWeek(local).week, 2),
  G: (local) => digits(isoWeek(local).year, 4),
  b: (local) => (MONTHS[local.getUTCMonth()] ?? '').slice(0, 3),
  B: (local) => MONTHS[local.getUTCMonth()] ?? '',
  z: (_local, minutes) => offsetText(minutes),
  Z: (_local, minutes) => (minutes < 0 ? '-' : '+') + String(Math.abs(minutes)),
  '%': () => '%',
}

/** Texts between specifiers, and the specifiers' letters. @throws DATABASE_REQUEST_FAILED for an unknown letter */
function parseFormat(
  format: string,
  known: Readonly<Record<string, unknown>>,
): (string | { letter: string })[] {
  const parts: (string | { letter: string })[] = []
  for (let at = 0; at < format.length; at++) {
    if (format[at] !== '%') {
      parts.push(format[at] ?? '')
      continue
    }
    at += 1
    const letter = format[at]
    if (letter === undefined) throw requestFailed("Unmatched '%' at end of format string")
    if (!Object.hasOwn(known, letter))
      throw requestFailed(`Invalid format character '%${letter}' in format string`)
    parts.push({ letter })
  }
  return parts
}

function write(moment: number, format: string, zone: TimeZone): string {
  const local = toLocal(moment, zone)
  const minutes = Math.round((local.getTime() - moment) / 60_000)
  return parseFormat(format, WRITERS)
    .map((part) => (typeof part === 'string' ? part : WRITERS[part.letter]?.(local, minutes)))
    .join('')
}

const toText: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['date'], ['format', 'timezone', 'onNull'])
  if (typeof fields['format'] === 'string' && !fields['format'].startsWith('$'))
    parseFormat(fields['format'], WRITERS)
  const [date, format, timezone, onNull] = ['date', 'format', 'timezone', 'onNull'].map((field) =>
    Object.hasOwn(fields, field) ? compiler.compile(fields[field]) : undefined,
  )
  return (scope) => {
    const value = date?.(scope)
    if (isNothing(value)) return onNull ? onNull(scope) : null
    const zone = timezone?.(scope)
    if (timezone && isNothing(zone)) return null
    const parsed = parseZone(zone)
    const given = format?.(scope)
    if (format && isNothing(given)) return null
    const standard = parsed.isUtc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L'
    return write(requireMoment(value), format ? requireString(given, name) : standard, parsed)
  }
}

const ISO =
  /^(\d{4})-?(\d{2})(?:-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/

/** ISO 8601 first; other ways to write a date as far as JavaScript reads them. @returns undefined for no date */
function readFree(text: string, zone: unknown): Date | undefined {
  const iso = ISO.exec(text.trim())
  if (iso) {
    const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', own] = iso
    if (own !== undefined && zone !== undefined) throw bothZones(text)
    const local = [year, month, day, hour, minute, second].map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (!isOnCalendar(...local)) return undefined
    const milliseconds = Math.floor(Number(`0.${fraction}`) * 1000)
    return validDate(fromLocal(utcMilliseconds(...local) + milliseconds, parseZone(own ?? zone)))
  }
  if (!/\d/.test(text)) return undefined
  const local = Date.parse(`${text} UTC`)
  return Number.isNaN(local) ? undefined : validDate(fromLocal(local, parseZone(zone)))
}

function bothZones(text: string) {
  return requestFailed(
    `you cannot pass in a date/time string with time zone information ('${text}') together with a timezone argument`,
  )
}

function isOnCalendar(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): boolean {
  const isDay = new Date(utcMilliseconds(year, month, day)).getUTCDate() === day
  return month >= 1 && month <= 12 && isDay && hour <= 24 && minute <= 59 && second <= 60
}

/** What each specifier reads. */
const READERS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  j: '(?<j>\\d{1,3})',
  G: '(?<G>\\d{4})',
  V: '(?<V>\\d{1,2})',
  u: '(?<u>[1-7])',
  b: `(?<b>${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(?<b>${MONTHS.join('|')})`,
  z: '(?<z>[+-]\\d{2}:?\\d{2}|Z)',
  Z: '(?<Z>[+-]\\d+)',
  '%': '%',
}

function readAs(text: string, format: string, zone: unknown): Date | undefined {
  const source = parseFormat(format, READERS).map((part) =>
    typeof part === 'string' ? part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&') : (READERS[part.letter] ?? ''),
  )
  const found = patternOf(source.join(''), format).exec(text)?.groups
  if (!found) return undefined
  const number = (letter: string, otherwise: number) => Number(found[letter] ?? otherwise)
  const offset = found['z'] ?? (found['Z'] === undefined ? undefined : offsetText(Number(found['Z'])))
  if (offset !== undefined && zone !== undefined) throw bothZones(text)
  const time = [number('H', 0), number('M', 0), number('S', 0)] as const
  const day = dayFrom(found, number, time)
  if (day === undefined) return undefined
  const milliseconds = Number((found['L'] ?? '0').padEnd(found['L'] === undefined ? 1 : 3, '0'))
  const local = day + ((time[0] * 60 + time[1]) * 60 + time[2]) * 1000 + milliseconds
  return validDate(fromLocal(local, parseZone(offset ?? zone)))
}

function patternOf(source: string, format: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 'i')
  } catch {
    throw requestFailed(`a part of the date is named twice in the format '${format}'`)
  }
}

function dayFrom(
  found: Readonly<Record<string, string | undefined>>,
  number: (letter: string, otherwise: number) => number,
  time: readonly [number, number, number],
): number | undefined {
  const dayMilliseconds = 24 * 60 * 60 * 1000
  if (found['G'] !== undefined) {
    const fourth = new Date(utcMilliseconds(number('G', 1970), 1, 4))
    return (
      fourth.getTime() + ((number('V', 1) - 1) * 7 + number('u', 1) - isoDayOfWeek(fourth)) * dayMilliseconds
    )
  }
  if (found['Y'] === undefined) return undefined
  if (found['j'] !== undefined) return utcMilliseconds(number('Y', 1970), 1, number('j', 1))
  const named = found['b']?.slice(0, 3).toLowerCase()
  const month =
    named === undefined
      ? number('m', 1)
      : MONTHS.findIndex((name) => name.toLowerCase().startsWith(named)) + 1
  const day = number('d', 1)
  return isOnCalendar(number('Y', 1970), month, day, ...time)
    ? utcMilliseconds(number('Y', 1970), month, day)
    : undefined
}

/** @throws DATABASE_REQUEST_FAILED for text that is no date */
export function parseDateText(text: string, format?: string, zone?: unknown): Date {
  const date = format === undefined ? readFree(text, zone) : readAs(text, format, zone)
  if (date) return date
  throw requestFailed(`Error parsing date string '${text}'`)
}

/** `onNull` replaces a missing value, `onError` an invalid date. */
const fromText: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['dateString'], ['format', 'timezone', 'onNull', 'onError'])
  if (typeof fields['format'] === 'string' && !fields['format'].startsWith('$'))
    parseFormat(fields['format'], READERS)
  const [text, format, timezone, onNull, onError] = [
    'dateString',
    'format',
    'timezone',
    'onNull',
    'onError',
  ].map((field) =>
    isDocument(fields) && Object.hasOwn(fields, field) ? compiler.compile(fields[field]) : undefined,
  )
  return (scope) => {
    const [value, pattern, zone] = [text?.(scope), format?.(scope), timezone?.(scope)]
    if (isNothing(value)) return onNull ? onNull(scope) : null
    if ((format && isNothing(pattern)) || (timezone && isNothing(zone))) return null
    try {
      if (typeof value !== 'string') {
        throw requestFailed(`${name} requires that 'dateString' be a string, found: ${typeName(value)}`)
      }
      return parseDateText(value, pattern === undefined ? undefined : requireString(pattern, name), zone)
    } catch (error) {
      if (onError) return onError(scope)
      throw error
    }
  }
}

export const dateTextOperators: Readonly<Record<string, Operator>> = {
  $dateToString: toText,
  $dateFromString: fromText,
}
