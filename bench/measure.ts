import type { Spread } from './sample.ts'

/** One line of the table. */
export interface Row {
  what: string
  ours: string
  /** What ours is held against; empty where there is nothing. */
  against: string
  result: number
  /** Empty where the figure is only reported. */
  toReach: string
}

export interface Result {
  /** What stands under the measure's key in the JSON. */
  value: unknown
  rows: Row[]
}

/** One figure, or a few that are measured together. */
export interface Measure {
  key: string
  /** @param progress shows a line that the next one takes the place of */
  run(progress: (line: string) => void, options: MeasureOptions): Promise<Result>
}

export interface MeasureOptions {
  /** How many users "a million" is. */
  users: number
}

/** Median and middle half. */
export function show({ median, low, high }: Spread, unit: string, digits = 1): string {
  return `${median.toFixed(digits)} ${unit} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
