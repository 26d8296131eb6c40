import { createDarkPalette, createPalette, pictureColour } from './palette.ts'

const PALETTE = 'auth/styles/palette.wxss'
const DARK_PALETTE = 'auth/styles/dark.wxss'
/** Of the shipped pictures. */
const PICTURE_COLOUR = '#7a6bd0'

/**
 * The login's files that bear its colour, in the app's: the palettes, and the pictures.
 * @param brand `#rrggbb`
 * @param files of the mini-program, by path
 * @throws Error with one line for what is no such colour
 */
export function createThemeFiles(
  brand: string,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const pictures = Object.entries(files)
    .filter(([path, text]) => /^(auth|account)\/.*\.svg$/.test(path) && text.includes(PICTURE_COLOUR))
    .map(([path, text]) => [path, text.replaceAll(PICTURE_COLOUR, pictureColour(brand))])
  return {
    [PALETTE]: createPalette(brand),
    [DARK_PALETTE]: createDarkPalette(brand),
    ...Object.fromEntries(pictures),
  }
}

/**
 * The dark palette of an app without `darkmode`. WeChat's media queries are said to follow its dark mode there, too, and
 * dark pages of the login would be alone in a light app.
 */
export function withoutDarkMode(): Record<string, string> {
  return {
    [DARK_PALETTE]:
      '/* Empty: app.json has no "darkmode": true. With it, `npm run add` again brings the dark colours. */\n',
  }
}
