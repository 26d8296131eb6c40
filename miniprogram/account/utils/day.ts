import { TEXTS } from './texts'

/** `今天`, `昨天`, `11月3日`, or `2025年11月3日` in another year, where the phone is. Milliseconds since 1970. */
export function dayInWords(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)]
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (then.toDateString() === today.toDateString()) return TEXTS.day.today
  if (then.toDateString() === yesterday.toDateString()) return TEXTS.day.yesterday
  const { year, month, day } = TEXTS.day
  const date = `${then.getMonth() + 1}${month}${then.getDate()}${day}`
  return then.getFullYear() === today.getFullYear() ? date : `${then.getFullYear()}${year}${date}`
}

/** `2026-11-01 08:30`, where the phone is. @param time ISO 8601 */
export function minuteInDigits(time: string): string {
  const date = new Date(time)
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${days} ${two(date.getHours())}:${two(date.getMinutes())}`
}
