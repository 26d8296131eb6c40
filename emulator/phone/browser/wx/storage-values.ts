/** What is written into the browser's storage for a value. */
export type StoredValue = { data?: unknown; type?: 'Date' | 'Number' | 'Undefined' }

/**
 * A value as WeChat's storage keeps it: native types and Dates as they are, all else as its JSON.
 * @throws TypeError for what JSON cannot say, such as a circle
 */
export function storeValue(value: unknown): StoredValue {
  if (value === undefined) return { type: 'Undefined' }
  if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
    return { type: 'Date', data: Number(value) }
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return { type: 'Number', data: String(value) }
  return { data: JSON.parse(JSON.stringify(value) ?? '""') }
}

/** The value that was stored. */
export function readValue({ data, type }: StoredValue): unknown {
  switch (type) {
    case 'Undefined':
      return undefined
    case 'Date':
      return new Date(data === null ? Number.NaN : Number(data))
    case 'Number':
      return Number(data)
    default:
      return data
  }
}

/** What JSON makes nothing of, by its name; undefined for what storage can keep. */
export function unstorableType(value: unknown): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    return typeof value
  const type = Object.prototype.toString.call(value).slice(8, -1)
  const isPlain = /^(Object|Array|Date|String|Number|Boolean|Null|Undefined)$/.test(type)
  return isPlain ? undefined : type
}
