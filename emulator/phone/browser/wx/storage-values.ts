/** A value as it is stored in the browser. */
export type StoredValue = { data?: unknown; type?: 'Date' | 'Number' | 'Undefined' }

/**
 * Encodes a value as WeChat stores it: keeps native types and Dates, converts all else to JSON.
 * @throws TypeError for a value that JSON cannot hold, such as a circular object
 */
export function storeValue(value: unknown): StoredValue {
  if (value === undefined) return { type: 'Undefined' }
  if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
    return { type: 'Date', data: Number(value) }
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return { type: 'Number', data: String(value) }
  return { data: JSON.parse(JSON.stringify(value) ?? '""') }
}

/** Decodes a stored value. */
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

/** The name of a type that storage cannot keep; undefined for a value that it can. */
export function unstorableType(value: unknown): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    return typeof value
  const type = Object.prototype.toString.call(value).slice(8, -1)
  const isPlain = /^(Object|Array|Date|String|Number|Boolean|Null|Undefined)$/.test(type)
  return isPlain ? undefined : type
}
