/** Colours of a terminal. */
const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const

export type Colour = keyof typeof CODES
export type Paint = (colour: Colour, text: string) => string

const withColours: Paint = (colour, text) => `\u001B[${CODES[colour]}m${text}\u001B[0m`
const withoutColours: Paint = (_colour, text) => text

/** Colours are for a terminal, unless the environment has NO_COLOR (no-color.org). */
export function paintFor({ isTTY = false }: { isTTY?: boolean }, environment = process.env): Paint {
  return isTTY && !environment['NO_COLOR'] ? withColours : withoutColours
}
