import type { ErrorLog } from '../device/error-log.ts'

/** WeChat's limit for one call. */
const MAX_CLOUD_IDS = 5

/** `wx.cloud.CloudID(id)`: in the data of a call, WeChat replaces it by the open data of the id. */
export class CloudId {
  readonly cloudID: string

  constructor(cloudID: string) {
    this.cloudID = cloudID
  }
}

/**
 * Encodes the data of a call as JSON: bytes become `{ type: 'Buffer', data: [numbers] }`. WeChat replaces CloudIDs in
 * fields of the top level only, five at most.
 */
export function packData(
  data: unknown,
  errors: ErrorLog,
): { data: unknown; cloudIDs: Record<string, string> } {
  if (typeof data !== 'object' || data === null) return { data: data ?? {}, cloudIDs: {} }
  const ids = Object.entries(data).filter((entry): entry is [string, CloudId] => entry[1] instanceof CloudId)
  if (ids.length > MAX_CLOUD_IDS) errors.add(`callFunction：一次调用最多替换 ${MAX_CLOUD_IDS} 个 CloudID`)
  const cloudIDs = Object.fromEntries(ids.slice(0, MAX_CLOUD_IDS).map(([key, { cloudID }]) => [key, cloudID]))
  const packed = JSON.parse(JSON.stringify(data, (key, value) => asBuffer(key, value, errors)))
  return { data: packed, cloudIDs }
}

function asBuffer(key: string, value: unknown, errors: ErrorLog): unknown {
  const bytes = bytesOf(value)
  if (!bytes) return value
  errors.addOnce(
    `callFunction：${key} 是二进制数据，云函数收到 { type: 'Buffer', data: [...] }，体积大，宜用 base64 或云存储`,
  )
  return { type: 'Buffer', data: [...bytes] }
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (!ArrayBuffer.isView(value)) return undefined
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
