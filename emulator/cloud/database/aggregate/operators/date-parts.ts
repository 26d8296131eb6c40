import { ObjectId, Timestamp } from 'bson'
import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { isDocument } from '../../values/document.ts'
import { typeName } from '../../values/types.ts'
import { compileArguments, namedOperands, onNamed, requireInteger } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { fromLocal, parseZone, toLocal, UTC, utcMilliseconds } from './time-zone.ts'

/** Dates and their parts. */

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/** Milliseconds of a date, or of the moment that an ObjectId or a timestamp was made at. */
export function requireMoment(value: unknown): number {
  if (value instanceof Date) return value.getTime()
  if (value instanceof ObjectId) return value.getTimestamp().getTime()
  if (value instanceof Timestamp) return value.getHighBits() * 1000
  throw requestFailed(`can't convert from BSON type ${typeName(value)} to Date`)
}

/** From 1, the Monday. */
export function isoDayOfWeek(local: Date): number {
  return local.getUTCDay() || 7
}

/** From 1, the first of January. */
export function dayOfYear(local: Date): number {
  const start = utcMilliseconds(local.getUTCFullYear(), 1, 1)
  return Math.floor((local.getTime() - start) / DAY_MILLISECONDS) + 1
}

/** Weeks begin on Sundays; the days before the first one are week 0. */
export function weekOf(local: Date): number {
  return Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7)
}

/** The year that an ISO week belongs to is that of its Thursday. */
export function isoWeek(local: Date): { week: number; year: number } {
  const thursday = new Date(local.getTime() + (4 - isoDayOfWeek(local)) * DAY_MILLISECONDS)
  return { week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1, year: thursday.getUTCFullYear() }
}

/** A date, or `{ date, timezone }`. */
function part(read: (local: Date) => number): Operator {
  const ofParts = onNamed(['date'], ['timezone'], ({ date, timezone }, _name, given) => {
    if (isNothing(date) || (given.has('timezone') && isNothing(timezone))) return null
    return read(toLocal(requireMoment(date), parseZone(timezone)))
  })
  return (operand, compiler, name) => {
    const [only] = Array.isArray(operand) && operand.length === 1 ? operand : [operand]
    if (isDocument(only) && !Object.keys(only)[0]?.startsWith('$')) return ofParts(only, compiler, name)
    const [evaluate] = compileArguments(operand, compiler, name, 1)
    return (scope) => {
      const date = evaluate?.(scope)
      return isNothing(date) ? null : read(toLocal(requireMoment(date), UTC))
    }
  }
}

const CALENDAR = ['year', 'month', 'day'] as const
const ISO_CALENDAR = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'] as const
const TIME = ['hour', 'minute', 'second', 'millisecond'] as const

/** By year, month and day, or by the ISO week; parts that are too large or small carry over. */
const fromParts: Operator = (operand, compiler, name) => {
  const isIso = isDocument(operand) && Object.hasOwn(operand, 'isoWeekYear')
  const [first, ...others] = isIso ? ISO_CALENDAR : CALENDAR
  namedOperands(operand, name, [first], [...others, ...TIME, 'timezone'])
  return onNamed([first], [...others, ...TIME, 'timezone'], (values, _name, given) => {
    if ([...given].some((field) => isNothing(values[field]))) return null
    const part = (field: string, least: number) => {
      const number = values[field] === undefined ? least : requireInteger(values[field], `${name} '${field}'`)
      const isYear = field === first
      if (isYear ? number < 1 || number > 9999 : Math.abs(number) > 2 ** 53 - 1) {
        throw requestFailed(`'${field}' must evaluate to an integer in the range 1 to 9999, found ${number}`)
      }
      return number
    }
    const [year, second, third] = [part(first, 0), part(others[0] ?? '', 1), part(others[1] ?? '', 1)]
    const day = isIso ? isoDay(year, second, third) : utcMilliseconds(year, second, third)
    const [hour, minute, seconds, millisecond] = TIME.map((field) => part(field, 0)) as [
      number,
      number,
      number,
      number,
    ]
    const local = day + ((hour * 60 + minute) * 60 + seconds) * 1000 + millisecond
    return validDate(fromLocal(validDate(local).getTime(), parseZone(values['timezone'])))
  })(operand, compiler, name)
}

/** The fourth of January is always in the first week. */
function isoDay(year: number, week: number, day: number): number {
  const fourth = new Date(utcMilliseconds(year, 1, 4))
  return fourth.getTime() + ((week - 1) * 7 + day - isoDayOfWeek(fourth)) * DAY_MILLISECONDS
}

export function validDate(milliseconds: number): Date {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) throw requestFailed('date is out of range')
  return date
}

const toParts = onNamed(['date'], ['timezone', 'iso8601'], (values, name, given) => {
  const { date, timezone, iso8601 = false } = values
  if ([...given].some((field) => isNothing(values[field]))) return null
  if (typeof iso8601 !== 'boolean') throw requestFailed(`${name} requires iso8601 to be a bool`)
  const local = toLocal(requireMoment(date), parseZone(timezone))
  const { week, year } = isoWeek(local)
  const calendar = isTruthy(iso8601)
    ? { isoWeekYear: year, isoWeek: week, isoDayOfWeek: isoDayOfWeek(local) }
    : { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
  return {
    ...calendar,
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  }
})

export const datePartOperators: Readonly<Record<string, Operator>> = {
  $year: part((local) => local.getUTCFullYear()),
  $month: part((local) => local.getUTCMonth() + 1),
  $dayOfMonth: part((local) => local.getUTCDate()),
  $dayOfWeek: part((local) => local.getUTCDay() + 1),
  $dayOfYear: part(dayOfYear),
  $week: part(weekOf),
  $isoDayOfWeek: part(isoDayOfWeek),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => isoWeek(local).year),
  $hour: part((local) => local.getUTCHours()),
  $minute: part((local) => local.getUTCMinutes()),
  $second: part((local) => local.getUTCSeconds()),
  $millisecond: part((local) => local.getUTCMilliseconds()),
  $dateFromParts: fromParts,
  $dateToParts: toParts,
}
