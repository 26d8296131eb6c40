import type { Population } from './population.ts'
import type { Spread } from './sample.ts'

/** One line of the table. */
export interface Row {
  what: string
  ours: string
  /** The value that ours is compared with; empty if there is none. */
  against: string
  result: number
  /** Empty where the figure is only reported. */
  toReach: string
}

export interface Result {
  /** The values of the measure's keys in the JSON. */
  values: Record<string, unknown>
  rows: Row[]
}

/** One figure, or a few that are measured together. */
export interface Measure {
  /** As the JSON has them. */
  keys: readonly string[]
  /** @param progress shows a line, which the next one replaces */
  run(progress: (line: string) => void, options: MeasureOptions): Promise<Result>
}

export interface MeasureOptions {
  /** How many users "a million" is. */
  users: number
  /** Clouds with a thousand and with that many users. */
  population: Population
}

/** Median and middle half. */
export function show({ median, low, high }: Spread, unit: string, digits = 1): string {
  return `${median.toFixed(digits)} ${unit} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
