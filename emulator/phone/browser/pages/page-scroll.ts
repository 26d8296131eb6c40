import { h } from '../base/dom.ts'
import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from './attempt.ts'
import type { Page } from './page.ts'

/** How far the finger pulls for a refresh, in pixels. */
const REFRESH_DISTANCE = 100
const PULL_HEIGHT = 50
const DEFAULT_BOTTOM_DISTANCE = 50

const scrolls = new WeakMap<Page, PageScroll>()

/** Scrolling of one page: onPageScroll, onReachBottom and pull-down refresh. */
export class PageScroll {
  readonly #page: Page
  readonly #errors: ErrorLog
  readonly #indicator = h('div', { class: 'wx-pull', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))
  #isAtBottom = false
  #pullStart: number | undefined

  constructor(page: Page, errors: ErrorLog) {
    this.#page = page
    this.#errors = errors
    scrolls.set(page, this)
    page.layer.addEventListener('scroll', () => this.#handleScroll(), { passive: true })
    if (page.config.enablePullDownRefresh !== true) return
    this.#indicator.classList.toggle('wx-pull-light', page.config.backgroundTextStyle === 'light')
    page.layer.prepend(this.#indicator)
    page.layer.addEventListener('pointerdown', ({ clientY }) => {
      this.#pullStart = page.layer.scrollTop <= 0 ? clientY : undefined
    })
    page.layer.addEventListener('pointermove', ({ clientY, buttons }) => {
      if (this.#pullStart === undefined || buttons === 0) return
      const distance = clientY - this.#pullStart
      this.#indicator.style.height = `${Math.min(Math.max(distance / 2, 0), PULL_HEIGHT)}px`
    })
    for (const end of ['pointerup', 'pointercancel'] as const) {
      page.layer.addEventListener(end, ({ clientY }) => {
        const distance = this.#pullStart === undefined ? 0 : clientY - this.#pullStart
        this.#pullStart = undefined
        if (distance >= REFRESH_DISTANCE) this.refresh()
        else if (!this.#indicator.classList.contains('wx-pull-running')) this.stop()
      })
    }
  }

  /** The dots of the refresh: `dark` or `light`. */
  setTextStyle(style: string): void {
    this.#indicator.classList.toggle('wx-pull-light', style === 'light')
  }

  /** Starts a refresh, if the page has pull-down refresh. */
  refresh(): void {
    if (!this.#indicator.isConnected) return
    this.#indicator.classList.add('wx-pull-running')
    this.#indicator.style.height = `${PULL_HEIGHT}px`
    this.#call('onPullDownRefresh')
  }

  stop(): void {
    this.#indicator.classList.remove('wx-pull-running')
    this.#indicator.style.height = '0'
  }

  #handleScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#page.layer
    this.#call('onPageScroll', { scrollTop })
    const distance = this.#page.config.onReachBottomDistance ?? DEFAULT_BOTTOM_DISTANCE
    const wasAtBottom = this.#isAtBottom
    this.#isAtBottom = scrollTop + clientHeight >= scrollHeight - distance
    if (this.#isAtBottom && !wasAtBottom) this.#call('onReachBottom')
  }

  #call(name: string, ...parameters: unknown[]): void {
    attempt(this.#errors, `${this.#page.path} ${name}`, () => this.#page.call(name, ...parameters))
  }
}

export function scrollOf(page: Page | undefined): PageScroll | undefined {
  return page && scrolls.get(page)
}
