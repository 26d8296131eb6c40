import type { CallResult } from '../../../control/calls.ts'
import { buttonFault } from '../../../phone/program/modal-buttons.ts'
import type { FunctionCall } from '../phone-calls.ts'
import type { PageStack } from './page-stack.ts'

interface Navigation extends Callbacks<object> {
  url: string
  delta?: number
}

interface Modal extends Callbacks<{ confirm: boolean; cancel: boolean }> {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
}

interface ActionSheet extends Callbacks<{ tapIndex: number }> {
  itemList: string[]
  alertText?: string
}

/** What the mini-program asks above the page. */
export interface Question {
  lines: readonly string[]
  buttons: readonly string[]
  /** @param button its place among the buttons */
  answer(button: number): void
}

export type NetworkListener = (status: { isConnected: boolean }) => void

/** The callbacks of an interface of WeChat's. */
interface Callbacks<Result> {
  success?(result: Result): void
  fail?(error: object): void
  complete?(result?: object): void
}

/**
 * Answers as WeChat does: the callbacks, or a promise without any.
 * @param work gives the result, or throws what `fail` gets
 */
function answering<Result extends object>(
  options: Callbacks<Result> | undefined,
  work: Promise<Result>,
): Promise<Result> | undefined {
  const { success, fail, complete } = options ?? {}
  if (!success && !fail && !complete) return work
  work.then(
    (result) => {
      success?.(result)
      complete?.(result)
    },
    (error: object) => {
      fail?.(error)
      complete?.(error)
    },
  )
  return undefined
}

/** What `wx` does something to, or reads from. */
interface Device {
  readonly stack: PageStack
  readonly storage: Map<string, unknown>
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  readonly toasts: string[]
  /** When the latest was shown, by `performance.now()`. */
  toastShownAt: number
  /** As WeChat is set, such as `en`. */
  readonly language: string
  /** Titles that pages have set, by page. */
  readonly titles: WeakMap<object, string>
  readonly questions: Question[]
  isCloudReady: boolean
  /** Undefined while WeChat refuses the clipboard. */
  clipboard: string | undefined
  send(call: FunctionCall): Promise<CallResult>
  put(cloudPath: string, content: Uint8Array<ArrayBuffer>): Promise<CallResult>
  track<Value>(work: Promise<Value>): Promise<Value>
  afterMoment(act: () => void): void
  addNetworkListener(listener: NetworkListener): void
}

/** `wx`, as far as the mini-program uses it. */
export function createWx(device: Device): Record<string, unknown> {
  return { cloud: cloudOf(device), ...navigationOf(device), ...deviceOf(device), ...filesOf(device) }
}

function cloudOf(device: Device): Record<string, unknown> {
  return {
    init: () => {
      device.isCloudReady = true
    },
    callFunction: ({ success, fail, complete, ...call }: FunctionCall & Callbacks<object>) =>
      answering({ success, fail, complete } as Callbacks<object>, device.track(callFunction(device, call))),
    uploadFile: (file: { cloudPath: string; filePath: string } & Callbacks<object>) =>
      answering(file, device.track(uploadFile(device, file))),
  }
}

function navigationOf(device: Device): Record<string, unknown> {
  const { stack } = device
  /** Not at once: WeChat needs a moment to show a page, and a second call may come in that moment. */
  const navigate = (name: string, navigation: Navigation, act: () => void) => {
    const work = new Promise<object>((resolve, reject) => {
      device.afterMoment(() => {
        try {
          act()
          resolve({ errMsg: `${name}:ok` })
        } catch (error) {
          reject({ errMsg: String(error) })
        }
      })
    })
    return answering(navigation, work)
  }
  return {
    navigateTo: (to: Navigation) => navigate('navigateTo', to, () => stack.navigateTo(to.url)),
    redirectTo: (to: Navigation) => navigate('redirectTo', to, () => stack.redirectTo(to.url)),
    navigateBack: (to: Partial<Navigation> = {}) =>
      navigate('navigateBack', { ...to, url: 'back' }, () => stack.navigateBack(to.delta)),
    reLaunch: (to: Navigation) => navigate('reLaunch', to, () => stack.reLaunch(to.url)),
    switchTab: (to: Navigation) => navigate('switchTab', to, () => stack.switchTab(to.url)),
  }
}

