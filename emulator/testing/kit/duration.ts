import { KitError } from '../kit-error.ts'

/** Milliseconds, or a number with a unit, such as `'2 days'` or `'90 s'`. */
export type Duration = number | string

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** @throws KitError for a text without a known unit */
export function millisecondsOf(duration: Duration): number {
  if (typeof duration === 'number') return duration
  const [, number, unit = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(duration) ?? []
  const milliseconds = UNITS[shortUnit(unit.toLowerCase())]
  if (number === undefined || milliseconds === undefined) {
    throw new KitError(
      `时长 "${duration}" 看不懂，例如 "2 days"、"90 s" 或毫秒数 · no duration: such as "2 days", "90 s", or milliseconds`,
    )
  }
  return Number(number) * milliseconds
}

/** `day` and `days` are `d`; `millisecond` is `ms`. */
function shortUnit(unit: string): string {
  if (/^(ms|milliseconds?)$/.test(unit)) return 'ms'
  if (/^(m|mins?|minutes?)$/.test(unit)) return 'min'
  const [, short = ''] = /^(s|h|d|w)(?:ec(?:ond)?s?|ours?|ays?|eeks?)?$/.exec(unit) ?? []
  return short
}
