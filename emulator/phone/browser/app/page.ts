import type { WindowConfig } from '../../program.ts'
import type { Navigation as NavigationState } from '../device/navigation-bar.ts'
import { h } from '../dom.ts'

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
  readonly #root: EaselRoot

  constructor(path: string, query: Record<string, string>, config: WindowConfig, root: EaselRoot) {
    this.path = path
    this.query = query
    this.config = config
    this.#root = root
    this.instance = root.get()
    this.instance.route = path
    this.instance.options = query
    const element = root.getComponent().getBackendElement() as HTMLElement
    element.setAttribute('is', path)
    const placeholder = h('i')
    this.layer.append(placeholder)
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
    const placeholder = this.layer.firstElementChild
    this.#root.attach(this.layer as never, placeholder as never)
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
  tellComponents(lifetime: 'show' | 'hide'): void {
    this.#root.getComponent().triggerPageLifetime(lifetime, [])
  }

  release(): void {
    this.#root.release()
    this.layer.remove()
  }
}

/** Colours of a mini-program's configuration are hexadecimal. */
export function colorOr(color: string | undefined, otherwise: string): string {
  return color !== undefined && /^#[\da-f]{3,8}$/i.test(color) ? color : otherwise
}
