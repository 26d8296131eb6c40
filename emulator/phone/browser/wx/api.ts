import type { AppConfig } from '../../program/program.ts'
import type { Device } from '../device/device.ts'
import type { AppInstance, Launches } from '../pages/app-instance.ts'
import type { PageStack } from '../pages/page-stack.ts'
import { ApiFailure } from '../services/api-failure.ts'
import type { Permissions } from '../services/permissions.ts'
import type { Privacy } from '../services/privacy.ts'
import { Options } from './options.ts'

/** What the interfaces of `wx` use. */
export interface WxContext {
  device: Device
  pages: PageStack
  app: AppInstance
  privacy: Privacy
  permissions: Permissions
  appName: string
  appConfig: AppConfig
  launches: Launches
  /** `wx.createSelectorQuery`: a query on the page that is on top when it is executed. */
  createSelectorQuery: () => object
}

/** Interfaces by their name after `wx.`. */
export type WxApis = Record<string, unknown>

/**
 * Creates an asynchronous interface of WeChat: it calls `success`, `fail` and `complete`, or without any of them returns
 * a promise. An error that `run` throws is a failure.
 */
export function asynchronous(
  name: string,
  run: (options: Options) => unknown,
): (values?: unknown) => Promise<object> | undefined {
  return (values) => {
    const options = new Options(values)
    const ended = Promise.resolve()
      .then(() => run(options))
      .then((result) => ({ errMsg: `${name}:ok`, ...(typeof result === 'object' ? result : {}) }))
    const [success, fail, complete] = [
      options.callback('success'),
      options.callback('fail'),
      options.callback('complete'),
    ]
    if (!success && !fail && !complete) return ended.catch((error) => Promise.reject(refusal(name, error)))
    // An error that a callback throws is an uncaught error of the mini-program.
    void ended.then(
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

/** An interface that WeChat runs at once: its callbacks are called before the call returns. */
export function immediate(
  name: string,
  run: (options: Options) => object,
): (values?: unknown) => Promise<object> | undefined {
  return (values) => {
    const options = new Options(values)
    const result = { errMsg: `${name}:ok`, ...run(options) }
    const callbacks = [options.callback('success'), options.callback('complete')]
    if (!callbacks.some(Boolean) && !options.has('fail')) return Promise.resolve(result)
    for (const callback of callbacks) callback?.(result)
    return undefined
  }
}

function refusal(name: string, error: unknown): object {
  const message = (error as { message?: unknown } | null)?.message ?? error
  const fields = error instanceof ApiFailure ? error.fields : {}
  // The cloud's own message of a failed call has it already.
  const errMsg = String(message).startsWith(`${name}:fail`) ? String(message) : `${name}:fail ${message}`
  return { errMsg, ...fields }
}
