import type { Services } from '../services/services.ts'
import type { BuiltIn, FireOptions, Host, Properties } from './host.ts'

/** The part of glass-easel's component that the phone uses. */
export interface EaselCaller {
  readonly id: string
  readonly dataset: Properties | null
  readonly data: Properties
  setData(changes: Properties): void
  triggerEvent(name: string, detail: unknown, options: FireOptions): void
  /** glass-easel's element. */
  readonly _$: { setNodeStyle(css: string, segment: number): void }
}

/** The last segment of an element's style in glass-easel; the first is that of the WXML. */
const OWN_STYLE_SEGMENT = 3

export type Owner = Host['owner']

const instances = new WeakMap<Element, ComponentInstance>()

/** A built-in component on a page. */
export class ComponentInstance implements Host {
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
    instances.set(element, this)
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

  readonly style = (css: string): void => {
    this.#caller._$.setNodeStyle(css, OWN_STYLE_SEGMENT)
  }

  fire(name: string, detail: unknown = {}, options: FireOptions = {}): void {
    this.#caller.triggerEvent(name, detail, options)
  }

  /** An arrow, so that it can be taken from the host by itself. */
  readonly className = (name: string): string => {
    const { styleScope } = this.owner
    const prefix = styleScope === undefined ? '' : `${styleScope}--`
    return name
      .split(/\s+/)
      .filter((part) => part !== '')
      .map((part) => prefix + part)
      .join(' ')
  }
}

/** The built-in component of an element. */
export function instanceAt(element: Element | null | undefined): ComponentInstance | undefined {
  return element ? instances.get(element) : undefined
}

/** The nearest built-in component that matches a selector: of the element itself or around it. */
export function instanceAround(element: Element, selector: string): ComponentInstance | undefined {
  return instanceAt(element.closest(selector))
}

/** All built-in components inside an element that match a selector, in document order. */
export function instancesWithin(element: Element, selector: string): ComponentInstance[] {
  return [...element.querySelectorAll(selector)].flatMap((found) => instanceAt(found) ?? [])
}
