import type { BuiltIn, FireOptions, Host, Properties, Services } from './host.ts'

/** glass-easel's component behind a built-in, as far as the phone uses it. */
export interface EaselCaller {
  readonly id: string
  readonly dataset: Properties | null
  readonly data: Properties
  setData(changes: Properties): void
  triggerEvent(name: string, detail: unknown, options: FireOptions): void
}

export type Owner = Host['owner']

const mounted = new WeakMap<Element, Mounted>()

/** A built-in component on a page. */
export class Mounted implements Host {
  readonly element: HTMLElement
  readonly builtIn: BuiltIn
  readonly owner: Owner
  readonly services: Services
  readonly #caller: EaselCaller

  constructor(
    element: HTMLElement,
    builtIn: BuiltIn,
    { caller, owner, services }: { caller: EaselCaller; owner: Owner; services: Services },
  ) {
    this.element = element
    this.builtIn = builtIn
    this.owner = owner
    this.services = services
    this.#caller = caller
    mounted.set(element, this)
  }

  get data(): Properties {
    return this.#caller.data
  }

  get id(): string {
    return this.#caller.id
  }

  get dataset(): Properties {
    return this.#caller.dataset ?? {}
  }

  set(changes: Properties): void {
    this.#caller.setData(changes)
  }

  fire(name: string, detail: unknown = {}, options: FireOptions = {}): void {
    this.#caller.triggerEvent(name, detail, options)
  }

  className(name: string): string {
    const { styleScope } = this.owner
    const prefix = styleScope === undefined ? '' : `${styleScope}--`
    return name
      .split(/\s+/)
      .filter((one) => one !== '')
      .map((one) => prefix + one)
      .join(' ')
  }
}

/** The built-in component whose element this is. */
export function mountedAt(element: Element | null | undefined): Mounted | undefined {
  return element ? mounted.get(element) : undefined
}

/** The nearest of these tags around an element, itself included. */
export function mountedAround(element: Element, selector: string): Mounted | undefined {
  return mountedAt(element.closest(selector))
}

/** All of these tags inside an element, in the order of the page. */
export function mountedWithin(element: Element, selector: string): Mounted[] {
  return [...element.querySelectorAll(selector)].flatMap((one) => mountedAt(one) ?? [])
}
