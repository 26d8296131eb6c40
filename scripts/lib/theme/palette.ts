import { type Colour, contrastRatio } from 'wechat-cloud-emulator/contrast'
import { BLACK, formatColour, mix, parseColour, WHITE } from './colour.ts'

/** What WCAG asks of small text, and a little more, since colours are rounded. */
const LEAST_CONTRAST = 4.6

const NOTICE: Colour = [255, 243, 224]
const PAPER = WHITE

const DARK_PAPER: Colour = [30, 32, 48]
const DARK_PAGE: Colour = [18, 19, 28]
const DARK_TINT: Colour = [42, 45, 66]
const DARK_NOTICE: Colour = [58, 45, 23]
/** What WCAG asks of pictures, and a little more. */
const LEAST_PICTURE_CONTRAST = 3.1

/**
 * The sheet `auth/styles/palette.wxss` for an app with a colour of its own. Text of the brand's colour is darkened until
 * it can be read on every surface, and the surface of buttons until white can be read on it; the other shades are tints.
 * @param brand `#rrggbb`
 * @throws Error with one line for what is no such colour
 */
export function createPalette(brand: string): string {
  const colour = readBrand(brand)
  const page = mix(WHITE, colour, 0.04)
  const tint = mix(WHITE, colour, 0.09)
  const surfaces = [PAPER, page, tint, NOTICE]
  const from = darkenUntil(colour, (shade) => contrastRatio(shade, WHITE) >= LEAST_CONTRAST)
  const text = darkenUntil(from, (shade) =>
    surfaces.every((it) => contrastRatio(shade, it) >= LEAST_CONTRAST),
  )
  return sheetOf(
    `/* The login's theme: every colour of its pages and components, made from ${formatColour(colour)}. */`,
    {
      ink: '#1f2329',
      muted: '#5a6070',
      brand: formatColour(text),
      'on-brand': formatColour(WHITE),
      danger: '#b3261e',
      'notice-ink': '#5c3b00',
      notice: formatColour(NOTICE),
      paper: formatColour(PAPER),
      page: formatColour(page),
      tint: formatColour(tint),
      line: formatColour(mix(WHITE, mix(colour, BLACK, 0.5), 0.13)),
      mark: formatColour(from),
      gradient: gradientOf(from),
    },
  )
}

/**
 * The sheet `auth/styles/dark.wxss` for an app with a colour of its own: text of the brand's colour is lightened until it
 * can be read on every dark surface.
 * @param brand `#rrggbb`
 * @throws Error with one line for what is no such colour
 */
export function createDarkPalette(brand: string): string {
  const colour = readBrand(brand)
  const surfaces = [DARK_PAPER, DARK_PAGE, DARK_TINT, DARK_NOTICE]
  const text = lightenUntil(colour, (shade) =>
    surfaces.every((it) => contrastRatio(shade, it) >= LEAST_CONTRAST),
  )
  const visible = lightenUntil(colour, (shade) => contrastRatio(shade, DARK_PAPER) >= 2)
  const button = darkenUntil(visible, (shade) => contrastRatio(shade, WHITE) >= LEAST_CONTRAST)
  const sheet = sheetOf('', {
    ink: '#e8e9f0',
    muted: '#aab0c0',
    brand: formatColour(text),
    'on-brand': formatColour(WHITE),
    danger: '#ff9a90',
    'notice-ink': '#ffdca8',
    notice: formatColour(DARK_NOTICE),
    paper: formatColour(DARK_PAPER),
    page: formatColour(DARK_PAGE),
    tint: formatColour(DARK_TINT),
    line: formatColour(mix(DARK_PAPER, WHITE, 0.1)),
    mark: formatColour(button),
    gradient: gradientOf(mix(button, BLACK, 0.2)),
  })
  return `/* The theme's colours where WeChat is in dark mode. */\n@media (prefers-color-scheme: dark) {\n${sheet.trim().replace(/^/gm, '  ')}\n}\n`
}

/**
 * The colour of the login's pictures, which can be seen on light and dark paper.
 * @param brand `#rrggbb`
 * @throws Error with one line for what is no such colour
 */
export function pictureColour(brand: string): string {
  const dark = darkenUntil(readBrand(brand), (shade) => contrastRatio(shade, PAPER) >= LEAST_PICTURE_CONTRAST)
  return formatColour(
    lightenUntil(dark, (shade) => contrastRatio(shade, DARK_PAPER) >= LEAST_PICTURE_CONTRAST),
  )
}

function readBrand(brand: string): Colour {
  const colour = parseColour(brand)
  if (!colour) throw new Error(`主题色 ${JSON.stringify(brand)} 不是 #rrggbb · theme colours are #rrggbb`)
  return colour
}

function sheetOf(head: string, values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => `  --auth-${name}: ${value};`)
  return `${head}\n.auth-theme {\n${lines.join('\n')}\n}\n`
}

const gradientOf = (from: Colour) =>
  `linear-gradient(160deg, ${formatColour(from)}, ${formatColour(mix(from, BLACK, 0.18))})`

const darkenUntil = (colour: Colour, isEnough: Condition) => mixUntil(colour, BLACK, isEnough)
const lightenUntil = (colour: Colour, isEnough: Condition) => mixUntil(colour, WHITE, isEnough)

type Condition = (shade: Colour) => boolean

function mixUntil(colour: Colour, end: Colour, isEnough: Condition): Colour {
  for (let share = 0; share < 1; share += 0.01) {
    const shade = mix(colour, end, share)
    if (isEnough(shade)) return shade
  }
  return end
}
