import { EXT_CONFIG } from '../../program/ext-config.ts'
import { USER_ROOT } from '../device/user-files.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

const NO_SKYLINE = { isSupported: false, version: '', reason: 'client not supported' }

type Listener = (parameter: unknown) => unknown

/**
 * Life cycle of the app, and interfaces about `wx` itself.
 * @param canUse implements `wx.canIUse`
 */
export function baseApis({ app, launches }: WxContext, canUse: (schema: string) => boolean): WxApis {
  const events = ['AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'ThemeChange'] as const
  // App({ onShow }) and wx.onAppShow receive the same event.
  const nameOf = (event: string) => `on${event.replace(/^App/, '')}`
  const listeners = events.flatMap((event) => [
    [`on${event}`, (listener: Listener) => app.on(nameOf(event), listener)],
    [`off${event}`, (listener?: Listener) => app.off(nameOf(event), listener)],
  ])
  const log = (level: 'debug' | 'info' | 'warn') => ({
    [level]: (...values: unknown[]) => console[level](...values),
  })
  const logger = () => ({ ...log('debug'), ...log('info'), ...log('warn'), log: console.log.bind(console) })
  return {
    ...Object.fromEntries(listeners),
    canIUse: (schema: unknown) => canUse(String(schema)),
    env: { USER_DATA_PATH: USER_ROOT },
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    }),
    getExtConfigSync: () => ({ ...EXT_CONFIG }),
    getExtConfig: asynchronous('getExtConfig', () => ({ extConfig: { ...EXT_CONFIG } })),
    getLaunchOptionsSync: () => launches.first,
    getEnterOptionsSync: () => launches.latest,
    getApiCategory: () => 'default',
    getSkylineInfoSync: () => ({ ...NO_SKYLINE }),
    getSkylineInfo: asynchronous('getSkylineInfo', () => ({ ...NO_SKYLINE })),
    getLogManager: logger,
    getRealtimeLogManager: logger,
    getUpdateManager: () => ({
      // There is no other version than the one that was built.
      onCheckForUpdate: (listener: (result: { hasUpdate: boolean }) => void) =>
        setTimeout(() => listener({ hasUpdate: false })),
      onUpdateReady: () => {},
      onUpdateFailed: () => {},
      applyUpdate: () => {},
    }),
  }
}
