import type { Device } from '../device/device.ts'
import type { Navigation } from './navigation.ts'
import type { Privacy } from './privacy.ts'

/** What components need of the phone they are drawn on. */
export interface Services {
  device: Device
  navigation: Navigation
  privacy: Privacy
  /** What the mini-program is called in WeChat's own questions. */
  appName: string
}

/** Values of a component's properties, by their names in JavaScript. */
export type Properties = Record<string, unknown>

export interface FireOptions {
  bubbles?: boolean
  composed?: boolean
  /** Hears what each handler gives back. */
  handleListenerReturn?: (answer: unknown) => undefined | false
}

/** One built-in component on a page, as the code that draws it sees it. */
export interface Host<Data extends object = Properties> {
  readonly element: HTMLElement
  readonly data: Readonly<Data>
  /** `id` in the WXML. */
  readonly id: string
  /** Its `data-…`. */
  readonly dataset: Readonly<Record<string, unknown>>
  /** The page or component in whose WXML it stands. */
  readonly owner: { path: string; styleScope: string | undefined }
  readonly services: Services
  set(changes: Partial<Data>): void
  /** Does not bubble unless told to, as most events of WeChat's components. */
  fire(name: string, detail?: unknown, options?: FireOptions): void
  /** A class of the WXSS around it, as it is called in the document. */
  className(name: string): string
}

/** How a component is drawn and what it does. Methods, not functions: each takes the host of its own properties. */
export interface BuiltIn<Data extends object = Properties> {
  /** Names and default values; the default's type is the property's, null for any type. */
  properties: Data
  /** Once, when it comes onto the page. */
  draw?(host: Host<Data>): void
  /** After `draw`, and after each change of a property. */
  update?(host: Host<Data>): void
  /** When it leaves the page. */
  remove?(host: Host<Data>): void
  /** What a tap on it does, after the mini-program heard of the tap. */
  tap?(host: Host<Data>): void
  /** Resolves once a form may ask for its value. */
  settled?(host: Host<Data>): Promise<void> | undefined
  /** What a form submits for it. */
  formValue?(host: Host<Data>): unknown
  /** What a form's reset does to it. */
  reset?(host: Host<Data>): void
}

/** Keeps the properties' types for the methods; to the phone, one component is like another. */
export function builtIn<Data extends object>(definition: BuiltIn<Data>): BuiltIn {
  return definition as unknown as BuiltIn
}
