import { Component, type Element as EaselElement } from 'glass-easel'
import { elementOf } from './event-object.ts'

type EaselComponent = Parameters<typeof Component.getMethod>[0]
type Style = string | Readonly<Record<string, unknown>>

/** Segments of an element's style and classes in glass-easel: the WXML's, and one that WXS changes. */
const WXML_SEGMENT = 0
const WXS_SEGMENT = 1

const states = new WeakMap<EaselElement, object>()
const descriptors = new WeakMap<EaselElement, ComponentDescriptor>()

/**
 * An element as WXS sees it: `ownerInstance`, `event.instance` and what `selectComponent` gives.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
 */
export class ComponentDescriptor {
  readonly #element: EaselElement

  private constructor(element: EaselElement) {
    this.#element = element
  }

  /** The descriptor of an element: always the same one. */
  static of(node: unknown): ComponentDescriptor {
    const element = elementOf(node)
    const known = descriptors.get(element)
    if (known) return known
    const descriptor = new ComponentDescriptor(element)
    descriptors.set(element, descriptor)
    return descriptor
  }

  selectComponent(selector: string): ComponentDescriptor | null {
    return this.selectAllComponents(selector)[0] ?? null
  }

  selectAllComponents(selector: string): ComponentDescriptor[] {
    const element = this.#element
    const shadowRoot = isMiniProgramComponent(element) ? element.getShadowRoot() : undefined
    if (shadowRoot)
      return shadowRoot.querySelectorAll(String(selector)).map((found) => ComponentDescriptor.of(found))
    const box = boxOf(element)
    const around = element.ownerShadowRoot?.querySelectorAll(String(selector)) ?? []
    return around
      .filter((found) => box && found !== element && box.contains(boxOf(found) ?? null))
      .map((found) => ComponentDescriptor.of(found))
  }

  /** The component whose WXML contains the element. */
  selectOwnerComponent(): ComponentDescriptor | null {
    const host = this.#element.ownerShadowRoot?.getHostNode()
    return host ? ComponentDescriptor.of(host) : null
  }

  /** Takes precedence over the style of the WXML. @param style text, or values by CSS name */
  setStyle(style: Style): this {
    this.#element.setNodeStyle(styleText(style), WXS_SEGMENT)
    return this
  }

  addClass(names: string): this {
    return this.#toggle(names, true)
  }

  removeClass(names: string): this {
    return this.#toggle(names, false)
  }

  toggleClass(names: string, force?: boolean): this {
    return this.#toggle(names, force ?? !this.hasClass(names))
  }

  hasClass(name: string): boolean {
    const box = boxOf(this.#element)
    return [...(box?.classList ?? [])].some((own) => own === name || own.endsWith(`--${name}`))
  }

  getDataset(): Record<string, unknown> {
    return this.#element.dataset ?? {}
  }

  /** An object that belongs to the element, for values that WXS keeps. */
  getState(): object {
    const state = states.get(this.#element) ?? {}
    states.set(this.#element, state)
    return state
  }

  /** Calls a method of the page or component. @param value its only parameter */
  callMethod(name: string, value?: unknown): void {
    const component = this.#element as unknown as EaselComponent
    const caller = component.getMethodCaller() as unknown as Record<string, unknown>
    const method = Component.getMethod(component, name) ?? caller[name]
    if (typeof method !== 'function') throw new Error(`callMethod：没有方法 ${name}`)
    method.call(caller, value)
  }

  triggerEvent(name: string, detail?: unknown, options?: object): void {
    this.#element.triggerEvent(name, detail ?? {}, options)
  }

  requestAnimationFrame(call: () => void): void {
    requestAnimationFrame(() => call())
  }

  setTimeout(call: () => void, milliseconds?: number): number {
    return window.setTimeout(call, milliseconds)
  }

  clearTimeout(id: number): void {
    window.clearTimeout(id)
  }

  getBoundingClientRect(): Record<string, number> {
    const { left, top, right, bottom, width, height } = boxOf(this.#element)?.getBoundingClientRect() ?? {
      ...new DOMRect(),
    }
    return { left, top, right, bottom, width, height } as Record<string, number>
  }

  /** @param names CSS names, such as `width` or `max-width` */
  getComputedStyle(names: readonly string[] = []): Record<string, string> {
    const box = boxOf(this.#element)
    const style = box && getComputedStyle(box)
    return Object.fromEntries(names.map((name) => [name, style?.getPropertyValue(hyphenated(name)) ?? '']))
  }

  #toggle(names: string, isWanted: boolean): this {
    for (const name of names.split(/\s+/).filter((part) => part !== '')) {
      this.#element.toggleNodeClass(name, isWanted, WXS_SEGMENT)
      if (!isWanted) this.#element.toggleNodeClass(name, false, WXML_SEGMENT)
    }
    return this
  }
}

function isMiniProgramComponent(element: EaselElement): element is EaselElement & EaselComponent {
  return Component.isComponent(element) && !element.is.startsWith('wx/')
}

function boxOf(element: EaselElement): HTMLElement | undefined {
  const box = element.$$ as unknown
  return box instanceof HTMLElement ? box : undefined
}

function styleText(style: Style): string {
  if (typeof style === 'string') return style
  return Object.entries(style ?? {})
    .map(([name, value]) => `${hyphenated(name)}:${String(value)}`)
    .join(';')
}

const hyphenated = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
