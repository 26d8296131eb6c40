import { createPalette } from './palette.ts'

const PALETTE = 'auth/styles/palette.wxss'
const BRAND = /--auth-brand: (#[0-9a-f]{6});/

/**
 * The login's files that bear its colour, in the app's: the palette, and the pictures drawn in the colour of text.
 * @param brand `#rrggbb`
 * @param files of the mini-program, by path; the shipped palette is among them
 * @throws Error with one line for what is no such colour
 */
export function createThemeFiles(
  brand: string,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const palette = createPalette(brand)
  const [shipped = '', themed = ''] = [files[PALETTE] ?? '', palette].map((text) => BRAND.exec(text)?.[1])
  const pictures = Object.entries(files)
    .filter(([path, text]) => /^(auth|account)\/.*\.svg$/.test(path) && text.includes(shipped))
    .map(([path, text]) => [path, text.replaceAll(shipped, themed)])
  return { [PALETTE]: palette, ...Object.fromEntries(pictures) }
}
