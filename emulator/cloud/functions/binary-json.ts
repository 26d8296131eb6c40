/** Bytes in what a function is asked and answers, which both travel as JSON. */

/**
 * What the platform makes of bytes in `data` of `wx.cloud.callFunction`: `{ type: 'Buffer', data: [17, 3, …] }`.
 * Source: the documentation of `Cloud.callFunction`, data 参数说明. Everything else stays as it is.
 */
export function withBytesAsJson(value: unknown): unknown {
  const bytes = bytesOf(value)
  if (bytes) return { type: 'Buffer', data: [...bytes] }
  if (Array.isArray(value)) return value.map(withBytesAsJson)
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withBytesAsJson(field)]))
}

/**
 * An answer as JSON text, as Node writes it: a Buffer becomes `{ type: 'Buffer', data }`.
 * @param onLost called with the type of bytes that JSON loses: an ArrayBuffer becomes `{}`
 * @throws TypeError for a value that is not JSON
 */
export function answerJson(result: unknown, onLost: (type: string) => void): string {
  const json = JSON.stringify(result, (_name, value: unknown) => {
    if (bytesOf(value)) onLost((value as object).constructor.name)
    return value
  })
  return json ?? 'null'
}

/** A Buffer has its own JSON by the time a replacer sees it, so it is never one of these there. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return undefined
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
