import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from '../pages/attempt.ts'
import type { Readiness, ReadyComponent } from '../pages/readiness.ts'
import { animate, clearAnimation } from './animation.ts'
import type { FindAll, IntersectionOptions } from './intersection.ts'
import { PhoneIntersectionObserver } from './intersection.ts'
import { PhoneMediaQueryObserver } from './media-query.ts'
import { SelectorQuery } from './selector-query.ts'

/** A page or component of the mini-program: `this` in its methods. `_$` is glass-easel's component. */
export interface Instance {
  readonly is: string
  readonly _$: EaselElement &
    ReadyComponent & { getShadowRoot(): { querySelectorAll(selector: string): EaselElement[] } | null }
}

interface EaselElement {
  readonly id: string
  readonly dataset: unknown
  getBackendElement(): unknown
}

/** The page that an instance is on. */
export interface PageParts {
  readonly tabBar: object | undefined
  readonly openerEventChannel: object
  readonly id: number
}

/** `this.renderer`: the other one is Skyline, which the phone does not have. */
const RENDERER = 'webview'

const findAllIn = ({ _$ }: Instance): FindAll => {
  return (selector) =>
    (_$.getShadowRoot()?.querySelectorAll(selector) ?? []).flatMap((node) => {
      const element = node.getBackendElement()
      return element instanceof Element ? [{ element, id: node.id, dataset: node.dataset }] : []
    })
}

/**
 * Methods of every page and component that glass-easel's adapter does not have.
 * @param pageOf finds the page that an element is on
 */
export function instanceBehavior(
  errors: ErrorLog,
  readiness: Readiness,
  pageOf: (element: Element) => PageParts | undefined,
) {
  const pageAround = (instance: Instance) => {
    const element = instance._$.getBackendElement()
    return element instanceof Element ? pageOf(element) : undefined
  }
  const elementsOf = (instance: Instance, selector: string) =>
    findAllIn(instance)(selector).map(({ element }) => element)
  return {
    lifetimes: {
      created(this: Instance) {
        Object.assign(this, { renderer: RENDERER })
      },
      attached(this: Instance) {
        readiness.add(this._$)
      },
      detached(this: Instance) {
        readiness.remove(this._$)
      },
    },
    methods: {
      animate(this: Instance, selector: string, frames: object[], duration: number, then?: unknown) {
        if (typeof then === 'object') {
          errors.add(`${this.is} animate: 这台手机没有实现滚动驱动的动画（timeline）`)
          return
        }
        const done = () => {
          if (typeof then === 'function') attempt(errors, `${this.is} animate`, () => then.call(this))
        }
        animate(elementsOf(this, selector), frames as Record<string, unknown>[], Number(duration) || 0, done)
      },
      clearAnimation(this: Instance, selector: string, options?: unknown, then?: unknown) {
        clearAnimation(elementsOf(this, selector))
        const done = typeof options === 'function' ? options : then
        if (typeof done === 'function') attempt(errors, `${this.is} clearAnimation`, () => done.call(this))
      },
      createIntersectionObserver(this: Instance, options?: IntersectionOptions) {
        return new PhoneIntersectionObserver(
          findAllIn(this),
          (text) => errors.note(`${this.is} ${text}`),
          options,
        )
      },
      createSelectorQuery(this: Instance) {
        return new SelectorQuery(
          () => this as never,
          (error) => errors.addThrown(error, `${this.is} SelectorQuery`),
        )
      },
      createMediaQueryObserver: () => new PhoneMediaQueryObserver(),
      getOpenerEventChannel(this: Instance) {
        return pageAround(this)?.openerEventChannel
      },
      getPageId(this: Instance) {
        return `pageId:${pageAround(this)?.id ?? 0}`
      },
      getTabBar(this: Instance, then?: unknown) {
        const tabBar = pageAround(this)?.tabBar
        if (typeof then === 'function') attempt(errors, `${this.is} getTabBar`, () => then(tabBar))
        return tabBar
      },
      ...Object.fromEntries(UNIMPLEMENTED.map((name) => [name, unimplemented(name, errors)])),
    },
  }
}

/** Methods of WeChat's instances that the phone does not have. */
const UNIMPLEMENTED = [
  'applyAnimatedStyle',
  'applyAnimation',
  'clearAnimatedStyle',
  'getAppBar',
  'setUpdatePerformanceListener',
  'setPassiveEvent',
] as const

function unimplemented(name: string, errors: ErrorLog) {
  return function (this: Instance) {
    errors.note(`提示 ${this.is}：这台手机没有实现 this.${name}()`)
  }
}
