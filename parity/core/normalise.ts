import type { AnsweredError } from './answer.ts'
import type { Json } from './json.ts'

/** What must not leave: each text with the word that stands for it. */
export type Names = ReadonlyMap<string, string>

const TEXT_CHARACTERS = 400
const LIST_ITEMS = 200
const DEPTH = 24
/** A date so close to now is one that the cloud has made. */
const NOW_MILLISECONDS = 60 * 60 * 1000

/**
 * Makes JSON of any value, without what differs from run to run or says whose cloud it is: ids, times of now, request ids,
 * openids, names of environments, paths and addresses of hosts. Values that JSON has not become `{ "$…": … }`.
 */
export function normalise(value: unknown, names: Names, depth = 0): Json {
  if (depth > DEPTH) return { $deeper: true }
  switch (typeof value) {
    case 'string':
      return normaliseText(value, names)
    case 'number':
      return normaliseNumber(value)
    case 'boolean':
      return value
    case 'undefined':
      return { $undefined: true }
    case 'bigint':
      return { $bigint: String(value) }
    case 'object':
      return value === null ? null : normaliseObject(value, names, depth)
    default:
      return { $type: typeof value }
  }
}

function normaliseNumber(value: number): Json {
  if (Object.is(value, -0)) return { $number: '-0' }
  if (!Number.isFinite(value)) return { $number: String(value) }
  // Milliseconds since 1970, or seconds.
  return isNow(value) || isNow(value * 1000) ? 'NOW' : value
}

function isNow(milliseconds: number): boolean {
  return Math.abs(milliseconds - Date.now()) < NOW_MILLISECONDS
}

function normaliseObject(value: object, names: Names, depth: number): Json {
  if (value instanceof Date) {
    const time = value.getTime()
    return { $date: Number.isNaN(time) ? 'invalid' : isNow(time) ? 'NOW' : value.toISOString() }
  }
  if (value instanceof RegExp) return { $regex: value.source, $flags: value.flags }
  if (value instanceof Uint8Array) return { $bytes: value.byteLength }
  if (value instanceof Error) return { $error: normaliseError(value, names) as unknown as Json }
  if (Array.isArray(value)) {
    const items = value.slice(0, LIST_ITEMS).map((item) => normalise(item, names, depth + 1))
    return value.length > LIST_ITEMS ? [...items, { $more: value.length - LIST_ITEMS }] : items
  }
  const fields = Object.entries(value)
    // A hidden field of the SDK is no answer.
    .filter(([name, field]) => !isRequestId(name) && typeof field !== 'function')
    .map(([name, field]) => [normaliseText(name, names), normalise(field, names, depth + 1)] as const)
  return Object.fromEntries(fields)
}

function isRequestId(name: string): boolean {
  return /^request_?id$/i.test(name)
}

/** The SDK's error, as it was thrown. */
export function normaliseError(error: unknown, names: Names): AnsweredError {
  if (!(error instanceof Error)) return { text: `thrown: ${JSON.stringify(normalise(error, names))}` }
  const { errCode, code, errMsg } = error as Error & { errCode?: unknown; code?: unknown; errMsg?: unknown }
  return {
    ...(typeof errCode === 'number' ? { errCode } : {}),
    ...(typeof code === 'string' ? { code: normaliseText(code, names) } : {}),
    ...(error.name === 'Error' ? {} : { name: error.name }),
    text: normaliseText(typeof errMsg === 'string' ? errMsg : error.message, names),
  }
}

/** Text without ids, names and places. */
function normaliseText(text: string, names: Names): string {
  let plain = text
  // The longest first, since one may be part of another.
  for (const [name, word] of [...names].sort(([a], [b]) => b.length - a.length)) {
    if (name.length >= 3) plain = plain.replaceAll(name, word)
  }
  plain = plain
    .replace(/https?:\/\/(?!docs\.cloudbase\.net|developers\.weixin\.qq\.com)[^\s"'\])}]+/g, 'URL')
    .replace(/cloud:\/\/[^\s/"']+/g, 'cloud://ENV')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'UUID')
    .replace(/\b[0-9a-f]{32}\b/gi, 'ID')
    .replace(/\b[0-9a-f]{24}\b/gi, 'ID')
    .replace(/\b[0-9a-f]{40,}\b/gi, 'HASH')
    .replace(/\b1[0-9a-f]{10}_\d+\b/gi, 'SEQ')
    .replace(/\btnt-[\w-]+/g, 'tnt-ENV')
    .replace(/\bwx[0-9a-f]{16}\b/g, 'APPID')
    .replace(/\bo[\w-]{27}\b/g, 'OPENID')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, 'ADDRESS')
    .replace(/\brid: ?[\w-]+/g, 'rid: ID')
    .replace(/(^|[\s("'=[])(?:[A-Za-z]:\\|\/(?=[\w.-]+\/))[^\s"')\]]+/g, '$1PATH')
    // A hint of the emulator's, which names a folder of this machine.
    .replace(/ \(PATH [^)]*\)/g, '')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (time) => (isNow(Date.parse(time)) ? 'NOW' : time))
    .replace(/\b1\d{9}(\d{3})?\b/g, (number) =>
      isNow(Number(number)) || isNow(Number(number) * 1000) ? 'NOW' : number,
    )
  return plain.length > TEXT_CHARACTERS ? `${plain.slice(0, TEXT_CHARACTERS)}…` : plain
}
