import type { Wheels } from '../device/wheel-sheet.ts'

type Columns = Pick<Wheels, 'columns' | 'chosen'>

export interface DateLimits {
  start: string
  end: string
  fields: string
}

const two = (value: number) => String(value).padStart(2, '0')
const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const FIRST_YEAR = 1900
const LAST_YEAR = 2100

/** Hours and minutes, as `hh:mm`; what lies outside the limits is not among the hours. */
export function timeWheels(value: string, start: string, end: string): Columns {
  const [hour = 0, minute = 0] = value.split(':').map(Number)
  const [first = 0] = (start || '00:00').split(':').map(Number)
  const [last = 23] = (end || '23:59').split(':').map(Number)
  const hours = between(0, 23).filter((one) => one >= first && one <= last)
  return {
    columns: () => [hours.map((one) => `${two(one)} 时`), between(0, 59).map((one) => `${two(one)} 分`)],
    chosen: [Math.max(hours.indexOf(hour), 0), minute],
  }
}

export function readTime([hour = 0, minute = 0]: readonly number[], start = ''): string {
  const [first = 0] = (start || '00:00').split(':').map(Number)
  return `${two(hour + first)}:${two(minute)}`
}

/** Year, month and day, or the first of them. */
export function dateWheels(value: string, limits: DateLimits): Columns {
  const [year = 0, month = 1, day = 1] = (value || limits.start || `${new Date().getFullYear()}-01-01`)
    .split('-')
    .map(Number)
  const [firstYear, lastYear] = years(limits)
  return {
    columns: ([yearIndex = 0, monthIndex = 0]) => {
      const days = new Date(firstYear + yearIndex, monthIndex + 1, 0).getDate()
      const all = [
        between(firstYear, lastYear).map((one) => `${one} 年`),
        between(1, 12).map((one) => `${two(one)} 月`),
        between(1, days).map((one) => `${two(one)} 日`),
      ]
      return all.slice(0, wheelCount(limits.fields))
    },
    chosen: [year - firstYear, month - 1, day - 1].slice(0, wheelCount(limits.fields)),
  }
}

export function readDate([year = 0, month = 0, day = 0]: readonly number[], limits: DateLimits): string {
  const [firstYear] = years(limits)
  const all = [String(firstYear + year), two(month + 1), two(day + 1)]
  const date = all.slice(0, wheelCount(limits.fields)).join('-')
  if (limits.start !== '' && date < limits.start) return limits.start
  return limits.end !== '' && date > limits.end ? limits.end : date
}

function wheelCount(fields: string): number {
  return { year: 1, month: 2 }[fields] ?? 3
}

function years({ start, end }: DateLimits): readonly [number, number] {
  return [Number(start.split('-')[0]) || FIRST_YEAR, Number(end.split('-')[0]) || LAST_YEAR]
}
