import type { Services } from '../services/services.ts'

/** Values of a component's properties, by their JavaScript names. */
export type Properties = Record<string, unknown>

export interface FireOptions {
  bubbles?: boolean
  composed?: boolean
  /** Called with the answer of each handler. */
  handleListenerReturn?: (answer: unknown) => undefined | false
}

/** A built-in component on a page, for the code that draws it. */
export interface Host<Data extends object = Properties> {
  readonly element: HTMLElement
  readonly data: Readonly<Data>
  /** `id` in the WXML. */
  readonly id: string
  /** The `data-…` attributes. */
  readonly dataset: Readonly<Record<string, unknown>>
  /** The page or component whose WXML contains it. */
  readonly owner: {
    path: string
    styleScope: string | undefined
    /** glass-easel's components whose WXML contains it, from the inner to the outer; the last is the page. */
    hosts: () => readonly object[]
  }
  readonly services: Services
  set(changes: Partial<Data>): void
  /** Sets CSS of the component's own, which takes precedence over the style in the WXML. */
  style(css: string): void
  /** Fires an event. By default it does not bubble, like most events of WeChat's components. */
  fire(name: string, detail?: unknown, options?: FireOptions): void
  /** The name in the document of a class of the owner's WXSS. */
  className(name: string): string
}

/** The definition of a built-in component. The members are methods, so that each may take a host of its own properties. */
export interface BuiltIn<Data extends object = Properties> {
  /** Names and default values. The type of a property is that of its default value; null means any type. */
  properties: Data
  /** Called once, when the component is added to the page. */
  draw?(host: Host<Data>): void
  /** Called after `draw` and after each change of a property. */
  update?(host: Host<Data>): void
  /** Called when the component is removed from the page. */
  remove?(host: Host<Data>): void
  /** Called after the mini-program's handlers of a tap on it. */
  tap?(host: Host<Data>): void
  /** Resolves once a form may read its value. */
  settled?(host: Host<Data>): Promise<void> | undefined
  /** The value that a form submits. */
  formValue?(host: Host<Data>): unknown
  /** What a query for its `node` gives, such as the canvas to draw on. */
  node?(host: Host<Data>): unknown
  /** What a query for its `context` gives. */
  context?(host: Host<Data>): unknown
  /** Called when the form is reset. */
  reset?(host: Host<Data>): void
}

/** Checks the types of a definition's properties, and drops them: the phone treats all components alike. */
export function builtIn<Data extends object>(definition: BuiltIn<Data>): BuiltIn {
  return definition as unknown as BuiltIn
}
