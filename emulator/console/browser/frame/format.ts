const TO_THE_SECOND = {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
} as const
const TIME = new Intl.DateTimeFormat('zh-CN', TO_THE_SECOND)
const TIME_WITH_YEAR = new Intl.DateTimeFormat('zh-CN', { year: 'numeric', ...TO_THE_SECOND })

/** Formats what a Date is made of, with its year; anything else as it is. */
export function formatMoment(value: unknown): string {
  const time = new Date(value as string | number)
  return Number.isNaN(time.getTime()) ? String(value) : TIME_WITH_YEAR.format(time)
}

/** Formats a time: milliseconds since 1970, or extended JSON (`{ $date }`). Empty for any other value. */
export function formatTime(value: unknown): string {
  const milliseconds = millisecondsOf(value)
  return milliseconds === undefined || Number.isNaN(milliseconds) ? '' : TIME.format(milliseconds)
}

function millisecondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || !('$date' in value)) return undefined
  const { $date } = value
  if (typeof $date === 'string') return Date.parse($date)
  const long = $date as { $numberLong?: string } | null
  return Number(long?.$numberLong)
}

export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '—'
}

/** A field of a document as text. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Formats a size, such as `1.5 KB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
