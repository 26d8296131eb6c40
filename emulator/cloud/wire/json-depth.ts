import { invalidParameter } from '../errors.ts'

/** Deeper than any document may be, and not so deep that reading it could exhaust the stack. */
const MAXIMUM_DEPTH = 500

/** As JSON.parse. @throws SyntaxError, and CloudError INVALID_PARAM for a text that is nested too deeply */
export function parseJson(text: string): unknown {
  if (isDeep(text)) throw invalidParameter('nested too deeply')
  return JSON.parse(text)
}

function isDeep(text: string): boolean {
  let depth = 0
  for (let position = 0; position < text.length; position++) {
    const character = text.charCodeAt(position)
    if (character === QUOTE) position = endOfString(text, position)
    else if (character === BRACE || character === BRACKET) depth += 1
    else if (character === END_BRACE || character === END_BRACKET) depth -= 1
    if (depth > MAXIMUM_DEPTH) return true
  }
  return false
}

const [QUOTE, BACKSLASH, BRACE, BRACKET, END_BRACE, END_BRACKET] = [0x22, 0x5c, 0x7b, 0x5b, 0x7d, 0x5d]

function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position++) {
    const character = text.charCodeAt(position)
    if (character === BACKSLASH) position += 1
    else if (character === QUOTE) return position
  }
  return text.length
}
