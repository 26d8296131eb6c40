/** Distances by which a region grows; negative ones shrink it. */
interface Margins {
  left?: unknown
  top?: unknown
  right?: unknown
  bottom?: unknown
}

interface Region {
  left: number
  top: number
  right: number
  bottom: number
}

export interface IntersectionOptions {
  thresholds?: number[]
  initialRatio?: number
  observeAll?: boolean
}

/** Finds the elements of a page or component by a WeChat selector. */
export type FindAll = (selector: string) => { element: Element; id: string; dataset: unknown }[]

type Listener = (result: object) => unknown

/**
 * WeChat's IntersectionObserver: calls its listener when an element enters or leaves a region. The region is the
 * intersection of elements or of the page's viewport, each with margins. It is measured in every animation frame.
 */
export class PhoneIntersectionObserver {
  readonly #findAll: FindAll
  readonly #note: (text: string) => void
  readonly #thresholds: readonly number[]
  readonly #initialRatio: number
  readonly #observeAll: boolean
  readonly #regions: { selector: string | undefined; margins: Margins }[] = []
  #frame: number | undefined

  /** @param note tells of a selector that nothing has: WeChat tolerates it, and the listener hears nothing */
  constructor(
    findAll: FindAll,
    note: (text: string) => void,
    { thresholds, initialRatio, observeAll }: IntersectionOptions = {},
  ) {
    this.#findAll = findAll
    this.#note = note
    this.#thresholds = thresholds ?? [0]
    this.#initialRatio = initialRatio ?? 0
    this.#observeAll = observeAll === true
  }

  relativeTo(selector: string, margins: Margins = {}): this {
    this.#regions.push({ selector, margins })
    return this
  }

  relativeToViewport(margins: Margins = {}): this {
    this.#regions.push({ selector: undefined, margins })
    return this
  }

  observe(selector: string, listener: Listener): void {
    const found = this.#findAll(selector)
    const targets = (this.#observeAll ? found : found.slice(0, 1)).map((target) => ({
      ...target,
      ratio: this.#initialRatio,
    }))
    if (targets.length === 0) this.#note(`IntersectionObserver：没有 ${selector} · nothing has this selector`)
    const check = () => {
      // Stops when the page is closed.
      if (!targets.some(({ element }) => element.isConnected)) return
      const region = this.#region()
      for (const target of targets) {
        const intersection = measureIntersection(target.element, region)
        const before = target.ratio
        target.ratio = intersection.intersectionRatio
        if (!this.#crosses(before, intersection.intersectionRatio)) continue
        listener({ id: target.id, dataset: target.dataset, ...intersection, time: Date.now() })
      }
      this.#frame = requestAnimationFrame(check)
    }
    this.#frame = requestAnimationFrame(check)
  }

  disconnect(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  /** The threshold 0 is crossed between invisible and visible, any other one between below and not below it. */
  #crosses(before: number, now: number): boolean {
    if (before === now) return false
    return this.#thresholds.some((threshold) =>
      threshold <= 0 ? before > 0 !== now > 0 : before >= threshold !== now >= threshold,
    )
  }

  #region(): Region {
    const regions = this.#regions.length > 0 ? this.#regions : [{ selector: undefined, margins: {} }]
    return regions
      .map(({ selector, margins }) => widen(this.#rectangle(selector), margins))
      .reduce((one, other) => overlap(one, other))
  }

  #rectangle(selector: string | undefined): Region {
    const { clientWidth: right, clientHeight: bottom } = document.documentElement
    if (selector === undefined) return { left: 0, top: 0, right, bottom }
    const element = this.#findAll(selector)[0]?.element
    return element?.getBoundingClientRect() ?? { left: 0, top: 0, right: 0, bottom: 0 }
  }
}

function widen({ left, top, right, bottom }: Region, margins: Margins): Region {
  const by = (margin: unknown) => Number(margin ?? 0) || 0
  return {
    left: left - by(margins.left),
    top: top - by(margins.top),
    right: right + by(margins.right),
    bottom: bottom + by(margins.bottom),
  }
}

function overlap(one: Region, other: Region): Region {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  }
}

function measureIntersection(element: Element, region: Region) {
  const bounds = element.getBoundingClientRect()
  const shared = overlap(clipByScrollers(element, bounds), region)
  const isVisible = element.isConnected && shared.right >= shared.left && shared.bottom >= shared.top
  const area = bounds.width * bounds.height
  const sharedArea = isVisible ? (shared.right - shared.left) * (shared.bottom - shared.top) : 0
  // An element without an area is either fully visible or invisible.
  const intersectionRatio =
    area === 0 ? Number(isVisible && bounds.width + bounds.height > 0) : sharedArea / area
  return {
    intersectionRatio,
    boundingClientRect: plain(bounds),
    intersectionRect: plain(isVisible ? shared : { left: 0, top: 0, right: 0, bottom: 0 }),
    relativeRect: plain(region),
  }
}

/** The part of an element that its scrolling ancestors show. The page itself scrolls in the viewport: that is a region. */
function clipByScrollers(element: Element, bounds: Region): Region {
  let visible: Region = bounds
  for (
    let around = element.parentElement;
    around && !around.matches('wx-page');
    around = around.parentElement
  ) {
    if (getComputedStyle(around).overflow !== 'visible')
      visible = overlap(visible, around.getBoundingClientRect())
  }
  return visible
}

function plain({ left, top, right, bottom }: Region) {
  return { left, top, right, bottom, width: right - left, height: bottom - top }
}
