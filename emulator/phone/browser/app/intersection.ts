/** Distances by which a region is made larger, or with a minus smaller. */
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

/** What is asked of a page or component: its elements in the document, by a selector of WeChat's. */
export type FindAll = (selector: string) => { element: Element; id: string; dataset: unknown }[]

type Listener = (result: object) => unknown

/**
 * Tells when elements come into a region or leave it, as WeChat has it: the region may be any element, or several, or
 * the page's part of the screen, each with margins. It looks again with every frame that the browser draws.
 */
export class PhoneIntersectionObserver {
  readonly #findAll: FindAll
  readonly #thresholds: readonly number[]
  readonly #initialRatio: number
  readonly #observeAll: boolean
  readonly #regions: { selector: string | undefined; margins: Margins }[] = []
  #frame: number | undefined

  constructor(findAll: FindAll, { thresholds, initialRatio, observeAll }: IntersectionOptions = {}) {
    this.#findAll = findAll
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
    if (targets.length === 0) console.error(`IntersectionObserver：没有 ${selector}`)
    const look = () => {
      // A page that is gone is not looked at again.
      if (!targets.some(({ element }) => element.isConnected)) return
      const region = this.#region()
      for (const target of targets) {
        const seen = see(target.element, region)
        const before = target.ratio
        target.ratio = seen.intersectionRatio
        if (!this.#crosses(before, seen.intersectionRatio)) continue
        listener({ id: target.id, dataset: target.dataset, ...seen, time: Date.now() })
      }
      this.#frame = requestAnimationFrame(look)
    }
    this.#frame = requestAnimationFrame(look)
  }

  disconnect(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
  }

  /** 0 is crossed between out of sight and in sight; any other threshold between below it and not below. */
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

function see(element: Element, region: Region) {
  const bounds = element.getBoundingClientRect()
  const shared = overlap(clip(element, bounds), region)
  const isSeen = element.isConnected && shared.right >= shared.left && shared.bottom >= shared.top
  const area = bounds.width * bounds.height
  const sharedArea = isSeen ? (shared.right - shared.left) * (shared.bottom - shared.top) : 0
  // An element without an area is wholly in sight, or not at all.
  const intersectionRatio =
    area === 0 ? Number(isSeen && bounds.width + bounds.height > 0) : sharedArea / area
  return {
    intersectionRatio,
    boundingClientRect: plain(bounds),
    intersectionRect: plain(isSeen ? shared : { left: 0, top: 0, right: 0, bottom: 0 }),
    relativeRect: plain(region),
  }
}

/** What the scrolling elements around one leave of it. The page itself scrolls in the viewport, which is a region. */
function clip(element: Element, bounds: Region): Region {
  let seen: Region = bounds
  for (let at = element.parentElement; at && !at.matches('wx-page'); at = at.parentElement) {
    if (getComputedStyle(at).overflow !== 'visible') seen = overlap(seen, at.getBoundingClientRect())
  }
  return seen
}

function plain({ left, top, right, bottom }: Region) {
  return { left, top, right, bottom, width: right - left, height: bottom - top }
}
