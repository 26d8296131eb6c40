/** Values of documents as extended JSON: what kind they are, how they read, and how a text becomes one. */

export const KINDS = {
  string: '文本 text',
  number: '数字 number',
  bool: '布尔 boolean',
  date: '时间 date',
  null: '空 null',
  objectId: 'ObjectId',
  geo: '位置 point',
  object: '对象 object',
  array: '数组 array',
  binary: '二进制 binary',
  other: '其他 other',
} as const

export type Kind = keyof typeof KINDS

/** Those that a text can become. */
export const EDITABLE_KINDS: readonly Kind[] = [
  'string',
  'number',
  'bool',
  'date',
  'null',
  'objectId',
  'geo',
  'object',
  'array',
]

const KIND_OF_KEY: Readonly<Record<string, Kind>> = {
  $date: 'date',
  $oid: 'objectId',
  $numberLong: 'number',
  $numberDouble: 'number',
  $binary: 'binary',
  $uuid: 'binary',
}

export function kindOf(value: unknown): Kind {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'array'
  const [key = '', ...others] = Object.keys(value as object)
  if (key.startsWith('$') && others.length === 0) return KIND_OF_KEY[key] ?? 'other'
  return pointOf(value) ? 'geo' : 'object'
}

/** Longitude and latitude of a GeoJSON point. */
function pointOf(value: unknown): [number, number] | undefined {
  const { type, coordinates, ...others } = value as Record<string, unknown>
  if (type !== 'Point' || !Array.isArray(coordinates) || Object.keys(others).length > 0) return undefined
  const [longitude, latitude] = coordinates
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined
  return coordinates.length === 2 ? [longitude, latitude] : undefined
}

/** The value as one reads and edits it; empty for a field that is not there. */
export function textOfValue(value: unknown): string {
  if (value === undefined) return ''
  const kind = kindOf(value)
  if (kind === 'string') return value as string
  if (kind === 'geo') return pointOf(value)?.join(', ') ?? ''
  if (typeof value === 'object' && value !== null && kind !== 'object' && kind !== 'array') {
    const [inner] = Object.values(value)
    if (kind === 'date') return dateText(inner)
    if (typeof inner === 'string') return inner
  }
  return JSON.stringify(value)
}

function dateText(inner: unknown): string {
  if (typeof inner === 'string') return inner
  const milliseconds = Number((inner as { $numberLong?: string } | null)?.$numberLong)
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? JSON.stringify(inner) : date.toISOString()
}

/**
 * The value that a text stands for.
 * @throws Error with the reason in words
 */
export function parseValue(kind: Kind, text: string): unknown {
  const trimmed = text.trim()
  switch (kind) {
    case 'string':
      return text
    case 'number':
      return numberOf(trimmed)
    case 'bool':
      if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
      throw new Error('布尔值只能是 true 或 false')
    case 'date':
      return { $date: dateOf(trimmed) }
    case 'null':
      return null
    case 'objectId':
      if (/^[0-9a-f]{24}$/i.test(trimmed)) return { $oid: trimmed }
      throw new Error('ObjectId 是 24 位十六进制数字')
    case 'geo':
      return { type: 'Point', coordinates: coordinatesOf(trimmed) }
    case 'object':
    case 'array':
      return structureOf(kind, trimmed)
    default:
      throw new Error('这种类型只能看，不能改')
  }
}

/** Digits beyond 2^53 are kept. */
function numberOf(text: string): unknown {
  if (text === '' || Number.isNaN(Number(text))) throw new Error('不是数字')
  const isUnsafe = /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))
  return isUnsafe ? { $numberLong: text } : Number(text)
}

function dateOf(text: string): string {
  const date = new Date(text)
  if (text === '' || Number.isNaN(date.getTime())) {
    throw new Error('不是时间。可以写 2026-01-31、2026-01-31 08:30，或 2026-01-31T00:30:00Z')
  }
  return date.toISOString()
}

function coordinatesOf(text: string): [number, number] {
  const [longitude = Number.NaN, latitude = Number.NaN, ...others] = text.split(/[,，\s]+/).map(Number)
  if (others.length > 0 || !(Math.abs(longitude) <= 180) || !(Math.abs(latitude) <= 90)) {
    throw new Error('位置写成「经度, 纬度」，经度在 ±180 之内，纬度在 ±90 之内')
  }
  return [longitude, latitude]
}

function structureOf(kind: 'object' | 'array', text: string): unknown {
  const value = parseJson(text)
  if (Array.isArray(value) !== (kind === 'array') || typeof value !== 'object' || value === null) {
    throw new Error(kind === 'array' ? '数组写成 […]' : '对象写成 {…}')
  }
  return value
}

/** @throws Error naming line and column */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const start = validStart(text)
    if (start === text.length) throw new Error('不是有效的 JSON：没有写完')
    const lines = text.slice(0, start).split('\n')
    throw new Error(`第 ${lines.length} 行第 ${(lines.at(-1)?.length ?? 0) + 1} 列：不是有效的 JSON`)
  }
}

/** How many characters could be the beginning of JSON. Engines do not always say where a mistake is. */
function validStart(text: string): number {
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (canGoOn(text.slice(0, middle))) low = middle
    else high = middle - 1
  }
  return low
}

function canGoOn(start: string): boolean {
  try {
    JSON.parse(start)
    return true
  } catch (error) {
    const { message } = error as Error
    const [, position] = /position (\d+)/.exec(message) ?? []
    return /end of|unterminated/i.test(message) || Number(position) >= start.length
  }
}

/** Names of BSON types, as the cloud lists them for a field. */
const KIND_OF_BSON: Readonly<Record<string, Kind>> = {
  string: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  bool: 'bool',
  date: 'date',
  objectId: 'objectId',
  object: 'object',
  array: 'array',
  null: 'null',
}

function kindOfBson(type: string): Kind {
  return KIND_OF_BSON[type] ?? 'other'
}

/** What a text that somebody looks for is meant as: as the field has it, else as it looks. */
export function guessKind(text: string, types: readonly string[] = []): Kind {
  for (const type of types) {
    const kind = kindOfBson(type)
    if (['string', 'number', 'bool', 'date', 'objectId'].includes(kind) && canBe(kind, text)) return kind
  }
  if (text === 'true' || text === 'false') return 'bool'
  if (text === 'null') return 'null'
  if (/^-?\d+(\.\d+)?$/.test(text.trim())) return 'number'
  return /^\d{4}-\d\d-\d\d([T ]|$)/.test(text) && canBe('date', text) ? 'date' : 'string'
}

function canBe(kind: Kind, text: string): boolean {
  try {
    parseValue(kind, text)
    return true
  } catch {
    return false
  }
}
