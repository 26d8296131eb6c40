import { requestFailed } from '../../failures.ts'

/** Series of preferred numbers, to which `$bucketAuto` rounds its boundaries. Sources: ISO 3 and IEC 60063. */

const R10 = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8]
const R20 = [1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.24, 2.5, 2.8, 3.15, 3.55, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9]
const R40 = [
  1, 1.06, 1.12, 1.18, 1.25, 1.32, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.12, 2.24, 2.36, 2.5, 2.65, 2.8, 3,
].concat([3.15, 3.35, 3.55, 3.75, 4, 4.25, 4.5, 4.75, 5, 5.3, 5.6, 6, 6.3, 6.7, 7.1, 7.5, 8, 8.5, 9, 9.5])
const E24 = [
  1, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2, 2.2, 2.4, 2.7, 3, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5, 8.2,
  9.1,
]

function every(step: number, series: readonly number[]): number[] {
  return series.filter((_, at) => at % step === 0)
}

/** From 48 on the numbers are powers of ten, rounded to two places. One of them is written otherwise. */
function powers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => Number((10 ** (at / count)).toFixed(2))).map((value) =>
    count === 192 && value === 9.19 ? 9.2 : value,
  )
}

const SERIES: Readonly<Record<string, readonly number[]>> = {
  R5: every(2, R10),
  R10,
  R20,
  R40,
  R80: R40.flatMap((value, at) => [value, Number(Math.sqrt(value * (R40[at + 1] ?? 10)).toFixed(2))]),
  '1-2-5': [1, 2, 5],
  E6: every(4, E24),
  E12: every(2, E24),
  E24,
  E48: powers(48),
  E96: powers(96),
  E192: powers(192),
  POWERSOF2: [],
}

/** @throws DATABASE_REQUEST_FAILED for a series that does not exist */
export function seriesOf(name: unknown): readonly number[] {
  const series = typeof name === 'string' && Object.hasOwn(SERIES, name) ? SERIES[name] : undefined
  if (!series) throw requestFailed(`Unknown rounding granularity '${String(name)}'`)
  return series
}

/** The least number of the series that is greater; 0 for 0. */
export function roundUp(value: number, series: readonly number[]): number {
  return value === 0 ? 0 : (neighbours(value, series).find((number) => number > value) ?? value)
}

/** The greatest number of the series that is less; 0 for 0. */
export function roundDown(value: number, series: readonly number[]): number {
  return value === 0 ? 0 : (neighbours(value, series).findLast((number) => number < value) ?? value)
}

/** The numbers of the series about a value, in ascending order. Without numbers, powers of two. */
function neighbours(value: number, series: readonly number[]): number[] {
  const base = series.length === 0 ? 2 : 10
  const exponent = Math.floor(Math.log(value) / Math.log(base))
  const numbers = series.length === 0 ? [1] : series
  return [-1, 0, 1, 2].flatMap((step) =>
    numbers.map((number) => Number((number * base ** (exponent + step)).toPrecision(15))),
  )
}
