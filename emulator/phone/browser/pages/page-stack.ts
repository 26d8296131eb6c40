import { messageOf } from '../base/describe-error.ts'
import type { Device } from '../device/device.ts'
import type { NavigationBarState } from '../device/navigation-bar.ts'
import {
  type Navigation,
  parseUrl,
  type ShareCause,
  type ShareMenu,
  type ShareMessage,
} from '../services/navigation.ts'
import { attempt } from './attempt.ts'
import { brokenRoot } from './broken-page.ts'
import { EventChannel } from './event-channel.ts'
import { type EaselRoot, Page } from './page.ts'
import { PageConfigs, type PageConfigsSource } from './page-configs.ts'
import { PageScroll } from './page-scroll.ts'
import type { Readiness } from './readiness.ts'
import { collectPageShare, collectShareMessage } from './share-message.ts'
import { TabBarState } from './tab-bar-state.ts'

const MAX_PAGES = 10
/** Duration of the transition in the style sheet. */
const TRANSITION_MILLISECONDS = 300
/** A `switchTab` within this time after a touch of a custom tab bar counts as a tap of the tab. */
const TAB_TAP_MILLISECONDS = 1000

export interface PageStackOptions extends PageConfigsSource {
  device: Device
  /** Parent of the pages' layers. */
  parent: HTMLElement
  readiness: Readiness
  /**
   * @param url path of a page or component, with its properties as a query
   * @throws the error of its template
   */
  createRoot: (url: string) => EaselRoot
}

/** The component that draws `tabBar.custom`. */
const TAB_BAR = 'custom-tab-bar/index'

/** The open pages and their life cycle. The last page is visible. */
export class PageStack implements Navigation {
  readonly #options: PageStackOptions
  readonly #configs: PageConfigs
  #pages: Page[] = []
  /** Pages of the tab bar stay alive while another tab is shown. */
  readonly #tabs = new Map<string, Page>()
  readonly tabBar: TabBarState

