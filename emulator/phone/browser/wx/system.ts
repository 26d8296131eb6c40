import { networkStatus } from '../app/network-status.ts'
import type { Device } from '../device/device.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'

const NAVIGATION_BAR_HEIGHT = 44
const SDK_VERSION = '3.8.0'
const OLD_SDK_VERSION = '2.20.3'
const WECHAT_VERSION = '8.0.50'

type Listener = (parameter: unknown) => unknown

/** What the mini-program may know of the phone, and what it can do with it. */
export function systemApis({ device, app }: WxContext): WxApis {
  const all = () => ({ ...windowInfo(device), ...deviceInfo(device), ...appBaseInfo(device) })
  return {
    getSystemInfoSync: all,
    getSystemInfo: asynchronous('getSystemInfo', all),
    getSystemInfoAsync: asynchronous('getSystemInfoAsync', all),
    getWindowInfo: () => windowInfo(device),
    getDeviceInfo: () => deviceInfo(device),
    getAppBaseInfo: () => appBaseInfo(device),
    getSystemSetting: () => ({
      bluetoothEnabled: false,
      locationEnabled: false,
      wifiEnabled: !device.settings.current.offline,
      deviceOrientation: 'portrait',
    }),
    getAppAuthorizeSetting: () => ({
      albumAuthorized: 'authorized',
      cameraAuthorized: 'not determined',
      locationAuthorized: 'not determined',
      notificationAuthorized: 'not determined',
    }),
    getNetworkType: asynchronous('getNetworkType', () => ({
      networkType: networkStatus(device).networkType,
    })),
    onNetworkStatusChange: (listener: Listener) => app.on('wx.networkStatusChange', listener),
    offNetworkStatusChange: (listener?: Listener) => app.off('wx.networkStatusChange', listener),
    getRandomValues: asynchronous('getRandomValues', (options) => ({
      randomValues: randomBytes(options.number('length', Number.NaN)),
    })),
    setClipboardData: asynchronous('setClipboardData', async (options) => {
      await writeClipboard(options.text('data'))
      device.toast.show('toast', {
        title: '内容已复制',
        icon: 'success',
        mask: false,
        durationMilliseconds: 1500,
      })
    }),
    vibrateShort: asynchronous('vibrateShort', () => void navigator.vibrate?.(15)),
    vibrateLong: asynchronous('vibrateLong', () => void navigator.vibrate?.(400)),
  }
}

const MOST_RANDOM_BYTES = 1048576
/** As many as the browser gives at once. */
const RANDOM_CHUNK_BYTES = 65536

function randomBytes(length: number): ArrayBuffer {
  if (!Number.isInteger(length) || length < 1 || length > MOST_RANDOM_BYTES) throw new Error('invalid length')
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += RANDOM_CHUNK_BYTES) {
    crypto.getRandomValues(bytes.subarray(at, at + RANDOM_CHUNK_BYTES))
  }
  return bytes.buffer
}

function windowInfo({ model }: Device) {
  const { width, height, statusBarHeight, safeAreaBottom, pixelRatio } = model
  const bottom = height - safeAreaBottom
  return {
    pixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: document.documentElement.clientWidth,
    windowHeight: document.documentElement.clientHeight,
    statusBarHeight,
    screenTop: statusBarHeight + NAVIGATION_BAR_HEIGHT,
    safeArea: {
      left: 0,
      right: width,
      top: statusBarHeight,
      bottom,
      width,
      height: bottom - statusBarHeight,
    },
  }
}

function deviceInfo({ model }: Device) {
  const { name, brand, platform, system } = model
  return { model: name, brand, platform, system, abi: 'arm64', benchmarkLevel: 40, memorySize: '6144' }
}

function appBaseInfo({ settings }: Device) {
  return {
    SDKVersion: settings.current.oldLibrary ? OLD_SDK_VERSION : SDK_VERSION,
    version: WECHAT_VERSION,
    language: 'zh_CN',
    theme: 'light',
    fontSizeSetting: 16,
    enableDebug: false,
    host: { appId: '', env: 'WeChat', version: 0 },
  }
}

/** Not allowed in every frame; the phone then keeps the text to itself. */
async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    sessionStorage.setItem('phone/clipboard', text)
  }
}
