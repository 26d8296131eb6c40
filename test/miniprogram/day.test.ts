import './configured.ts'
import { expect, it } from 'vitest'
import { dayInWords, minuteInDigits } from '../../miniprogram/account/utils/day.ts'

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()

it.each([
  ['a minute ago', at(2026, 10, 3, 12), at(2026, 10, 3, 12, 1), '今天'],
  ['the last minute before midnight', at(2026, 10, 2, 23, 59), at(2026, 10, 3, 0, 0), '昨天'],
  ['yesterday morning', at(2026, 10, 2, 0, 1), at(2026, 10, 3, 23, 59), '昨天'],
  ['the day before', at(2026, 10, 1, 23, 59), at(2026, 10, 3, 0, 1), '11月1日'],
  ['the last day of the year, on the first of the next', at(2025, 11, 31, 8), at(2026, 0, 1, 8), '昨天'],
  ['another year', at(2025, 11, 30, 8), at(2026, 0, 1, 8), '2025年12月30日'],
])('%s', (_what, time, now, words) => {
  expect(dayInWords(time, now)).toBe(words)
})

it('shows a minute in the phone’s time zone', () => {
  expect(minuteInDigits(new Date(2026, 0, 2, 3, 4).toISOString())).toBe('2026-01-02 03:04')
})
