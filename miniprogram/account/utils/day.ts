import { TEXTS } from './texts'

/**
 * `今天`, `昨天`, `11月3日`, or `2025年11月3日` in another year, where the phone is; in English `Nov 3, 2025`.
 * Milliseconds since 1970.
 */
export function dayInWords(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)]
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  const words = TEXTS.day
  if (then.toDateString() === today.toDateString()) return words.today
  if (then.toDateString() === yesterday.toDateString()) return words.yesterday
  const [year, month, day] = [then.getFullYear(), then.getMonth() + 1, then.getDate()]
  return year === today.getFullYear() ? words.inYear(month, day) : words.dated(year, month, day)
}

/** `2026-11-01 08:30`, where the phone is. @param time ISO 8601 */
export function minuteInDigits(time: string): string {
  const date = new Date(time)
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${days} ${two(date.getHours())}:${two(date.getMinutes())}`
}
