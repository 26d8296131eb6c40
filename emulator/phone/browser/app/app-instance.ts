import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from './attempt.ts'

type Options = Record<string, unknown>

/** What `wx.getLaunchOptionsSync` answers. */
export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: object
}

/** The mini-program's one App, and who else wants to hear of its life. */
export class AppInstance {
  readonly #errors: ErrorLog
  readonly #listeners = new Map<string, Set<(parameter: unknown) => unknown>>()
  /** Without a call of `App()`, an empty one. */
  instance: Options = {}

  constructor(errors: ErrorLog) {
    this.#errors = errors
  }

  /** `App({…})` */
  define(options: Options): void {
    this.instance = options
  }

  /** Calls a life cycle method and those who listen to it by `wx.onApp…`. */
  tell(name: string, parameter?: unknown): void {
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

  /** @param listener absent for all of that name */
  off(name: string, listener?: (parameter: unknown) => unknown): void {
    if (listener) this.#listeners.get(name)?.delete(listener)
    else this.#listeners.delete(name)
  }
}
