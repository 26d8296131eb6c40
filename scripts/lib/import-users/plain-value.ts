const NUMBERS = new Set(['$numberInt', '$numberLong', '$numberDouble', '$numberDecimal'])

/**
 * A value of MongoDB's extended JSON, which the console exports, as a cloud function receives it: `{"$date": …}` is a
 * date, `{"$oid": …}` its text. An invalid date is undefined.
 */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [[name, inner] = ['', undefined]] = entries
  if (entries.length === 1) {
    if (name === '$date') return dateOf(plainValue(inner))
    if (name === '$oid' && typeof inner === 'string') return inner
    if (NUMBERS.has(name)) return Number(inner)
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, plainValue(item)]))
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date
}
