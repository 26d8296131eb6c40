import type { WxApis, WxContext } from './api.ts'
import { baseApis } from './base.ts'
import { cloudApis } from './cloud.ts'
import { interfaceApis } from './interface.ts'
import { navigationApis } from './navigation.ts'
import { privacyApis } from './privacy.ts'
import { storageApis } from './storage.ts'
import { systemApis } from './system.ts'

/** Interfaces that base libraries before 2.21 do not have. */
const NEW_APIS = new Set([
  'getAppAuthorizeSetting',
  'getAppBaseInfo',
  'getDeviceInfo',
  'getPrivacySetting',
  'getSystemSetting',
  'getWindowInfo',
  'onNeedPrivacyAuthorization',
  'openPrivacyContract',
  'requirePrivacyAuthorize',
])

/**
 * The mini-program's `wx`. A name that is not among the phone's interfaces gives a function that says so when it is
 * called, so that a gap is never silent.
 */
export function createWx(context: WxContext): WxApis {
  const { cloud, ...apis } = collectApis(context)
  const isAbsent = (name: string) => NEW_APIS.has(name)
  return withGaps('wx', { ...apis, cloud: withGaps('wx.cloud', cloud as WxApis) }, isAbsent)
}

function collectApis(context: WxContext): WxApis {
  const all: WxApis = {
    ...navigationApis(context),
    ...interfaceApis(context),
    ...storageApis(context),
    ...systemApis(context),
    ...privacyApis(context),
    cloud: cloudApis(context),
  }
  const { oldLibrary } = context.device.settings.current
  const apis = Object.fromEntries(Object.entries(all).filter(([name]) => !oldLibrary || !NEW_APIS.has(name)))
  return { ...apis, ...baseApis(context, (name) => isOwn(apis, name)) }
}

function isOwn(apis: WxApis, name: string): boolean {
  let at: unknown = apis
  for (const part of name.split('.').slice(0, 2)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return typeof at === 'function'
    at = (at as WxApis)[part]
  }
  return true
}

function withGaps(prefix: string, apis: WxApis, isAbsent: (name: string) => boolean = () => false): WxApis {
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
    const answersAtOnce = /Sync$|^(create|on|off|get\w+Manager$|[A-Z])|^database$/.test(name)
    if (answersAtOnce) throw error
    const { fail, complete } = (values ?? {}) as Record<string, unknown>
    const refusal = { errMsg: `${name}:fail ${error.message}` }
    for (const callback of [fail, complete]) if (typeof callback === 'function') callback(refusal)
    console.error(error)
    return typeof fail === 'function' || typeof complete === 'function' ? undefined : Promise.reject(refusal)
  }
}
