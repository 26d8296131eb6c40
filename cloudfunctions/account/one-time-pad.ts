import * as v from 'valibot'

/** Length of a pad and of the text it hides. */
export const PAD_BYTES = 256
/** Of 256 random bytes about 162 are different; fewer than this practically never. */
const FEWEST_DIFFERENT_BYTES = 100

const BASE64_OF_PAD = /^[A-Za-z0-9+/]{341}[AQgw]==$/

/** Base64 of 256 bytes that look random. A pad of zeros, or a repeating one, would hide nothing. */
export const padField = v.pipe(
  v.string(),
  v.regex(BASE64_OF_PAD),
  v.check((text) => new Set(Buffer.from(text, 'base64')).size >= FEWEST_DIFFERENT_BYTES),
)

/**
 * Hides a value from readers of the answer who do not have the request: pads its JSON (ASCII) with zero bytes and combines
 * it (XOR) with a pad that only the phone has. A pad may be used once.
 * @param pad as `padField` accepts it
 * @returns base64, of 256 bytes whatever the value; undefined for a value whose JSON is longer
 */
export function hideWithPad(pad: string, value: unknown): string | undefined {
  const text = Buffer.from(asciiJson(value))
  if (text.length > PAD_BYTES) return undefined
  const hidden = Buffer.from(pad, 'base64')
  for (const [index, byte] of text.entries()) hidden.writeUInt8((hidden[index] ?? 0) ^ byte, index)
  return hidden.toString('base64')
}

/** Escapes every other character, so that a phone needs no decoder. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
