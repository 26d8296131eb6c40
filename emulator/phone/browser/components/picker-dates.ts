import type { PickerOptions } from '../device/picker-sheet.ts'

type Columns = Pick<PickerOptions, 'columns' | 'chosen'>

export interface DateLimits {
  start: string
  end: string
  fields: string
}

const twoDigits = (value: number) => String(value).padStart(2, '0')
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const FIRST_YEAR = 1900
const LAST_YEAR = 2100

/** Columns for a time `hh:mm`: the hours within the limits, and all minutes. */
export function timeColumns(value: string, start: string, end: string): Columns {
  const [hour = 0, minute = 0] = value.split(':').map(Number)
  const [first = 0] = (start || '00:00').split(':').map(Number)
  const [last = 23] = (end || '23:59').split(':').map(Number)
  const hours = range(0, 23).filter((candidate) => candidate >= first && candidate <= last)
  return {
    columns: () => [
      hours.map((value) => `${twoDigits(value)} 时`),
      range(0, 59).map((value) => `${twoDigits(value)} 分`),
    ],
    chosen: [Math.max(hours.indexOf(hour), 0), minute],
  }
}

export function readTime([hour = 0, minute = 0]: readonly number[], start = ''): string {
  const [first = 0] = (start || '00:00').split(':').map(Number)
  return `${twoDigits(hour + first)}:${twoDigits(minute)}`
}

/** Columns for a date: year, month and day, or the first of these. */
export function dateColumns(value: string, limits: DateLimits): Columns {
  const [year = 0, month = 1, day = 1] = (value || limits.start || `${new Date().getFullYear()}-01-01`)
    .split('-')
    .map(Number)
  const [firstYear, lastYear] = yearRange(limits)
  return {
    columns: ([yearIndex = 0, monthIndex = 0]) => {
      const days = new Date(firstYear + yearIndex, monthIndex + 1, 0).getDate()
      const all = [
        range(firstYear, lastYear).map((value) => `${value} 年`),
        range(1, 12).map((value) => `${twoDigits(value)} 月`),
        range(1, days).map((value) => `${twoDigits(value)} 日`),
      ]
      return all.slice(0, columnCount(limits.fields))
    },
    chosen: [year - firstYear, month - 1, day - 1].slice(0, columnCount(limits.fields)),
  }
}

export function readDate([year = 0, month = 0, day = 0]: readonly number[], limits: DateLimits): string {
  const [firstYear] = yearRange(limits)
  const all = [String(firstYear + year), twoDigits(month + 1), twoDigits(day + 1)]
  const date = all.slice(0, columnCount(limits.fields)).join('-')
  if (limits.start !== '' && date < limits.start) return limits.start
  return limits.end !== '' && date > limits.end ? limits.end : date
}

function columnCount(fields: string): number {
  return { year: 1, month: 2 }[fields] ?? 3
}

function yearRange({ start, end }: DateLimits): readonly [number, number] {
  return [Number(start.split('-')[0]) || FIRST_YEAR, Number(end.split('-')[0]) || LAST_YEAR]
}
