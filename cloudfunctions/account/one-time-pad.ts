import * as v from 'valibot'

/** Bytes of a pad, and so of the text it hides. */
export const PAD_BYTES = 256
/** Of 256 random bytes about 162 differ; fewer than this do once in more lifetimes than there are. */
const FEWEST_DIFFERENT_BYTES = 100

const BASE64_OF_PAD = /^[A-Za-z0-9+/]{341}[AQgw]==$/

/** Base64 of 256 bytes that look random: a pad of zeros, or one that repeats, would hide nothing. */
export const padField = v.pipe(
  v.string(),
  v.regex(BASE64_OF_PAD),
  v.check((text) => new Set(Buffer.from(text, 'base64')).size >= FEWEST_DIFFERENT_BYTES),
)

/**
 * Hides a value from readers who have the answer and not the request: its JSON in ASCII, filled up with zero bytes, is
 * combined (XOR) with a pad that only the phone has. A pad is good for one answer.
 * @param pad as `padField` accepts it
 * @returns base64, of 256 bytes whatever the value; undefined for a value whose JSON is longer
 */
export function hideWithPad(pad: string, value: unknown): string | undefined {
  const text = Buffer.from(asciiJson(value))
  if (text.length > PAD_BYTES) return undefined
  const hidden = Buffer.from(pad, 'base64')
  for (const [place, byte] of text.entries()) hidden.writeUInt8((hidden[place] ?? 0) ^ byte, place)
  return hidden.toString('base64')
}

/** With every other character escaped, so that a phone needs no decoder to read it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
