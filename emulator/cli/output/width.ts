import { stripVTControlCharacters } from 'node:util'

/** Characters that a terminal shows in two columns, such as Chinese. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/u
/** How a colour of `paint.ts` begins; it ends with `m`. */
const COLOUR = '\u001B['
const END_COLOUR = '\u001B[0m'

/** A text of somebody else's without what would move the cursor or colour the terminal. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '')
}

/** Cuts a line at a number of columns; colours take none. */
export function cutToWidth(line: string, columns: number): string {
  let used = 0
  let index = 0
  while (index < line.length) {
    if (line.startsWith(COLOUR, index)) {
      index = line.indexOf('m', index) + 1
      continue
    }
    const character = String.fromCodePoint(line.codePointAt(index) ?? 0)
    const end = index + character.length
    used += widthOf(character)
    const isOver = used > columns || (used === columns && line.slice(end).replace(END_COLOUR, '') !== '')
    if (isOver) return `${line.slice(0, index)}…${line.includes(COLOUR) ? END_COLOUR : ''}`
    index = end
  }
  return line
}

/** Fills a text up with spaces to a number of columns. */
export function padToWidth(text: string, columns: number): string {
  const used = [...text].reduce((sum, character) => sum + widthOf(character), 0)
  return text + ' '.repeat(Math.max(0, columns - used))
}

const widthOf = (character: string) => (WIDE.test(character) ? 2 : 1)
