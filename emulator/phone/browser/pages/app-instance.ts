import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from './attempt.ts'

type Options = Record<string, unknown>

/** The answer of `wx.getLaunchOptionsSync`. */
export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: object
  /** WeChat's name of the shared chat; absent unless the mini-program was opened from one. */
  shareTicket?: string
  forwardMaterials?: object[]
  chatType?: number
  apiCategory?: string
}

/** How the mini-program was started, and how the user came to it last. */
export interface Launches {
  readonly first: LaunchOptions
  latest: LaunchOptions
}

/** The mini-program's App, and the listeners to its life cycle. */
export class AppInstance {
  readonly #errors: ErrorLog
  readonly #listeners = new Map<string, Set<(parameter: unknown) => unknown>>()
  /** Empty until the mini-program calls `App()`: always the same object, which `getApp()` gives. */
  readonly instance: Options = {}

  constructor(errors: ErrorLog) {
    this.#errors = errors
  }

  /** `App({…})`: its fields replace those that were set on the default implementation (`getApp({ allowDefault })`). */
  define(options: unknown): void {
    if (typeof options !== 'object' || options === null) return
    Object.defineProperties(this.instance, fieldsOf(options))
  }

  /** Calls a life cycle method of the App and the listeners of `wx.onApp…`. */
  emit(name: string, parameter?: unknown): void {
    const method = this.instance[name]
    if (typeof method === 'function') {
      attempt(this.#errors, `App ${name}`, () => method.call(this.instance, parameter))
    }
    for (const listener of this.#listeners.get(name) ?? []) {
      attempt(this.#errors, `App ${name}`, () => listener(parameter))
    }
  }

  on(name: string, listener: (parameter: unknown) => unknown): void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
  }

  /** @param listener absent to remove all listeners of that name */
  off(name: string, listener?: (parameter: unknown) => unknown): void {
    if (listener) this.#listeners.get(name)?.delete(listener)
    else this.#listeners.delete(name)
  }
}

/** Fields of an object and of its classes. */
function fieldsOf(options: object): PropertyDescriptorMap {
  const prototype: unknown = Object.getPrototypeOf(options)
  const inherited = prototype === null || prototype === Object.prototype ? {} : fieldsOf(prototype as object)
  const { constructor: _, ...fields } = Object.getOwnPropertyDescriptors(options) as PropertyDescriptorMap
  return { ...inherited, ...fields }
}
