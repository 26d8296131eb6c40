import type { AppConfig, Unit } from '../../program.ts'
import type { Device } from '../device/device.ts'
import { attempt } from './attempt.ts'
import { type Navigation, parseUrl } from './navigation.ts'
import { type EaselRoot, Page } from './page.ts'
import { PageScroll } from './page-scroll.ts'

const MOST_PAGES = 10
/** As long as the style sheet's transition. */
const TRANSITION_MILLISECONDS = 300

export interface PageStackOptions {
  device: Device
  appConfig: AppConfig
  units: Readonly<Record<string, Unit>>
  /** Where the layers of pages go. */
  parent: HTMLElement
  createRoot: (path: string) => EaselRoot
}

/** The pages that are open, the last of them to be seen, and their life cycle. */
export class PageStack implements Navigation {
  readonly #options: PageStackOptions
  #pages: Page[] = []
  /** Pages of the tab bar live on while another tab is shown. */
  readonly #tabs = new Map<string, Page>()

  constructor(options: PageStackOptions) {
    this.#options = options
  }

  get top(): Page | undefined {
    return this.#pages.at(-1)
  }

  /** What `getCurrentPages` answers. */
  get instances(): object[] {
    return this.#pages.map((page) => page.instance)
  }

  navigateTo(url: string): void {
    const { path, query } = this.#parse(url)
    if (this.#isTab(path)) throw new Error('can not navigateTo a tabbar page')
    if (this.#pages.length >= MOST_PAGES) throw new Error('webview count limit exceed')
    this.#hideTop()
    this.#open(path, query, 'slides')
  }

  redirectTo(url: string): void {
    const { path, query } = this.#parse(url)
    if (this.#isTab(path)) throw new Error('can not redirectTo a tabbar page')
    this.#closeTop()
    this.#open(path, query)
  }

  reLaunch(url: string): void {
    const { path, query } = this.#parse(url)
    while (this.#pages.length > 0) this.#closeTop()
    for (const page of this.#tabs.values()) this.#unload(page)
    this.#tabs.clear()
    this.#open(path, query)
  }

  switchTab(url: string): void {
    const { path } = this.#parse(url)
    if (!this.#isTab(path)) throw new Error('can not switch to no-tabBar page')
    while (this.#pages.length > 1 || (this.top && !this.#isTab(this.top.path))) this.#closeTop()
    if (this.top?.path !== path) this.#hideTop()
    const known = this.#tabs.get(path)
    this.#pages = known ? [known] : []
    if (known) this.#show()
    else this.#open(path, {})
  }

  navigateBack(delta: number): void {
    if (this.#pages.length < 2) throw new Error('cannot navigate back at first page.')
    const count = Math.min(Math.max(delta, 1), this.#pages.length - 1)
    for (let left = count; left > 0; left--) this.#closeTop(left === count ? 'slides' : undefined)
    this.#show()
  }

  /** The app comes back from the background, or goes there. */
  showAgain(): void {
    this.#call(this.top, 'onShow')
    this.top?.tellComponents('show')
  }

  hideForNow(): void {
    this.#call(this.top, 'onHide')
    this.top?.tellComponents('hide')
  }

  /** Shows the top page's bar as it is now. */
  refreshBar(): void {
    const { top } = this
    if (!top) return
    const { device, appConfig } = this.#options
    const isFirst = this.#pages.length === 1
    const isHome = top.path === appConfig.pages[0] || this.#isTab(top.path)
    top.bar.leftButton = isFirst ? (isHome || top.hidesHome ? 'none' : 'home') : 'back'
    device.navigationBar.show(top.bar)
    const tab = this.#isTab(top.path) ? top.path : undefined
    device.tabBar.show(appConfig.tabBar, tab, (path) => this.switchTab(`/${path}`))
  }

  #parse(url: string): { path: string; query: Record<string, string> } {
    const parsed = parseUrl(url, this.top?.path ?? '')
    if (!this.#options.units[parsed.path]?.isPage) throw new Error(`page "${parsed.path}" is not found`)
    return parsed
  }

  #isTab(path: string): boolean {
    return this.#options.appConfig.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false
  }

  #open(path: string, query: Record<string, string>, transition?: 'slides'): void {
    const { units, appConfig, createRoot, parent } = this.#options
    const config = { ...appConfig.window, ...units[path]?.config }
    const page = new Page(path, query, config, createRoot(path))
    this.#pages.push(page)
    if (this.#isTab(path)) this.#tabs.set(path, page)
    if (transition) page.layer.classList.add('wx-page-entering')
    parent.append(page.layer)
    page.attach()
    new PageScroll(page, this.#options.device.errors)
    this.#call(page, 'onLoad', query)
    // A page may move on from its onLoad.
    if (this.top !== page) return
    this.#show()
    this.#call(page, 'onReady')
    if (transition) {
      page.layer.getBoundingClientRect()
      page.layer.classList.remove('wx-page-entering')
    }
  }

  #show(): void {
    const { top } = this
    if (!top) return
    for (const page of [...this.#tabs.values(), ...this.#pages]) {
      page.layer.toggleAttribute('inert', page !== top)
    }
    top.layer.classList.remove('wx-page-hidden')
    this.refreshBar()
    this.#call(top, 'onShow')
    top.tellComponents('show')
  }

  #hideTop(): void {
    const { top } = this
    if (!top) return
    top.layer.setAttribute('inert', '')
    // What lies below goes out of sight once it is covered.
    setTimeout(() => {
      if (this.top !== top) top.layer.classList.add('wx-page-hidden')
    }, TRANSITION_MILLISECONDS)
    this.#call(top, 'onHide')
    top.tellComponents('hide')
  }

  #closeTop(transition?: 'slides'): void {
    const page = this.#pages.pop()
    if (!page) return
    this.#tabs.delete(page.path)
    this.#unload(page, transition)
  }

  #unload(page: Page, transition?: 'slides'): void {
    this.#call(page, 'onUnload')
    if (!transition) {
      page.release()
      return
    }
    page.layer.setAttribute('inert', '')
    page.layer.classList.add('wx-page-leaving')
    setTimeout(() => page.release(), TRANSITION_MILLISECONDS)
  }

  #call(page: Page | undefined, name: string, ...parameters: unknown[]): void {
    if (!page) return
    attempt(this.#options.device.errors, `${page.path} ${name}`, () => page.call(name, ...parameters))
  }
}
