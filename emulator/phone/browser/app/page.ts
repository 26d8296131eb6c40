import type { WindowConfig } from '../../program.ts'
import type { Navigation as NavigationState } from '../device/navigation-bar.ts'
import { h } from '../dom.ts'
import type { EventChannel } from './event-channel.ts'

/** The mini-program's own page object: `this` in `Page({…})`. */
export interface PageInstance extends Record<string, unknown> {
  route: string
  options: Record<string, string>
}

/** What glass-easel gives for a page. */
export interface EaselRoot {
  get(): PageInstance
  getComponent(): {
    getBackendElement(): unknown
    triggerPageLifetime(name: string, parameters: unknown[]): void
  }
  attach(parent: never, placeholder: never): void
  release(): void
}

let pagesMade = 0

/** One page on the stack, on a layer of its own that scrolls. */
export class Page {
  readonly path: string
  readonly query: Record<string, string>
  readonly config: WindowConfig
  readonly instance: PageInstance
  readonly layer = h('div', { class: 'wx-page-layer' })
  /** What the navigation bar shows while this page is on top. */
  bar: NavigationState
  /** `wx.hideHomeButton` */
  hidesHome = false
  readonly id: number
  /** Its end of what is between it and the page that opened it. */
  readonly openerEventChannel: EventChannel
  /** When the mini-program's own tab bar was last touched, by `performance.now`. */
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
    pagesMade += 1
    this.id = pagesMade
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
    this.layer.style.background = colorOr(config.backgroundColor, '#ffffff')
    this.bar = {
      title: config.navigationBarTitleText ?? '',
      background: colorOr(config.navigationBarBackgroundColor, '#000000'),
      textStyle: config.navigationBarTextStyle === 'black' ? 'black' : 'white',
      leftButton: 'none',
      isCustom: config.navigationStyle === 'custom',
      isLoading: false,
    }
  }

  /** Puts the page's components onto its layer, which must be in the document. */
  attach(): void {
    this.#attach(this.#root)
  }

  /** `this.getTabBar()`: the mini-program's own tab bar on this page. */
  get tabBar(): object | undefined {
    return this.#tabBar?.get()
  }

  /** Puts the mini-program's own tab bar above the page; before `attach`, since the page may ask for it. */
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
    // The page comes first: what lies above it stands behind it.
    if (root === this.#root) this.layer.prepend(placeholder)
    else this.layer.append(placeholder)
    root.attach(this.layer as never, placeholder as never)
  }

  /** Calls a life cycle or handler of the page, if it has that. */
  call(name: string, ...parameters: unknown[]): unknown {
    const method = this.instance[name]
    return typeof method === 'function' ? method.apply(this.instance, parameters) : undefined
  }

  has(name: string): boolean {
    return typeof this.instance[name] === 'function'
  }

  /** Tells the components on the page. */
  tellComponents(lifetime: 'show' | 'hide' | 'routeDone'): void {
    for (const root of [this.#root, this.#tabBar]) root?.getComponent().triggerPageLifetime(lifetime, [])
  }

  release(): void {
    this.#root.release()
    this.#tabBar?.release()
    this.layer.remove()
  }
}

/** Colours of a mini-program's configuration are hexadecimal. */
export function colorOr(color: string | undefined, otherwise: string): string {
  return color !== undefined && /^#[\da-f]{3,8}$/i.test(color) ? color : otherwise
}
