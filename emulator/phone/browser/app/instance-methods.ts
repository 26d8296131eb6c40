import type { ErrorLog } from '../device/error-log.ts'
import { animate, clearAnimation } from './animation.ts'
import { attempt } from './attempt.ts'
import type { FindAll, IntersectionOptions } from './intersection.ts'
import { PhoneIntersectionObserver } from './intersection.ts'
import { PhoneMediaQueryObserver } from './media-query.ts'
import type { Readiness, ReadyComponent } from './readiness.ts'

/** A page or component of the mini-program: `this` in its methods, with glass-easel's own behind `_$`. */
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

/** What the page around an instance gives to it. */
export interface PageParts {
  readonly tabBar: object | undefined
  readonly openerEventChannel: object
  readonly id: number
}

export const findAllIn = ({ _$ }: Instance): FindAll => {
  return (selector) =>
    (_$.getShadowRoot()?.querySelectorAll(selector) ?? []).flatMap((node) => {
      const element = node.getBackendElement()
      return element instanceof Element ? [{ element, id: node.id, dataset: node.dataset }] : []
    })
}

/**
 * What every page and component has besides what glass-easel's adapter gives it.
 * @param pageOf the page that an element is on
 */
export function instanceBehavior(
  errors: ErrorLog,
  readiness: Readiness,
  pageOf: (element: Element) => PageParts | undefined,
) {
  const partsOf = (instance: Instance) => {
    const element = instance._$.getBackendElement()
    return element instanceof Element ? pageOf(element) : undefined
  }
  const elementsOf = (instance: Instance, selector: string) =>
    findAllIn(instance)(selector).map(({ element }) => element)
  return {
    lifetimes: {
      attached(this: Instance) {
        readiness.attached(this._$)
      },
      detached(this: Instance) {
        readiness.detached(this._$)
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
        return new PhoneIntersectionObserver(findAllIn(this), options)
      },
      createMediaQueryObserver: () => new PhoneMediaQueryObserver(),
      getOpenerEventChannel(this: Instance) {
        return partsOf(this)?.openerEventChannel
      },
      getPageId(this: Instance) {
        return `pageId:${partsOf(this)?.id ?? 0}`
      },
      getTabBar(this: Instance, then?: unknown) {
        const tabBar = partsOf(this)?.tabBar
        if (typeof then === 'function') attempt(errors, `${this.is} getTabBar`, () => then(tabBar))
        return tabBar
      },
      ...Object.fromEntries(MISSING.map((name) => [name, missing(name)])),
    },
  }
}

/** Of WeChat's instances, what the phone has not. */
const MISSING = ['applyAnimation', 'getAppBar', 'setUpdatePerformanceListener', 'setPassiveEvent'] as const

function missing(name: string) {
  return function (this: Instance) {
    console.error(new Error(`${this.is}: this.${name} is not implemented by this phone`))
  }
}
