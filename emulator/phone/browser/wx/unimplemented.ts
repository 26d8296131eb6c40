import type { ErrorLog } from '../device/error-log.ts'
import type { WxApis } from './api.ts'

/** Names that are no functions, but hold some. */
const OBJECTS = new Set(['router'])

/**
 * Adds a function for each missing name: it fails with the name and is reported.
 * @param prefix of the names in the message
 * @param isAbsent names that stay undefined: WeChat does not have them either, or not in an old base library
 */
export function withUnimplemented(
  prefix: string,
  apis: WxApis,
  errors: ErrorLog,
  isAbsent: (name: string) => boolean = () => false,
): WxApis {
  return new Proxy(apis, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name)
      if (isAbsent(name) || name === 'then' || name === 'toJSON') return undefined
      if (OBJECTS.has(name)) return unimplementedObject(`${prefix}.${name}`, errors)
      return unimplemented(`${prefix}.${name}`, name, errors)
    },
  })
}

/** Throws if WeChat's interface is synchronous, gives an object whose methods fail, or fails itself. */
function unimplemented(fullName: string, name: string, errors: ErrorLog): (values?: unknown) => unknown {
  if (/^(create|get\w+Manager$|get\w+Adapter$)/.test(name)) return () => unimplementedObject(fullName, errors)
  return (values) => {
    if (!/Sync$|^[A-Z]/.test(name)) return fail(fullName, name, { errors, values })
    const error = new Error(messageOf(fullName))
    // Reported here, since the mini-program may catch the error.
    console.error(error)
    throw error
  }
}

/**
 * What a factory such as `wx.createRewardedVideoAd` gives: the page that makes it runs. Any method but a listener's fails
 * by name, which the listeners of `onError` hear of.
 */
export function unimplementedObject(fullName: string, errors: ErrorLog, members: WxApis = {}): WxApis {
  const isAbsent = (name: string) => !/^[a-z]+[A-Za-z]*$/.test(name)
  const listeners: unknown[] = []
  return new Proxy(members, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name)
      if (isAbsent(name) || name === 'then' || name === 'toJSON') return undefined
      if (name === 'onError') return (listener: unknown) => void listeners.push(listener)
      if (/^(on|off)[A-Z]/.test(name)) return () => undefined
      return (values?: unknown) => {
        const member = `${fullName}().${name}`
        for (const listener of listeners) {
          if (typeof listener === 'function')
            setTimeout(() => listener({ errCode: -1, errMsg: messageOf(member) }))
        }
        return fail(member, name, { errors, values })
      }
    },
  })
}

const messageOf = (fullName: string) => `${fullName} is not implemented by this phone`

/** Fails as WeChat's interfaces do, by callback or promise: that is the mini-program's to handle, so it is a note. */
function fail(
  fullName: string,
  name: string,
  { errors, values }: { errors: ErrorLog; values: unknown },
): Promise<never> | undefined {
  errors.noteCall(messageOf(fullName))
  const callbacks = (values ?? {}) as Record<string, unknown>
  const refusal = { errMsg: `${name}:fail ${messageOf(fullName)}` }
  for (const callback of [callbacks['fail'], callbacks['complete']]) {
    if (typeof callback === 'function') callback(refusal)
  }
  const hasCallback = ['success', 'fail', 'complete'].some((key) => typeof callbacks[key] === 'function')
  return hasCallback ? undefined : Promise.reject(refusal)
}
