import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser'
import { applyEdits, type TextEdit } from './text-edit.ts'

/** How a JSON file is written. */
interface JsonStyle {
  lineEnd: string
  /** Of one level; undefined if the file has one line. */
  indent: string | undefined
}

/** Characters of a value that is written on one line. */
const MOST_ON_A_LINE = 80
const PARSE_OPTIONS = { allowTrailingComma: true }
/** What may follow an element on its line: spaces, a comma, comments that end on this line. */
const REST_OF_LINE = /[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)*/y
const SPACE_AND_COMMENTS = /(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y

/**
 * Adds a property to an object or an element to an array, after the last one, and leaves every other character.
 * @param path of the object or array, which exists
 * @param key of the property; undefined for an element
 */
export function insertJson(text: string, path: JSONPath, key: string | undefined, value: unknown): string {
  const root = parseTree(text, [], PARSE_OPTIONS)
  const container = root && findNodeAtLocation(root, path)
  if (!container?.children) throw new Error(`${path.join('.')}: no object or array`)
  const style = styleOf(text)
  const last = container.children.at(-1)
  return last === undefined
    ? applyEdits(text, fillEmpty(text, container, style, key, value))
    : applyEdits(text, insertAfter(text, container, last, style, key, value))
}

/**
 * Removes a property or an element with its comma, and its lines if nothing else is on them.
 * @param path of the value, which exists
 */
export function removeJson(text: string, path: JSONPath): string {
  const root = parseTree(text, [], PARSE_OPTIONS)
  const value = root && findNodeAtLocation(root, path)
  const item = value?.parent?.type === 'property' ? value.parent : value
  const siblings = item?.parent?.children
  if (!item || !siblings) throw new Error(`${path.join('.')}: is not there`)
  const end = item.offset + item.length
  const commaBehind = trailingComma(text, end)
  const previous = siblings[siblings.indexOf(item) - 1]
  const ownLines = wholeLines(text, item.offset, commaBehind ?? end)
  if (commaBehind !== undefined || !previous) return applyEdits(text, [ownLines])
  const commaBefore = trailingComma(text, previous.offset + previous.length)
  return applyEdits(text, [ownLines, { offset: (commaBefore ?? 0) - 1, length: 1, text: '' }])
}

/** Removes a range with the space around it: up to the next line if it stands alone, else up to what is before it. */
function wholeLines(text: string, start: number, end: number): TextEdit {
  const before = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0
  const offset = start - before
  const behind = /^[ \t]*(\r?\n)?/.exec(text.slice(end))
  const startsLine = offset === 0 || text[offset - 1] === '\n'
  if (startsLine && behind?.[1] !== undefined) {
    return { offset, length: end - offset + (behind[0].length ?? 0), text: '' }
  }
  return { offset, length: end - offset, text: '' }
}

function fillEmpty(
  text: string,
  container: Node,
  style: JsonStyle,
  key: string | undefined,
  value: unknown,
): TextEdit[] {
  const { lineEnd, indent } = style
  const offset = container.offset + 1
  const length = container.length - 2
  const isPlain = text.slice(offset, offset + length).trim() === ''
  // A comment in it stays where it is.
  const range = isPlain ? { offset, length } : { offset, length: 0 }
  if (indent === undefined) return [{ ...range, text: itemOf(key, value, style, '', false) }]
  const outer = indentAt(text, container.offset)
  const inner = outer + indent
  const item = itemOf(key, value, style, inner, true)
  return [{ ...range, text: lineEnd + inner + item + (isPlain ? lineEnd + outer : '') }]
}

function insertAfter(
  text: string,
  container: Node,
  last: Node,
  style: JsonStyle,
  key: string | undefined,
  value: unknown,
): TextEdit[] {
  const end = last.offset + last.length
  const whole = text.slice(container.offset, container.offset + container.length)
  const isOneLine = !/[\r\n]/.test(whole)
  const comma = trailingComma(text, end)
  const commaEdit = comma === undefined ? [{ offset: end, length: 0, text: ',' }] : []
  if (isOneLine || style.indent === undefined) {
    const space = /[,:] /.test(whole) ? ' ' : ''
    const item = itemOf(key, value, style, '', false)
    return [...commaEdit, { offset: comma ?? end, length: 0, text: space + (space ? spaced(item) : item) }]
  }
  const inner = indentAt(text, last.offset)
  REST_OF_LINE.lastIndex = comma ?? end
  const after = (comma ?? end) + (REST_OF_LINE.exec(text)?.[0].length ?? 0)
  const item = itemOf(key, value, style, inner, true)
  return [...commaEdit, { offset: after, length: 0, text: style.lineEnd + inner + item }]
}

/** @returns the place behind a comma after the last element */
function trailingComma(text: string, end: number): number | undefined {
  SPACE_AND_COMMENTS.lastIndex = end
  const next = end + (SPACE_AND_COMMENTS.exec(text)?.[0].length ?? 0)
  return text[next] === ',' ? next + 1 : undefined
}

function itemOf(
  key: string | undefined,
  value: unknown,
  { lineEnd, indent }: JsonStyle,
  inner: string,
  hasLines: boolean,
): string {
  const space = hasLines ? ' ' : ''
  const short = spaced(JSON.stringify(value))
  const isShort = short.length <= MOST_ON_A_LINE
  const lines =
    hasLines && isShort ? [short] : JSON.stringify(value, null, hasLines ? indent : undefined).split('\n')
  const shown = lines.map((line, index) => (index === 0 ? line : inner + line)).join(lineEnd)
  return key === undefined ? shown : `${JSON.stringify(key)}:${space}${shown}`
}

/** One line with a space after each comma and colon that is outside of texts. */
function spaced(json: string): string {
  const outside = /("(?:[^"\\]|\\.)*")|(\{\}|\{|\})|([,:])/g
  return json.replace(outside, (_all, quoted?: string, brace?: string, mark?: string) => {
    if (quoted !== undefined) return quoted
    if (brace !== undefined) return { '{': '{ ', '}': ' }' }[brace] ?? brace
    return `${mark} `
  })
}

function styleOf(text: string): JsonStyle {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  if (!/\S[ \t]*\r?\n\s*\S/.test(text)) return { lineEnd, indent: undefined }
  const [, indent] = /\n([ \t]+)["[{]/.exec(text) ?? []
  return { lineEnd, indent: indent ?? '  ' }
}

/** White space at the start of the line of a place. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}
