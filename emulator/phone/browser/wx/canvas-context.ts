import type { PictureSource } from './picture-source.ts'

type Step = (target: CanvasRenderingContext2D, images: ReadonlyMap<string, CanvasImageSource>) => void
type Paint = string | { build: (target: CanvasRenderingContext2D) => CanvasGradient } | null | undefined

/** Methods that old canvases share with the browser's. */
const SAME = [
  'arc',
  'arcTo',
  'beginPath',
  'bezierCurveTo',
  'clearRect',
  'clip',
  'closePath',
  'fill',
  'fillRect',
  'fillText',
  'lineTo',
  'moveTo',
  'quadraticCurveTo',
  'rect',
  'restore',
  'rotate',
  'save',
  'scale',
  'setTransform',
  'stroke',
  'strokeRect',
  'strokeText',
  'transform',
  'translate',
] as const

/** Methods that set a property, and that property. */
const SETTERS: Readonly<Record<string, string>> = {
  setGlobalAlpha: 'globalAlpha',
  setLineCap: 'lineCap',
  setLineJoin: 'lineJoin',
  setLineWidth: 'lineWidth',
  setMiterLimit: 'miterLimit',
  setTextAlign: 'textAlign',
  setTextBaseline: 'textBaseline',
}
const PROPERTIES = [
  ...Object.values(SETTERS),
  'font',
  'globalCompositeOperation',
  'lineDashOffset',
  'shadowBlur',
  'shadowColor',
  'shadowOffsetX',
  'shadowOffsetY',
]

/**
 * `wx.createCanvasContext`: collects steps, which `draw` performs on the canvas.
 * @param find the canvas, once it is on the page; its drawing surface is scaled to CSS pixels
 */
export function createCanvasContext(
  find: () => CanvasRenderingContext2D | undefined,
  pictures: PictureSource,
): object {
  let steps: Step[] = []
  let sources = new Set<string>()
  const measuring = document.createElement('canvas').getContext('2d')
  const add = (step: Step) => void steps.push(step)
  const values: Record<string, unknown> = {}
  const set = (name: string, value: unknown) => {
    values[name] = value
    if (measuring && name === 'font') measuring.font = String(value)
    add((target) => Object.assign(target, { [name]: value === 'normal' ? 'alphabetic' : value }))
  }
  const paint = (name: 'fillStyle' | 'strokeStyle') => (value: Paint) => {
    values[name] = value
    add((target) => {
      if (value) target[name] = typeof value === 'string' ? value : value.build(target)
    })
  }
  const gradient = (make: (target: CanvasRenderingContext2D) => CanvasGradient) => {
    const stops: [number, string][] = []
    return {
      addColorStop: (offset: number, color: string) => void stops.push([offset, color]),
      build: (target: CanvasRenderingContext2D) => {
        const made = make(target)
        for (const [offset, color] of stops) made.addColorStop(offset, color)
        return made
      },
    }
  }
  const setFontSize = (size: number) => {
    if (measuring) measuring.font = `${size}px sans-serif`
    add((target) => {
      target.font = target.font.replace(/[\d.]+px/, `${size}px`)
    })
  }
  const draw = async (reserve: unknown, done: unknown) => {
    const [performed, needed] = [steps, sources]
    steps = []
    sources = new Set()
    const images = await loadAll(needed, pictures)
    const target = find()
    if (target) {
      target.save()
      if (reserve !== true) target.clearRect(0, 0, target.canvas.width, target.canvas.height)
      const failed = performed.map((step) => failureOf(() => step(target, images)))
      target.restore()
      const [first] = failed.filter((message) => message !== undefined)
      if (first !== undefined) console.error(`CanvasContext.draw：有步骤没有画 · left out: ${first}`)
    }
    if (typeof done === 'function') done({ errMsg: 'drawCanvas:ok' })
  }
  const context = {
    ...Object.fromEntries(
      SAME.map((name) => [
        name,
        (...values: never[]) => add((target) => (target[name] as (...values: never[]) => void)(...values)),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(SETTERS).map(([method, name]) => [method, (value: unknown) => set(name, value)]),
    ),
    setFillStyle: paint('fillStyle'),
    setStrokeStyle: paint('strokeStyle'),
    setFontSize,
    setLineDash: (pattern: number[], offset = 0) =>
      add((target) => {
        target.setLineDash(pattern)
        target.lineDashOffset = offset
      }),
    setShadow: (x: number, y: number, blur: number, color: string) =>
      add((target) =>
        Object.assign(target, { shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color }),
      ),
    createLinearGradient: (x0: number, y0: number, x1: number, y1: number) =>
      gradient((target) => target.createLinearGradient(x0, y0, x1, y1)),
    createCircularGradient: (x: number, y: number, r: number) =>
      gradient((target) => target.createRadialGradient(x, y, 0, x, y, r)),
    drawImage: (source: unknown, ...numbers: number[]) => {
      const name = String(source)
      sources.add(name)
      add((target, images) => {
        const image = images.get(name)
        if (image) (target.drawImage as (...values: unknown[]) => void)(image, ...numbers)
      })
    },
    measureText: (text: unknown) => ({ width: measuring?.measureText(String(text)).width ?? 0 }),
    draw: (reserve?: unknown, done?: unknown) => void draw(reserve, done),
    getActions: () => [],
    clearActions: () => {
      steps = []
    },
  }
  // Chart libraries for mini-programs define these properties again.
  const property = (name: string, write: (value: never) => void) => [
    name,
    {
      configurable: true,
      enumerable: true,
      get: () => values[name] ?? (measuring as unknown as Record<string, unknown> | null)?.[name],
      set: write,
    },
  ]
  const written = Object.fromEntries([
    ...PROPERTIES.map((name) => property(name, (value: unknown) => set(name, value))),
    property('fillStyle', paint('fillStyle')),
    property('strokeStyle', paint('strokeStyle')),
  ])
  return Object.defineProperties(context, written)
}

/** A step that the browser refuses, such as an arc with a negative radius, must not end the others. */
function failureOf(step: () => void): string | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function loadAll(
  sources: ReadonlySet<string>,
  pictures: PictureSource,
): Promise<Map<string, CanvasImageSource>> {
  const loaded = [...sources].map(async (source) => {
    const image = new Image()
    image.src = await pictures.address(source)
    await image.decode()
    return [source, image] as const
  })
  const settled = await Promise.allSettled(loaded)
  return new Map(settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
}
