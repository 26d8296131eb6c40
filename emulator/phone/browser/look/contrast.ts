type Colour = readonly [red: number, green: number, blue: number, alpha: number]

const WHITE: Colour = [255, 255, 255, 1]

/**
 * The least contrast of an element's text with what is behind it, from 1 to 21; behind a gradient, at its ends. Pictures
 * do not count. Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
 */
export function contrastOf(element: Element): number {
  const [text = WHITE] = coloursIn(getComputedStyle(element).color)
  return Math.min(...surfacesBehind(element).map((surface) => ratio(blend(text, surface), surface)))
}

function surfacesBehind(element: Element): Colour[] {
  const layers: Colour[][] = []
  for (let box: Element | null = element; box; box = box.parentElement) {
    const { backgroundImage, backgroundColor } = getComputedStyle(box)
    for (const image of [...backgroundImage.split(/,\s*(?=[a-z-]+-gradient\()/), backgroundColor]) {
      const colours = coloursIn(image)
      if (colours.length > 0) layers.push(colours)
    }
    if (layers.at(-1)?.some(([, , , alpha]) => alpha === 1)) break
  }
  return layers.reduceRight<Colour[]>(
    (below, colours) => below.flatMap((under) => colours.map((over) => blend(over, under))),
    [WHITE],
  )
}

function coloursIn(css: string): Colour[] {
  return [...css.matchAll(/rgba?\(([^)]+)\)/g)].map(([, parts = '']) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts.split(/[\s,/]+/).map(Number)
    return [red, green, blue, alpha]
  })
}

function blend([red, green, blue, alpha]: Colour, under: Colour): Colour {
  const mixed = (over: number, index: 0 | 1 | 2) => over * alpha + under[index] * (1 - alpha)
  return [mixed(red, 0), mixed(green, 1), mixed(blue, 2), 1]
}

function ratio(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
