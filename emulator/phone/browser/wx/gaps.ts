import type { WxApis } from './api.ts'

/**
 * Interfaces of which each name that is not there is a function that says so when it is called.
 * @param prefix of their names in the message
 * @param isAbsent names that are undefined all the same, as in an old base library
 */
export function withGaps(
  prefix: string,
  apis: WxApis,
  isAbsent: (name: string) => boolean = () => false,
): WxApis {
  return new Proxy(apis, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name)
      if (isAbsent(name) || name === 'then' || name === 'toJSON') return undefined
      return missing(`${prefix}.${name}`, name)
    },
  })
}

/** Throws where WeChat answers at once, and rejects where it answers later. */
function missing(fullName: string, name: string): (values?: unknown) => unknown {
  return (values) => {
    const error = new Error(`${fullName} is not implemented by this phone`)
    const answersAtOnce = /Sync$|^(create|on|off|get\w+Manager$|[A-Z])/.test(name)
    // It is told here once: a mini-program that catches it is told all the same.
    console.error(error)
    if (answersAtOnce) throw error
    const { fail, complete } = (values ?? {}) as Record<string, unknown>
    const refusal = { errMsg: `${name}:fail ${error.message}` }
    for (const callback of [fail, complete]) if (typeof callback === 'function') callback(refusal)
    return typeof fail === 'function' || typeof complete === 'function' ? undefined : Promise.reject(refusal)
  }
}
