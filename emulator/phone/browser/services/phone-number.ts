import type { Device } from '../device/device.ts'
import { isNetworkFailure } from '../device/network-failure.ts'
import type { PhoneMode } from '../device/tester-settings.ts'
import { showPhoneNumberSheet, type Verdict } from '../device/wechat-sheets.ts'
import { ApiFailure } from './api-failure.ts'
import type { Services } from './services.ts'

const REFUSALS: Readonly<Partial<Record<PhoneMode, readonly [string, number]>>> = {
  'out-of-quota': ['jsapi has no quota', 1400001],
  'no-permission': ['no permission', 102],
}

export interface PhoneRequest {
  realtime: boolean
  /** Whether WeChat shows a toast when no quota is left. */
  quotaToast: boolean
}

/**
 * Handles a tap on the phone-number button.
 * @returns the detail of its event: a code, or the error
 */
export async function requestPhoneNumber(services: Services, request: PhoneRequest): Promise<object> {
  const api = request.realtime ? 'getRealtimePhoneNumber' : 'getPhoneNumber'
  try {
    await services.privacy.requireConsent(api)
    const code = await obtainCode(services, request)
    return { errMsg: `${api}:ok`, ...code }
  } catch (error) {
    if (error instanceof ApiFailure) return { errMsg: `${api}:fail ${error.message}`, ...error.fields }
    if (isNetworkFailure(error)) return { errMsg: `${api}:fail network error: ${error.message}` }
    throw error
  }
}

async function obtainCode(services: Services, { realtime, quotaToast }: PhoneRequest): Promise<object> {
  const { device, appName } = services
  const { phone, oldLibrary } = device.settings.current
  const refusal = REFUSALS[phone]
  if (refusal) {
    const [message, errno] = refusal
    if (errno === 1400001 && quotaToast) showQuotaToast(device)
    throw new ApiFailure(message, { errno })
  }
  const verdict = await promptUser(device, appName, realtime)
  if (verdict === 'cancel') throw new ApiFailure('cancel to confirm login', { errno: 104 })
  if (verdict === 'deny') throw new ApiFailure('user deny', { errno: 103 })
  const { code, cloudID } = await device.control.phoneCode(device.identity.openid, realtime)
  // Base libraries before 2.21.2 give no code, and their encrypted data needs a session key.
  const proof = oldLibrary ? { encryptedData: 'AAAA', iv: 'AAAA' } : { code }
  return realtime ? proof : { ...proof, cloudID }
}

async function promptUser(device: Device, appName: string, realtime: boolean): Promise<Verdict> {
  const { phone } = device.settings.current
  if (phone === 'allow' || phone === 'deny') return phone
  const maskedNumber = await device.control.maskedNumber(device.identity.openid)
  return showPhoneNumberSheet(device.overlay, { appName, maskedNumber, realtime })
}

function showQuotaToast(device: Device): void {
  const title = '该功能使用次数已达当前小程序上限，暂时无法使用'
  device.toast.show('toast', { title, icon: 'none', mask: false, durationMilliseconds: 2000 })
}
