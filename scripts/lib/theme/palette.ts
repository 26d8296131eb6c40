import { BLACK, type Colour, contrast, formatColour, mix, parseColour, WHITE } from './colour.ts'

/** What WCAG asks of small text, and a little more, since colours are rounded. */
const LEAST_CONTRAST = 4.6

const NOTICE: Colour = [255, 243, 224]
const PAPER = WHITE

/**
 * The sheet `auth/styles/palette.wxss` for an app with a colour of its own. Text of the brand's colour is darkened until
 * it can be read on every surface, and the surface of buttons until white can be read on it; the other shades are tints.
 * @param brand `#rrggbb`
 * @throws Error with one line for what is no such colour
 */
export function createPalette(brand: string): string {
  const colour = parseColour(brand)
  if (!colour) throw new Error(`主题色 ${JSON.stringify(brand)} 不是 #rrggbb · theme colours are #rrggbb`)
  const page = mix(WHITE, colour, 0.04)
  const tint = mix(WHITE, colour, 0.09)
  const surfaces = [PAPER, page, tint, NOTICE]
  const from = darkenUntil(colour, (shade) => contrast(shade, WHITE) >= LEAST_CONTRAST)
  const text = darkenUntil(from, (shade) => surfaces.every((it) => contrast(shade, it) >= LEAST_CONTRAST))
  const values = {
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
    gradient: `linear-gradient(160deg, ${formatColour(from)}, ${formatColour(mix(from, BLACK, 0.18))})`,
  }
  const lines = Object.entries(values).map(([name, value]) => `  --auth-${name}: ${value};`)
  return `/* The login's theme: every colour of its pages and components, made from ${formatColour(colour)}. */\n.auth-theme {\n${lines.join('\n')}\n}\n`
}

function darkenUntil(colour: Colour, isEnough: (shade: Colour) => boolean): Colour {
  for (let share = 0; share < 1; share += 0.01) {
    const shade = mix(colour, BLACK, share)
    if (isEnough(shade)) return shade
  }
  return BLACK
}
