/** Cloud Development began in 2018; a mini-program of an older service may have older people. */
const EARLIEST = Date.UTC(2010, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)
/** Numbers below are seconds: as milliseconds they would be in 1973. */
const SMALLEST_MILLISECONDS = 100_000_000_000

/** `2023-05-01 08:30:00`, `2023/5/1 8:30`, `2023-5-1`: written without a zone, by people in China. */
const LOCAL = /^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?$/
const CHINA_OFFSET_HOURS = 8

/**
 * Parses a time as apps have stored it: a date, milliseconds or seconds since 1970 as number or text, ISO 8601, or
 * China's local time.
 * @returns undefined for anything else, and for a time before 2010
 */
export function parseWrittenTime(value: unknown): Date | undefined {
  const milliseconds = millisecondsOf(value)
  if (milliseconds === undefined || !(milliseconds >= EARLIEST && milliseconds < LATEST)) return undefined
  return new Date(milliseconds)
}

function millisecondsOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return Math.floor(value < SMALLEST_MILLISECONDS ? value * 1000 : value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (/^\d{9,14}$/.test(text)) return millisecondsOf(Number(text))
  const local = LOCAL.exec(text)
  if (!local) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = local
    .slice(1)
    .map((part) => Number(part ?? 0))
  return Date.UTC(year, month - 1, day, hour - CHINA_OFFSET_HOURS, minute, second)
}
