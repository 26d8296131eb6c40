import { requestFailed } from '../../failures.ts'
import { typeName } from '../../values/types.ts'

/** A zone as the milliseconds by which its clocks are ahead of UTC at a moment. */
export interface TimeZone {
  readonly isUtc: boolean
  /** @param at milliseconds since 1970 */
  offsetAt(at: number): number
}

export const UTC: TimeZone = { isUtc: true, offsetAt: () => 0 }

const MINUTE_MILLISECONDS = 60_000

/**
 * @param zone an Olson name (`Asia/Shanghai`), or an offset (`+08`, `+0800`, `+08:00`)
 * @throws DATABASE_REQUEST_FAILED for anything else
 */
export function parseZone(zone: unknown): TimeZone {
  if (zone === undefined) return UTC
  if (typeof zone !== 'string')
    throw requestFailed(`timezone must evaluate to a string, found ${typeName(zone)}`)
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (offset) {
    const [, sign, hours, minutes = '0'] = offset
    const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MILLISECONDS * (sign === '-' ? -1 : 1)
    return { isUtc: ahead === 0, offsetAt: () => ahead }
  }
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return UTC
  return olsonZone(zone)
}

const FORMAT: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  era: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
}

const olsonZones = new Map<string, TimeZone>()

function olsonZone(name: string): TimeZone {
  const known = olsonZones.get(name)
  if (known) return known
  const format = formatOf(name)
  const zone: TimeZone = {
    isUtc: false,
    offsetAt(at) {
      const whole = Math.floor(at / 1000) * 1000
      const parts = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, value]))
      const number = (part: string) => Number(parts[part])
      const year = parts['era'] === 'BC' ? 1 - number('year') : number('year')
      const local = utcMilliseconds(
        year,
        number('month'),
        number('day'),
        number('hour'),
        number('minute'),
        number('second'),
      )
      return local - whole
    },
  }
  olsonZones.set(name, zone)
  return zone
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    if (/^[A-Za-z]/.test(name)) return new Intl.DateTimeFormat('en-US', { ...FORMAT, timeZone: name })
  } catch {
    // Not known: refused below.
  }
  throw requestFailed(`unrecognized time zone identifier: "${name}"`)
}

/** `Date.UTC` that takes the years 0 to 99 for what they are. Months begin at 1, and all parts may overflow. */
export function utcMilliseconds(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  return date.getTime()
}

/** What the zone's clocks show, as a date whose UTC parts are the local ones. */
export function toLocal(at: number, zone: TimeZone): Date {
  return new Date(at + zone.offsetAt(at))
}

/** The moment at which the zone's clocks show this; in the hour that a change of clocks skips, one close to it. */
export function fromLocal(local: number, zone: TimeZone): number {
  const guess = local - zone.offsetAt(local)
  return local - zone.offsetAt(guess)
}
