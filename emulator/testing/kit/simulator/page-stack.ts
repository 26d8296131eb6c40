import { giveBackPlace, type OpenPage, renderPage, takePlace } from './page-simulator.ts'
import type { ProgramModules } from './program-modules.ts'

/** WeChat opens no further page above this many. */
const MOST_PAGES = 10

/** The pages of one phone, as WeChat keeps them: those above one another, and the tabs that live on behind. */
export class PageStack {
  readonly pages: OpenPage[] = []
  /** Routes in the tab bar; set before the launch. */
  tabs: readonly string[] = []
  readonly #root: string
  readonly #modules: ProgramModules
  readonly #openTabs = new Map<string, OpenPage>()
  #place: number | undefined

  constructor(root: string, modules: ProgramModules) {
    this.#root = root
    this.#modules = modules
  }

  get top(): OpenPage | undefined {
    return this.pages.at(-1)
  }

  /** @throws Error as WeChat words it */
  navigateTo(url: string): void {
    if (this.#isTab(url)) throw new Error('can not navigateTo a tabbar page')
    if (this.pages.length >= MOST_PAGES) throw new Error('webview count limit exceed')
    this.openAbove(url)
  }

  /** @throws Error as WeChat words it */
  redirectTo(url: string): void {
    if (this.#isTab(url)) throw new Error('can not redirectTo a tabbar page')
    this.#close()
    this.open(url)
  }

  /** @throws Error as WeChat words it */
  navigateBack(delta = 1): void {
    if (this.pages.length < 2) throw new Error('cannot navigate back at first page.')
    for (let closed = 1; closed < delta && this.pages.length > 2; closed++) this.#close()
    this.back()
  }

  reLaunch(url: string): void {
    this.closeAll()
    this.open(url)
  }

  /** @throws Error as WeChat words it */
  switchTab(url: string): void {
    if (!this.#isTab(url)) throw new Error('can not switch to no-tabBar page')
    this.showTab(routeOf(url))
  }

  showTab(route: string): void {
    const { pages } = this
    while (pages.length > 1 || (pages[0] && !this.#isTab(String(pages[0].instance.route)))) this.#close()
    if (pages[0]?.instance.route !== route) this.#callTop('onHide')
    pages.length = 0
    const known = this.#openTabs.get(route)
    if (known) pages.push(known)
    if (known) this.#callTop('onShow')
    else this.open(`/${route}`)
  }

  openAbove(url: string): void {
    this.#callTop('onHide')
    this.open(url)
  }

  back(): void {
    this.#close()
    this.#callTop('onShow')
  }

  open(url: string): void {
    const [path = '', query = ''] = url.split('?')
    const route = path.replace(/^\//, '')
    // The simulator runs the page's modules in the course of the next line.
    Object.assign(globalThis, { runOnPhone: (module: string) => this.#modules.run(module) })
    this.#place ??= takePlace()
    const page = renderPage(this.#root, route, this.#place)
    const options = optionsOf(query)
    Object.assign(page.instance, { route, options })
    this.pages.push(page)
    if (this.#isTab(url)) this.#openTabs.set(route, page)
    callLifecycle(page, 'onLoad', options)
    callLifecycle(page, 'onShow')
    callLifecycle(page, 'onReady')
  }

  closeAll(): void {
    while (this.pages.length > 0) this.#close()
    for (const page of this.#openTabs.values()) this.#unload(page)
  }

  /** Closes all pages; other phones may use what the simulator keeps of them. */
  release(): void {
    this.closeAll()
    if (this.#place !== undefined) giveBackPlace(this.#place)
    this.#place = undefined
  }

  #isTab(url: string): boolean {
    return this.tabs.includes(routeOf(url))
  }

  #callTop(name: string): void {
    if (this.top) callLifecycle(this.top, name)
  }

  #close(): void {
    const page = this.pages.pop()
    if (page) this.#unload(page)
  }

  #unload(page: OpenPage): void {
    this.#openTabs.delete(String(page.instance.route))
    callLifecycle(page, 'onUnload')
    page.remove()
  }
}

export function callLifecycle({ instance }: OpenPage, name: string, ...values: unknown[]): void {
  const handler = instance[name]
  if (typeof handler === 'function') handler.apply(instance, values)
}

/** A page's options as WeChat gives them: each value as it is in the address, still encoded. */
export function optionsOf(query: string): Record<string, string> {
  const pairs = query.split('&').filter((pair) => pair !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')]
    }),
  )
}

function routeOf(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\//, '')
}
