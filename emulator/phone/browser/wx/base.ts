import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** In place of an ext.json: the embedded cloud is every environment, and needs a name all the same. */
const EXT_CONFIG = { cloudEnv: 'local' }

type Listener = (parameter: unknown) => unknown

/**
 * Life of the app, and what can be asked about `wx` itself.
 * @param canUse what `wx.canIUse` answers
 */
export function baseApis({ app, launch }: WxContext, canUse: (schema: string) => boolean): WxApis {
  const events = ['AppShow', 'AppHide', 'Error', 'PageNotFound', 'UnhandledRejection', 'ThemeChange'] as const
  // App({ onShow }) and wx.onAppShow hear of the same.
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
    env: { USER_DATA_PATH: 'http://usr' },
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
    }),
    getExtConfigSync: () => ({ ...EXT_CONFIG }),
    getExtConfig: asynchronous('getExtConfig', () => ({ extConfig: { ...EXT_CONFIG } })),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    getLogManager: logger,
    getRealtimeLogManager: logger,
    getUpdateManager: () => ({
      // There is never another version than the one just built.
      onCheckForUpdate: (listener: (result: { hasUpdate: boolean }) => void) =>
        setTimeout(() => listener({ hasUpdate: false })),
      onUpdateReady: () => {},
      onUpdateFailed: () => {},
      applyUpdate: () => {},
    }),
  }
}
