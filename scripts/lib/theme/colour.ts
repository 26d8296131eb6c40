import type { Colour } from 'wechat-cloud-emulator/contrast'

export const WHITE: Colour = [255, 255, 255]
export const BLACK: Colour = [0, 0, 0]

/** @returns undefined for what is no `#rrggbb` */
export function parseColour(text: string): Colour | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(text)) return undefined
  const at = (index: number) => Number.parseInt(text.slice(index, index + 2), 16)
  return [at(1), at(3), at(5)]
}

/** As `#rrggbb`. */
export function formatColour(colour: Colour): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

/** @param share of the other colour, from 0 to 1 */
export function mix(colour: Colour, other: Colour, share: number): Colour {
  const at = (index: 0 | 1 | 2) => colour[index] * (1 - share) + other[index] * share
  return [at(0), at(1), at(2)]
}
