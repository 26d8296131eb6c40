import { isListener, OLD_NAMES, WECHAT_NAMES } from '../../../phone/browser/wx/names.ts'
import { EXT_CONFIG } from '../../../phone/program/ext-config.ts'
import { ClientFiles } from '../../client-files.ts'
import type { TestCloud } from '../../test-cloud.ts'
import { clientDatabase } from './client-database.ts'
import type { SimulatedDevice } from './simulated-device.ts'

interface Callbacks {
  success?(result: object): void
  fail?(error: object): void
  complete?(result: object): void
}

type Api = (options?: Callbacks & Record<string, unknown>) => unknown

/** Interfaces that succeed and change nothing that a test of pages sees. */
const WITHOUT_EFFECT =
  'hideLoading hideToast showNavigationBarLoading hideNavigationBarLoading setNavigationBarColor setBackgroundColor setBackgroundTextStyle setTabBarBadge removeTabBarBadge showTabBarRedDot hideTabBarRedDot pageScrollTo hideKeyboard vibrateShort vibrateLong showShareMenu hideShareMenu hideHomeButton reportEvent startPullDownRefresh'.split(
    ' ',
  )

const SYSTEM = {
  brand: 'Google',
  model: 'Pixel 9',
  platform: 'android',
  system: 'Android 15',
  language: 'zh_CN',
  version: '8.0.50',
  SDKVersion: '3.8.0',
  pixelRatio: 3,
  windowWidth: 390,
  windowHeight: 700,
  screenWidth: 390,
  screenHeight: 844,
  statusBarHeight: 44,
  safeArea: { left: 0, top: 44, right: 390, bottom: 810, width: 390, height: 766 },
}

/** What other mini-programs use of `wx`. An interface of WeChat's that is not there throws by its name. */
export function moreWx(device: SimulatedDevice, cloud: TestCloud, openid: string): Record<string, unknown> {
  const { storage } = device
  const system = () => ({ ...SYSTEM, language: device.language })
  const apis: Record<string, Api | ((value: never) => unknown)> = {
    ...Object.fromEntries(WITHOUT_EFFECT.map((name) => [name, asynchronous(name, () => ({}))])),
    showLoading: asynchronous('showLoading', () => ({})),
    getStorage: asynchronous('getStorage', ({ key }) => {
      if (!storage.has(String(key))) throw { errMsg: 'getStorage:fail data not found' }
      return { data: structuredClone(storage.get(String(key))) }
    }),
    setStorage: asynchronous('setStorage', ({ key, data }) => {
      storage.set(String(key), structuredClone(data))
      return {}
    }),
    removeStorage: asynchronous('removeStorage', ({ key }) => {
      storage.delete(String(key))
      return {}
    }),
    clearStorage: asynchronous('clearStorage', () => {
      storage.clear()
      return {}
    }),
    clearStorageSync: () => storage.clear(),
    getSystemInfo: asynchronous('getSystemInfo', system),
    getSystemInfoAsync: asynchronous('getSystemInfoAsync', system),
    getSystemInfoSync: system,
    getWindowInfo: () => SYSTEM,
    getLaunchOptionsSync: () => device.launchOptions,
    getEnterOptionsSync: () => device.launchOptions,
    getAccountInfoSync: () => ({ miniProgram: { appId: '', envVersion: 'develop', version: '' } }),
    getExtConfigSync: () => ({ ...EXT_CONFIG }),
    getExtConfig: asynchronous('getExtConfig', () => ({ extConfig: { ...EXT_CONFIG } })),
    getNetworkType: asynchronous('getNetworkType', () => ({
      networkType: device.isConnected ? 'wifi' : 'none',
    })),
    getMenuButtonBoundingClientRect: () => ({
      left: 296,
      top: 50,
      right: 383,
      bottom: 82,
      width: 87,
      height: 32,
    }),
    login: asynchronous('login', () => device.track(cloud.control.post('login-code', { openid }))),
    getUpdateManager: () => ({
      onCheckForUpdate: () => {},
      onUpdateReady: () => {},
      onUpdateFailed: () => {},
      applyUpdate: () => {},
    }),
    nextTick: (run: () => void) => queueMicrotask(run),
    canIUse: () => true,
  }
  return { ...absentApis(device, apis), ...apis }
}

/** As WeChat answers: later, by callbacks or a promise. */
function asynchronous(
  name: string,
  act: (options: Record<string, unknown>) => object | Promise<object>,
): Api {
  return (options = {}) => {
    const work = Promise.resolve().then(async () => ({ ...(await act(options)), errMsg: `${name}:ok` }))
    if (!options.success && !options.fail && !options.complete) return work
    work.then(
      (result) => {
        options.success?.(result)
        options.complete?.(result)
      },
      (error: object) => {
        options.fail?.(error)
        options.complete?.(error)
      },
    )
    return undefined
  }
}

/** What `wx.cloud` has besides functions and uploads. */
export function moreCloud(
  device: SimulatedDevice,
  cloud: TestCloud,
  openid: string,
): Record<string, unknown> {
  const files = new ClientFiles(cloud, openid)
  const absent = ['downloadFile', 'CloudID', 'callContainer', 'Cloud']
  return {
    ...Object.fromEntries(absent.map((name) => [name, () => device.reportMissing(`wx.cloud.${name}`)])),
    database: clientDatabase(device, cloud, openid),
    getTempFileURL: asynchronous('cloud.getTempFileURL', ({ fileList }) =>
      device.track(files.urls(...(fileList as unknown[]))),
    ),
    deleteFile: asynchronous('cloud.deleteFile', ({ fileList }) =>
      device.track(files.delete(...(fileList as unknown[]))),
    ),
  }
}

function absentApis(device: SimulatedDevice, known: object): Record<string, unknown> {
  const names = [...WECHAT_NAMES, ...OLD_NAMES].filter((name) => !(name in known))
  return Object.fromEntries(
    names.map((name) => [name, isListener(name) ? () => {} : () => device.reportMissing(`wx.${name}`)]),
  )
}
