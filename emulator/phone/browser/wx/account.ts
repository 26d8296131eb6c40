import { userInfo } from '../services/user-info.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { subscriptionsSetting } from './subscribe.ts'

/** How long a tap counts as the user's wish. */
const TAP_MILLISECONDS = 5000

/** The user's WeChat account: login, profile and what the user has allowed. */
export function accountApis({ device, permissions }: WxContext): WxApis {
  let tappedAt = Number.NEGATIVE_INFINITY
  for (const event of ['pointerup', 'click', 'keydown']) {
    document.addEventListener(event, () => (tappedAt = performance.now()), { capture: true, passive: true })
  }
  return {
    login: asynchronous('login', async () => {
      const { code } = await device.control.loginCode(device.identity.openid)
      return { code }
    }),
    checkSession: asynchronous('checkSession', () => undefined),
    getUserInfo: asynchronous('getUserInfo', (options) => userInfo(options.flag('withCredentials', true))),
    getUserProfile: asynchronous('getUserProfile', (options) => {
      if (options.text('desc') === '') throw new Error('parameter error: parameter.desc should be String')
      if (performance.now() - tappedAt > TAP_MILLISECONDS) {
        throw new Error('can only be invoked by user TAP gesture.')
      }
      return userInfo(true)
    }),
    getSetting: asynchronous('getSetting', (options) => ({
      authSetting: permissions.current,
      ...(options.flag('withSubscriptions', false)
        ? { subscriptionsSetting: subscriptionsSetting(device) }
        : {}),
    })),
    openSetting: asynchronous('openSetting', async () => ({ authSetting: await permissions.openSettings() })),
    authorize: asynchronous('authorize', async (options) => {
      const scope = options.text('scope')
      await permissions.require(scope)
    }),
    authorizeForMiniProgram: asynchronous('authorizeForMiniProgram', (options) =>
      permissions.require(options.text('scope')),
    ),
    openAppAuthorizeSetting: asynchronous('openAppAuthorizeSetting', () => undefined),
  }
}
