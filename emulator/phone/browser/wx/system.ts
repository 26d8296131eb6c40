import type { AppConfig } from '../../program/program.ts'
import type { Device } from '../device/device.ts'
import { fontSizeOf } from '../device/font-size.ts'
import { networkStatus } from '../services/network-status.ts'
import { asynchronous, immediate, type WxApis, type WxContext } from './api.ts'

const NAVIGATION_BAR_HEIGHT = 44
const SDK_VERSION = '3.8.0'
const OLD_SDK_VERSION = '2.20.3'
const WECHAT_VERSION = '8.0.50'
/** Percent. The phone is always plugged in. */
const BATTERY_LEVEL = 100

type Listener = (parameter: unknown) => unknown

/** System information, network status, random values and vibration. */
export function systemApis({ device, app, appConfig }: WxContext): WxApis {
  const all = () => ({
    ...windowInfo(device),
    ...deviceInfo(device),
    ...appBaseInfo(device, appConfig),
    ...systemSetting(device),
    batteryLevel: BATTERY_LEVEL,
  })
  let brightness = 1
  return {
    getSystemInfoSync: all,
    getSystemInfo: immediate('getSystemInfo', all),
    getSystemInfoAsync: asynchronous('getSystemInfoAsync', all),
    getWindowInfo: () => windowInfo(device),
    getDeviceInfo: () => deviceInfo(device),
    getAppBaseInfo: () => appBaseInfo(device, appConfig),
    getSystemSetting: () => systemSetting(device),
    getAppAuthorizeSetting: () => ({
      albumAuthorized: 'authorized',
      bluetoothAuthorized: 'not determined',
      cameraAuthorized: 'not determined',
      locationAuthorized: 'authorized',
      locationReducedAccuracy: false,
      microphoneAuthorized: 'not determined',
      notificationAuthorized: 'authorized',
      phoneCalendarAuthorized: 'not determined',
    }),
    getNetworkType: asynchronous('getNetworkType', () => ({
      networkType: networkStatus(device).networkType,
    })),
    onNetworkStatusChange: (listener: Listener) => app.on('wx.networkStatusChange', listener),
    offNetworkStatusChange: (listener?: Listener) => app.off('wx.networkStatusChange', listener),
    getRandomValues: asynchronous('getRandomValues', (options) => ({
      randomValues: randomBytes(options.number('length', Number.NaN)),
    })),
    getBatteryInfoSync: () => batteryInfo(),
    getBatteryInfo: asynchronous('getBatteryInfo', batteryInfo),
    getScreenBrightness: asynchronous('getScreenBrightness', () => ({ value: brightness })),
    setScreenBrightness: asynchronous('setScreenBrightness', (options) => {
      brightness = Math.min(Math.max(options.number('value', brightness), 0), 1)
      device.dim(brightness)
    }),
    getLocalIPAddress: asynchronous('getLocalIPAddress', () => ({
      localip: '192.168.1.2',
      netmask: '255.255.255.0',
    })),
    getRendererUserAgent: asynchronous('getRendererUserAgent', () => ({ userAgent: navigator.userAgent })),
    checkIsOpenAccessibility: asynchronous('checkIsOpenAccessibility', () => ({ open: false })),
    checkIsAddedToMyMiniProgram: asynchronous('checkIsAddedToMyMiniProgram', () => ({ added: false })),
    vibrateShort: asynchronous('vibrateShort', () => void navigator.vibrate?.(15)),
    vibrateLong: asynchronous('vibrateLong', () => void navigator.vibrate?.(400)),
  }
}

const batteryInfo = () => ({
  level: BATTERY_LEVEL,
  isCharging: true,
  isLowPowerModeEnabled: false,
})

const MAX_RANDOM_BYTES = 1048576
/** Limit of the browser for one call. */
const RANDOM_CHUNK_BYTES = 65536

function randomBytes(length: number): ArrayBuffer {
  if (!Number.isInteger(length) || length < 1 || length > MAX_RANDOM_BYTES) throw new Error('invalid length')
  const bytes = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += RANDOM_CHUNK_BYTES) {
    crypto.getRandomValues(bytes.subarray(offset, offset + RANDOM_CHUNK_BYTES))
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

function systemSetting({ settings }: Device) {
  return {
    bluetoothEnabled: false,
    locationEnabled: true,
    wifiEnabled: !settings.current.offline,
    deviceOrientation: 'portrait',
  }
}

function deviceInfo({ model }: Device) {
  const { name, brand, platform, system } = model
  return {
    model: name,
    brand,
    platform,
    system,
    abi: 'arm64',
    deviceAbi: 'arm64',
    cpuType: 'unknown',
    benchmarkLevel: 40,
    memorySize: '6144',
  }
}

function appBaseInfo({ settings, model }: Device, { darkmode }: AppConfig) {
  const { setting, scaleFactor } = fontSizeOf(model, settings.current.fontStep)
  return {
    SDKVersion: settings.current.oldLibrary ? OLD_SDK_VERSION : SDK_VERSION,
    version: WECHAT_VERSION,
    language: settings.current.language,
    ...(darkmode === true ? { theme: settings.current.theme } : {}),
    fontSizeSetting: setting,
    fontSizeScaleFactor: scaleFactor,
    enableDebug: false,
    host: { appId: '', env: 'WeChat', version: 0 },
  }
}
