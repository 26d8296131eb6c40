import type { WxApis, WxContext } from './api.ts'
import { baseApis } from './base.ts'
import { canIUse } from './can-i-use.ts'
import { cloudApis } from './cloud.ts'
import { fileApis } from './files.ts'
import { withGaps } from './gaps.ts'
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
    ...fileApis(context),
    ...systemApis(context),
    ...privacyApis(context),
    cloud: cloudApis(context),
  }
  const { oldLibrary } = context.device.settings.current
  const apis = Object.fromEntries(Object.entries(all).filter(([name]) => !oldLibrary || !NEW_APIS.has(name)))
  const whole: WxApis = { ...apis, ...baseApis(context, (schema) => canIUse(whole, schema)) }
  return whole
}