function deviceOf(device: Device): Record<string, unknown> {
  return {
    getStorageSync: (key: string) => device.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void device.storage.set(key, structuredClone(value)),
    removeStorageSync: (key: string) => void device.storage.delete(key),
    onNetworkStatusChange: (listener: NetworkListener) => device.addNetworkListener(listener),
    getAppBaseInfo: () => ({
      SDKVersion: '3.8.0',
      version: '8.0.50',
      language: device.language,
      enableDebug: false,
      host: { env: 'WeChat' },
    }),
    setNavigationBarTitle: ({ title, ...callbacks }: { title: string } & Callbacks<object>) => {
      if (device.stack.top) device.titles.set(device.stack.top.element, title)
      return answering(callbacks, Promise.resolve({ errMsg: 'setNavigationBarTitle:ok' }))
    },
    getDeviceInfo: () => ({ model: 'Pixel 9', platform: 'android' }),
    getRandomValues: ({ length, success }: Callbacks<{ randomValues: ArrayBuffer }> & { length: number }) => {
      const randomValues = globalThis.crypto.getRandomValues(new Uint8Array(length)).buffer
      setTimeout(() => success?.({ randomValues }), 1)
    },
    setClipboardData: ({ data, success, fail }: Callbacks<object> & { data: string }) => {
      if (device.clipboard === undefined) fail?.({ errno: 112, errMsg: 'setClipboardData:fail api scope' })
      else {
        device.clipboard = data
        device.toasts.push('内容已复制')
        device.toastShownAt = performance.now()
        success?.({})
      }
    },
    showToast: ({ title, ...callbacks }: { title: string } & Callbacks<object>) => {
      device.toasts.push(title)
      device.toastShownAt = performance.now()
      return answering(callbacks, Promise.resolve({ errMsg: 'showToast:ok' }))
    },
    showModal: (modal: Modal & Callbacks<object>) => {
      const fault = buttonFault(modal)
      if (fault !== undefined)
        return answering<object>(modal, Promise.reject({ errMsg: `showModal:fail ${fault}` }))
      return answering(modal, ask(device, questionOf(modal)))
    },
    showActionSheet: (sheet: ActionSheet) => answering(sheet, ask(device, choiceOf(sheet))),
    stopPullDownRefresh: () => {},
  }
}

function filesOf({ files }: Device): Record<string, unknown> {
  return {
    getImageInfo: ({ src, success, fail }: Callbacks<{ type: string }> & { src: string }) => {
      const content = files.get(src)
      if (content) success?.({ type: imageTypeOf(content) })
      else fail?.({ errMsg: 'getImageInfo:fail file not found' })
    },
    getFileSystemManager: () => ({
      getFileInfo: ({ filePath, success, fail }: Callbacks<{ size: number }> & { filePath: string }) => {
        const content = files.get(filePath)
        if (content) success?.({ size: content.length })
        else fail?.({ errMsg: 'getFileInfo:fail no such file' })
      },
    }),
  }
}

/** An interface of the cloud before `wx.cloud.init`. */
function requireInit(device: Device, api: string): void {
  if (device.isCloudReady) return
  throw {
    errCode: -601034,
    errMsg: `${api}:fail Cloud API isn’t enabled, please call wx.cloud.init first`,
  }
}

async function callFunction(device: Device, call: FunctionCall): Promise<object> {
  requireInit(device, 'cloud.callFunction')
  const { result, errCode, errMsg, requestID = '' } = await device.send(call)
  if (errMsg !== undefined) throw { errCode, errMsg }
  return { result, errMsg: 'cloud.callFunction:ok', requestID }
}

async function uploadFile(
  device: Device,
  { cloudPath, filePath }: { cloudPath: string; filePath: string },
): Promise<object> {
  requireInit(device, 'cloud.uploadFile')
  const content = device.files.get(filePath)
  if (!content) throw { errCode: -401002, errMsg: 'cloud.uploadFile:fail file not found' }
  const { result, errCode, errMsg } = await device.put(cloudPath, content)
  if (errMsg !== undefined) throw { errCode, errMsg }
  const { fileID } = result as { fileID: string }
  return { fileID, statusCode: 200, errMsg: 'cloud.uploadFile:ok' }
}

/** A question without its answer's way. */
interface Asked<Result> extends Pick<Question, 'lines' | 'buttons'> {
  /** @throws what `fail` gets */
  resultOf(button: number): Result
}

/** Asks above the page. @returns the result, once somebody has answered */
function ask<Result>(device: Device, { lines, buttons, resultOf }: Asked<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const answer = (button: number) => {
      try {
        resolve(resultOf(button))
      } catch (error) {
        reject(error)
      }
    }
    device.questions.push({ lines, buttons, answer })
  })
}

function questionOf({
  title = '',
  content = '',
  showCancel = true,
  cancelText = '取消',
  confirmText = '确定',
}: Modal): Asked<{ confirm: boolean; cancel: boolean; errMsg: string }> {
  const buttons = [...(showCancel ? [cancelText] : []), confirmText]
  const resultOf = (button: number) => {
    const confirm = button === buttons.length - 1
    return { confirm, cancel: !confirm, errMsg: 'showModal:ok' }
  }
  return { lines: [title, content], buttons, resultOf }
}

function choiceOf({ itemList, alertText = '' }: ActionSheet): Asked<{ tapIndex: number; errMsg: string }> {
  const resultOf = (tapIndex: number) => {
    if (tapIndex === itemList.length) throw { errMsg: 'showActionSheet:fail cancel' }
    return { tapIndex, errMsg: 'showActionSheet:ok' }
  }
  return { lines: [alertText], buttons: [...itemList, '取消'], resultOf }
}

/** As WeChat calls it, by the first bytes. */
function imageTypeOf(content: Uint8Array): string {
  const start = Buffer.from(content.subarray(0, 4)).toString('hex')
  const types: Record<string, string> = { ffd8ffe0: 'jpeg', '89504e47': 'png', '47494638': 'gif' }
  return types[start] ?? 'unknown'
}
