import { createHash } from 'node:crypto'

/** One replaced range of a text. */
export interface TextEdit {
  offset: number
  length: number
  text: string
}

/** Applies edits that do not overlap, whose offsets are those of `text`. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lastFirst = edits.map((edit, index) => ({ ...edit, index })).sort(byOffsetDescending)
  return lastFirst.reduce(
    (result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
    text,
  )
}

/** Of edits at one place, the later one is applied first, so that the earlier one ends up before it. */
function byOffsetDescending(a: TextEdit & { index: number }, b: TextEdit & { index: number }): number {
  return b.offset - a.offset || b.index - a.index
}

/** The edit that makes `before` of `after` again. */
export function inverseEdit(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { offset: start, length: after.length - start - end, text: before.slice(start, before.length - end) }
}

/** Of a text, whatever line ends a checkout gave it. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
}

/** Of a text with the bytes that it has. */
export function exactHashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
