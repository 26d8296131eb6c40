const TIME = new Intl.DateTimeFormat('zh-CN', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
})

/** A moment in milliseconds since 1970, or in extended JSON (`{ $date }`), for people; empty for anything else. */
export function formatTime(value: unknown): string {
  const moment = momentOf(value)
  return moment === undefined || Number.isNaN(moment) ? '' : TIME.format(moment)
}

function momentOf(value: unknown): number | undefined {
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

/** One line that tells a document from its neighbours. */
export function summarize(document: Record<string, unknown>, characters = 160): string {
  const text = JSON.stringify(document)
  return text.length > characters ? `${text.slice(0, characters)}…` : text
}

/** Text of any value of a document. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A file's size, for people. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
