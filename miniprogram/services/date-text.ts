/** @param milliseconds since 1970 @returns a day of this phone's time zone, such as `2026-11-01` */
export function dayText(milliseconds: number): string {
  const date = new Date(milliseconds)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}
