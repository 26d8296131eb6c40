import type { WxModule, WxPhone } from '../../program/wx-module.ts'
import { ApiFailure } from '../services/api-failure.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { requireAnswer } from './cloud-failure.ts'

const RETURNS_ITS_RESULT = /Sync$|^(create|on|off)[A-Z]|^get\w+Manager$/

/**
 * The interfaces that a project implements itself.
 * @param originals the phone's own interfaces
 */
export function projectApis(module: WxModule, originals: WxApis, { device }: WxContext): WxApis {
  const { openid, device: name } = device.identity
  const callFunction: WxPhone['callFunction'] = async (functionName, data = {}) => {
    const { result } = await requireAnswer(device.control.callFunction(functionName, openid, data, {}))
    return result
  }
  const implement = (api: string, run: WxModule[string]) => {
    const original = originals[api]
    const phone: WxPhone = {
      openid,
      device: name,
      callFunction,
      ...(typeof original === 'function' ? { original: (options) => original(options) } : {}),
    }
    const call = (options: unknown) => run(options as Record<string, unknown>, phone)
    if (RETURNS_ITS_RESULT.test(api)) return call
    return (options?: unknown) => asynchronous(api, () => withFields(() => call(options ?? {})))(options)
  }
  const functions = Object.entries(module).filter(([, run]) => typeof run === 'function')
  return Object.fromEntries(functions.map(([api, run]) => [api, implement(api, run)]))
}

/** The fields of a thrown error, such as `errno`, stand beside `errMsg`. */
async function withFields(run: () => unknown): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    const { message, errMsg, ...fields } = { ...(error as object), message: (error as Error).message } as {
      message?: unknown
      errMsg?: unknown
    }
    const text = String(message ?? errMsg ?? error).replace(/^\w+:fail /, '')
    throw new ApiFailure(text, fields as Record<string, unknown>)
  }
}
