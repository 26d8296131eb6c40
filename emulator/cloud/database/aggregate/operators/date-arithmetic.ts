import { requestFailed } from '../../failures.ts'
import { onNamed, requireInteger, requireString } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { requireMoment, validDate } from './date-parts.ts'
import { fromLocal, parseZone, type TimeZone, toLocal, utcMilliseconds } from './time-zone.ts'

/** Moving dates, counting between them, cutting them. Days and longer follow the zone's calendar. */

const MILLISECONDS: Readonly<Record<string, number>> = {
  week: 7 * 24 * 60 * 60 * 1000,
  day: 24 * 60 * 60 * 1000,
  hour: 60 * 60 * 1000,
  minute: 60 * 1000,
  second: 1000,
  millisecond: 1,
}

const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 }

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

export function requireUnit(unit: unknown, name: string): string {
  const text = requireString(unit, `${name} 'unit'`)
  if (!Object.hasOwn(MILLISECONDS, text) && !Object.hasOwn(MONTHS, text)) {
    throw requestFailed(`unknown time unit value: ${text}`)
  }
  return text
}

/** Clock units are lengths of time; calendar units are shown by the zone's clocks. */
function isClockUnit(unit: string): boolean {
  return ['hour', 'minute', 'second', 'millisecond'].includes(unit)
}

/** A month's last day stays one: a month after the 31st of January is the end of February. */
export function addToDate(moment: number, unit: string, amount: number, zone: TimeZone): Date {
  const length = MILLISECONDS[unit] ?? 0
  if (isClockUnit(unit)) return validDate(moment + amount * length)
  const local = toLocal(moment, zone)
  if (length > 0) return validDate(fromLocal(validDate(local.getTime() + amount * length).getTime(), zone))
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth() + amount * (MONTHS[unit] ?? 1)
  const [year, month] = [Math.floor(months / 12), months - Math.floor(months / 12) * 12 + 1]
  const lastDay = new Date(utcMilliseconds(year, month + 1, 0)).getUTCDate()
  const day = Math.min(local.getUTCDate(), lastDay)
  const time =
    local.getTime() - utcMilliseconds(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate())
  return validDate(fromLocal(validDate(utcMilliseconds(year, month, day) + time).getTime(), zone))
}

function move(sign: 1 | -1): Operator {
  return onNamed(['startDate', 'unit', 'amount'], ['timezone'], (values, name, given) => {
    if ([...given].some((field) => isNothing(values[field]))) return null
    const unit = requireUnit(values['unit'], name)
    const amount = requireInteger(values['amount'], `${name} 'amount'`)
    return addToDate(requireMoment(values['startDate']), unit, sign * amount, parseZone(values['timezone']))
  })
}

/** @returns 0 for Sunday … */
function weekday(value: unknown): number {
  const text = String(value).toLowerCase()
  const at = WEEKDAYS.findIndex((day) => day === text || day.slice(0, 3) === text)
  if (at < 0) throw requestFailed(`unknown day of week value: ${String(value)}`)
  return at
}

/** Which unit of its kind a local moment lies in, counted through. */
function unitNumber(local: Date, unit: string, firstDay: number): number {
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth()
  if (Object.hasOwn(MONTHS, unit)) return Math.floor(months / (MONTHS[unit] ?? 1))
  if (unit !== 'week') return Math.floor(local.getTime() / (MILLISECONDS[unit] ?? 1))
  const days = Math.floor(local.getTime() / (MILLISECONDS['day'] ?? 1))
  // The first of January 1970 was a Thursday.
  return Math.floor((days + 4 - firstDay) / 7)
}

/** The boundaries between units that lie between the dates, not the whole units. */
const difference = onNamed(
  ['startDate', 'endDate', 'unit'],
  ['timezone', 'startOfWeek'],
  (values, name, given) => {
    const isWeek = values['unit'] === 'week'
    const needed = [...given].filter((field) => isWeek || field !== 'startOfWeek')
    if (needed.some((field) => isNothing(values[field]))) return null
    const unit = requireUnit(values['unit'], name)
    const zone = parseZone(values['timezone'])
    const firstDay = isWeek ? weekday(values['startOfWeek'] ?? 'sunday') : 0
    const at = (date: unknown) => {
      const moment = requireMoment(date)
      return unitNumber(
        isClockUnit(unit) && unit !== 'hour' ? new Date(moment) : localFor(moment, unit, zone),
        unit,
        firstDay,
      )
    }
    return at(values['endDate']) - at(values['startDate'])
  },
)

/** Hours are counted as time passes, shifted so that they begin with the zone's hours. */
function localFor(moment: number, unit: string, zone: TimeZone): Date {
  if (unit !== 'hour') return toLocal(moment, zone)
  const hour = MILLISECONDS['hour'] ?? 1
  return new Date(moment + (zone.offsetAt(moment) % hour))
}

/** Bins are counted from the first of January 2000; weeks from its first `startOfWeek`. */
const truncate = onNamed(['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], (values, name, given) => {
  const isWeek = values['unit'] === 'week'
  const needed = [...given].filter((field) => isWeek || field !== 'startOfWeek')
  if (needed.some((field) => isNothing(values[field]))) return null
  const unit = requireUnit(values['unit'], name)
  const size = requireInteger(values['binSize'] ?? 1, `${name} 'binSize'`)
  if (size < 1) throw requestFailed(`${name} requires 'binSize' to be greater than 0, but got value ${size}`)
  const zone = parseZone(values['timezone'])
  const moment = requireMoment(values['date'])
  const firstDay = isWeek ? weekday(values['startOfWeek'] ?? 'sunday') : 0
  const start = utcMilliseconds(2000, 1, 1)
  if (isClockUnit(unit)) {
    const reference = fromLocal(start, zone)
    const bin = (MILLISECONDS[unit] ?? 1) * size
    return validDate(reference + Math.floor((moment - reference) / bin) * bin)
  }
  const local = toLocal(moment, zone)
  if (Object.hasOwn(MONTHS, unit)) {
    const bin = (MONTHS[unit] ?? 1) * size
    const months = (local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth()
    return validDate(fromLocal(utcMilliseconds(2000, 1 + Math.floor(months / bin) * bin, 1), zone))
  }
  // The first of January 2000 was a Saturday.
  const reference = start + (isWeek ? ((firstDay + 1) % 7) * (MILLISECONDS['day'] ?? 1) : 0)
  const bin = (MILLISECONDS[unit] ?? 1) * size
  return validDate(fromLocal(reference + Math.floor((local.getTime() - reference) / bin) * bin, zone))
})

export const dateArithmeticOperators: Readonly<Record<string, Operator>> = {
  $dateAdd: move(1),
  $dateSubtract: move(-1),
  $dateDiff: difference,
  $dateTrunc: truncate,
}
