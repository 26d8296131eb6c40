import { type Colour, contrastRatio } from '../../program/contrast-ratio.ts'

/** A colour and its opacity from 0 to 1. */
type Layer = readonly [...Colour, alpha: number]

const WHITE: Colour = [255, 255, 255]
const OPAQUE_WHITE: Layer = [...WHITE, 1]

/**
 * The least contrast of an element's text with what is behind it, from 1 to 21; behind a gradient, at its ends. Pictures
 * do not count.
 */
export function contrastOf(element: Element): number {
  const [text = OPAQUE_WHITE] = layersIn(getComputedStyle(element).color)
  return Math.min(...surfacesBehind(element).map((surface) => contrastRatio(blend(text, surface), surface)))
}

function surfacesBehind(element: Element): Colour[] {
  const layers: Layer[][] = []
  for (let box: Element | null = element; box; box = box.parentElement) {
    const { backgroundImage, backgroundColor } = getComputedStyle(box)
    for (const image of [...backgroundImage.split(/,\s*(?=[a-z-]+-gradient\()/), backgroundColor]) {
      const found = layersIn(image)
      if (found.length > 0) layers.push(found)
    }
    if (layers.at(-1)?.some(([, , , alpha]) => alpha === 1)) break
  }
  return layers.reduceRight<Colour[]>(
    (below, above) => below.flatMap((under) => above.map((over) => blend(over, under))),
    [WHITE],
  )
}

function layersIn(css: string): Layer[] {
  return [...css.matchAll(/rgba?\(([^)]+)\)/g)].map(([, parts = '']) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts.split(/[\s,/]+/).map(Number)
    return [red, green, blue, alpha]
  })
}

function blend([red, green, blue, alpha]: Layer, under: Colour): Colour {
  const mixed = (over: number, index: 0 | 1 | 2) => over * alpha + under[index] * (1 - alpha)
  return [mixed(red, 0), mixed(green, 1), mixed(blue, 2)]
}
