import type { AppConfig } from '../../program.ts'
import { ApiFailure } from '../app/api-failure.ts'
import type { AppInstance, LaunchOptions } from '../app/app-instance.ts'
import type { PageStack } from '../app/page-stack.ts'
import type { Privacy } from '../app/privacy.ts'
import type { Device } from '../device/device.ts'

/** What the interfaces of `wx` work on. */
export interface WxContext {
  device: Device
  pages: PageStack
  app: AppInstance
  privacy: Privacy
  appName: string
  appConfig: AppConfig
  launch: LaunchOptions
}

/** Interfaces by their names behind `wx.`. */
export type WxApis = Record<string, unknown>

/** What a mini-program hands to an interface: anything, so each value is read with care. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: unknown) {
    this.#values = typeof values === 'object' && values !== null ? { ...values } : {}
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  value(name: string): unknown {
    return this.#values[name]
  }

  text(name: string, otherwise = ''): string {
    const value = this.#values[name]
    return value === undefined || value === null ? otherwise : String(value)
  }

  number(name: string, otherwise: number): number {
    const value = Number(this.#values[name] ?? otherwise)
    return Number.isFinite(value) ? value : otherwise
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values[name]
    return value === undefined ? otherwise : value === true
  }

  list(name: string): unknown[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value : []
  }

  /** A callback of the mini-program, if it handed in one. */
  callback(name: 'success' | 'fail' | 'complete'): ((result: unknown) => void) | undefined {
    const value = this.#values[name]
    return typeof value === 'function' ? (result) => value(result) : undefined
  }
}

/**
 * An interface as WeChat has them: tells how it ended by `success`, `fail` and `complete`, or without any of them by
 * a promise. What `run` throws is a refusal.
 */
export function asynchronous(
  name: string,
  run: (options: Options) => unknown,
): (values?: unknown) => Promise<object> | undefined {
  return (values) => {
    const options = new Options(values)
    const end = Promise.resolve()
      .then(() => run(options))
      .then((result) => ({ errMsg: `${name}:ok`, ...(typeof result === 'object' ? result : {}) }))
    const [success, fail, complete] = [
      options.callback('success'),
      options.callback('fail'),
      options.callback('complete'),
    ]
    if (!success && !fail && !complete) return end.catch((error) => Promise.reject(refusal(name, error)))
    // What the callbacks throw goes on to the window, as an error of the mini-program.
    void end.then(
      (result) => {
        success?.(result)
        complete?.(result)
      },
      (error) => {
        const refused = refusal(name, error)
        fail?.(refused)
        complete?.(refused)
      },
    )
    return undefined
  }
}

function refusal(name: string, error: unknown): object {
  const message = (error as { message?: unknown } | null)?.message ?? error
  const fields = error instanceof ApiFailure ? error.fields : {}
  return { errMsg: `${name}:fail ${message}`, ...fields }
}