  constructor(options: PageStackOptions) {
    this.#options = options
    this.#configs = new PageConfigs(options)
    this.tabBar = new TabBarState(() => this.#configs.tabBar)
  }

  get top(): Page | undefined {
    return this.#pages.at(-1)
  }

  /** Whether the top page is one of the tab bar. */
  get isTabPage(): boolean {
    return this.top !== undefined && this.#isTab(this.top.path)
  }

  /** The answer of `getCurrentPages`. */
  get instances(): object[] {
    return this.#pages.map((page) => page.instance)
  }

  navigateTo(url: string, events: unknown = {}): EventChannel {
    const { path, query } = this.#parse(url)
    if (this.#isTab(path)) throw new Error('can not navigateTo a tabbar page')
    if (this.#pages.length >= MAX_PAGES) throw new Error('webview count limit exceed')
    const { opener, opened } = EventChannel.pair(this.#options.device.errors, events)
    this.#hideTop()
    this.#open(path, query, { transition: 'slides', openerEventChannel: opened })
    return opener
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
    // A custom tab bar calls switchTab when a tab is tapped.
    const touchedAt = this.top?.tabBarTouchedAt ?? Number.NEGATIVE_INFINITY
    if (performance.now() - touchedAt < TAB_TAP_MILLISECONDS) this.tapTab(path)
    else this.#switchTab(path)
  }

  #switchTab(path: string): void {
    while (this.#pages.length > 1 || (this.top && !this.#isTab(this.top.path))) this.#closeTop()
    if (this.top?.path !== path) this.#hideTop()
    const known = this.#tabs.get(path)
    this.#pages = known ? [known] : []
    if (known) this.#show()
    else this.#open(path, {})
  }

  /** Handles a tap on the tab bar. Calls onTabItemTap of the tab's page, even if it was visible before. */
  tapTab(path: string): void {
    this.#switchTab(path)
    const list = this.#options.appConfig.tabBar?.list ?? []
    const index = list.findIndex(({ pagePath }) => pagePath === path)
    const text = list[index]?.text ?? ''
    this.#call(this.top, 'onTabItemTap', { index: String(index), pagePath: path, text })
  }

  /** The page that an element is on. */
  pageAround(element: Element): Page | undefined {
    const layer = element.closest('.wx-page-layer')
    return [...this.#pages, ...this.#tabs.values()].find((page) => page.layer === layer)
  }

  changeBar(element: Element, change: Partial<NavigationBarState>): void {
    const page = this.pageAround(element)
    if (!page) return
    page.bar = { ...page.bar, ...change }
    if (page === this.top) this.refreshBar()
  }

  navigateBack(delta: number): void {
    if (this.#pages.length < 2) throw new Error('cannot navigate back at first page.')
    const count = Math.min(Math.max(delta, 1), this.#pages.length - 1)
    for (let left = count; left > 0; left--) this.#closeTop(left === count ? 'slides' : undefined)
    this.#show()
  }

  shareMessage(cause: ShareCause): Promise<ShareMessage> {
    return collectShareMessage(this.top, cause, this.#options.device.errors)
  }

  async shareTimeline(): Promise<ShareMessage> {
    return collectPageShare(this.top, 'onShareTimeline', this.#options.device.errors)
  }

  async addToFavorites(): Promise<ShareMessage> {
    return collectPageShare(this.top, 'onAddToFavorites', this.#options.device.errors)
  }

  get shareMenu(): ShareMenu {
    const { top } = this
    const message = top?.has('onShareAppMessage') === true && !top.hidesShare
    return { message, timeline: message && top?.has('onShareTimeline') === true }
  }

  /** Whether a page of that path can be opened. */
  hasPage(path: string): boolean {
    return this.#options.components[path]?.isPage === true
  }

  enterForeground(): void {
    this.#call(this.top, 'onShow')
    this.top?.notifyComponents('show')
  }

  enterBackground(): void {
    this.#call(this.top, 'onHide')
    this.top?.notifyComponents('hide')
  }

  /** Shows the navigation bar and tab bar of the top page. */
  refreshBar(): void {
    const { top } = this
    if (!top) return
    const { device, appConfig } = this.#options
    const isFirst = this.#pages.length === 1
    const isHome = top.path === appConfig.pages[0] || this.#isTab(top.path)
    top.bar.leftButton = isFirst ? (isHome || top.hidesHome ? 'none' : 'home') : 'back'
    device.navigationBar.show(top.bar)
    const tab = this.#isTab(top.path) ? top.path : undefined
    const isNative = appConfig.tabBar?.custom !== true && !this.tabBar.isHidden
    device.tabBar.show(isNative ? this.tabBar.config : undefined, tab, (path) => this.tapTab(path))
  }

  /** Gives the bars and the windows of all pages the colours of the present theme. */
  showTheme(): void {
    for (const page of new Set([...this.#pages, ...this.#tabs.values()]))
      page.configure(this.#configs.of(page.path))
    this.refreshBar()
  }

  #parse(url: string): { path: string; query: Record<string, string> } {
    const parsed = parseUrl(url, this.top?.path ?? '')
    if (!this.#options.components[parsed.path]?.isPage) throw new Error(`page "${parsed.path}" is not found`)
    return parsed
  }

  #isTab(path: string): boolean {
    return this.#options.appConfig.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false
  }

  #open(
    path: string,
    query: Record<string, string>,
    { transition, openerEventChannel }: { transition?: 'slides'; openerEventChannel?: EventChannel } = {},
  ): void {
    const { parent, device, readiness } = this.#options
    readiness.hold()
    const page = this.#create(path, query, openerEventChannel ?? EventChannel.pair(device.errors, {}).opened)
    if (transition) page.layer.classList.add('wx-page-entering')
    attempt(device.errors, path, () => page.attach())
    new PageScroll(page, device.errors)
    this.#call(page, 'onLoad', query)
    // onLoad may have navigated to another page.
    if (this.top === page) this.#show()
    readiness.release()
    if (this.top !== page) return
    this.#call(page, 'onReady')
    if (transition) {
      parent.getBoundingClientRect()
      page.layer.classList.remove('wx-page-entering')
    }
    setTimeout(() => this.#emitRouteDone(page), transition ? TRANSITION_MILLISECONDS : 0)
  }

  /** Creates a page and pushes it. If its template throws, the page shows the error. */
  #create(path: string, query: Record<string, string>, openerEventChannel: EventChannel): Page {
    const { appConfig, createRoot, parent, device } = this.#options
    const config = this.#configs.of(path)
    const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    let root: EaselRoot
    try {
      root = createRoot(`${path}?${search.join('&')}`)
    } catch (error) {
      device.errors.addThrown(error, path)
      root = brokenRoot(path, [{ file: path, message: messageOf(error) }])
    }
    const page = new Page({ path, query, config, root, openerEventChannel })
    this.#pages.push(page)
    parent.append(page.layer)
    if (!this.#isTab(path)) return page
    this.#tabs.set(path, page)
    if (appConfig.tabBar?.custom === true) {
      attempt(device.errors, TAB_BAR, () => page.attachTabBar(createRoot(TAB_BAR)))
    }
    return page
  }

  #emitRouteDone(page: Page): void {
    if (this.top !== page) return
    this.#call(page, 'onRouteDone')
    page.notifyComponents('routeDone')
  }

  #show(): void {
    const { top } = this
    if (!top) return
    for (const page of [...this.#tabs.values(), ...this.#pages]) {
      page.layer.toggleAttribute('inert', page !== top)
    }
    top.layer.classList.remove('wx-page-hidden')
    top.useRootFontSize()
    this.refreshBar()
    this.#call(top, 'onShow')
    top.notifyComponents('show')
  }

  #hideTop(): void {
    const { top } = this
    if (!top) return
    top.layer.setAttribute('inert', '')
    // Hidden once the new page covers it.
    setTimeout(() => {
      if (this.top !== top) top.layer.classList.add('wx-page-hidden')
    }, TRANSITION_MILLISECONDS)
    this.#call(top, 'onHide')
    top.notifyComponents('hide')
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
