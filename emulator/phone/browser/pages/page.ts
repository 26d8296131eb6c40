import type { WindowConfig } from '../../program/program.ts'
import { h } from '../base/dom.ts'
import type { NavigationBarState } from '../device/navigation-bar.ts'
import type { EventChannel } from './event-channel.ts'

/** The page object of the mini-program: `this` in `Page({…})`. */
export interface PageInstance extends Record<string, unknown> {
  route: string
  options: Record<string, string>
}

/** glass-easel's root of a page or component. */
export interface EaselRoot {
  get(): PageInstance
  getComponent(): {
    getBackendElement(): unknown
    triggerPageLifetime(name: string, parameters: unknown[]): void
  }
  attach(parent: never, placeholder: never): void
  release(): void
}

let lastPageId = 0

/** A page on the stack, in its own scrolling layer. */
export class Page {
  readonly path: string
  readonly query: Record<string, string>
  config: WindowConfig
  readonly instance: PageInstance
  readonly layer = h('div', { class: 'wx-page-layer' })
  /** The navigation bar while this page is on top. */
  bar: NavigationBarState
  /** `wx.hideHomeButton` */
  hidesHome = false
  /** `wx.hideShareMenu` */
  hidesShare = false
  /** `wx.showShareMenu({ withShareTicket: true })` */
  sharesTicket = false
  readonly id: number
  /** Channel to the page that opened this one. */
  readonly openerEventChannel: EventChannel
  /** When the custom tab bar was last touched, by `performance.now`. */
  tabBarTouchedAt = Number.NEGATIVE_INFINITY
  readonly #root: EaselRoot
  #tabBar: EaselRoot | undefined

  constructor(options: {
    path: string
    query: Record<string, string>
    config: WindowConfig
    root: EaselRoot
    openerEventChannel: EventChannel
  }) {
    const { path, query, config, root } = options
    lastPageId += 1
    this.id = lastPageId
    this.path = path
    this.query = query
    this.config = config
    this.openerEventChannel = options.openerEventChannel
    this.#root = root
    this.instance = root.get()
    this.instance.route = path
    this.instance.options = query
    const element = root.getComponent().getBackendElement() as HTMLElement
    element.setAttribute('is', path)
    this.layer.style.background = windowColor(config)
    this.bar = {
      title: config.navigationBarTitleText ?? '',
      ...barColors(config),
      leftButton: 'none',
      isCustom: config.navigationStyle === 'custom',
      isLoading: false,
    }
  }

  /** Takes the colours of another theme, except those that the mini-program has set since. */
  configure(config: WindowConfig): void {
    const before = barColors(this.config)
    const now = barColors(config)
    const hasOwnColors = Object.entries(before).some(
      ([name, value]) => this.bar[name as keyof typeof before] !== value,
    )
    if (!hasOwnColors) this.bar = { ...this.bar, ...now }
    this.layer.style.background = windowColor(config)
    this.config = config
  }

  /** All pages are in one document: the page on top has the `root-font-size` of its `page-meta`. */
  useRootFontSize(): void {
    document.documentElement.style.fontSize = this.layer.dataset['rootFontSize'] ?? ''
  }

  /** Attaches the page's components to its layer, which must be in the document. */
  attach(): void {
    this.#attach(this.#root)
  }

  /** `this.getTabBar()`: the custom tab bar of this page. */
  get tabBar(): object | undefined {
    return this.#tabBar?.get()
  }

  /** Adds the custom tab bar. Called before `attach`, since the page may call `getTabBar`. */
  attachTabBar(root: EaselRoot): void {
    this.#tabBar = root
    this.#attach(root)
    const element = root.getComponent().getBackendElement() as HTMLElement
    for (const start of ['pointerdown', 'touchstart', 'keydown']) {
      const note = () => {
        this.tabBarTouchedAt = performance.now()
      }
      element.addEventListener(start, note, { capture: true, passive: true })
    }
  }

  #attach(root: EaselRoot): void {
    const placeholder = h('i')
    // The page comes first in the document, so the tab bar is drawn above it.
    if (root === this.#root) this.layer.prepend(placeholder)
    else this.layer.append(placeholder)
    root.attach(this.layer as never, placeholder as never)
  }

  /** Calls a life cycle method or handler of the page, if it has one of that name. */
  call(name: string, ...parameters: unknown[]): unknown {
    const method = this.instance[name]
    return typeof method === 'function' ? method.apply(this.instance, parameters) : undefined
  }

  has(name: string): boolean {
    return typeof this.instance[name] === 'function'
  }

  /** Triggers a page lifetime of all components on the page. */
  notifyComponents(lifetime: 'show' | 'hide' | 'routeDone'): void {
    for (const root of [this.#root, this.#tabBar]) root?.getComponent().triggerPageLifetime(lifetime, [])
  }

  release(): void {
    this.#root.release()
    this.#tabBar?.release()
    this.layer.remove()
  }
}

const windowColor = ({ backgroundColor }: WindowConfig) => colorOr(backgroundColor, '#ffffff')

const barColors = (config: WindowConfig): Pick<NavigationBarState, 'background' | 'textStyle'> => ({
  background: colorOr(config.navigationBarBackgroundColor, '#000000'),
  textStyle: config.navigationBarTextStyle === 'black' ? 'black' : 'white',
})

/** A hexadecimal colour of the mini-program's configuration, or another one if it is no such colour. */
export function colorOr(color: string | undefined, otherwise: string): string {
  return color !== undefined && /^#[\da-f]{3,8}$/i.test(color) ? color : otherwise
}
