import type { ApiReplacement } from '../phone.ts'

// These run in the window of the screen, where `wx` is, and use nothing from around them.

interface WxWindow {
  wx: Record<string, unknown> & {
    getStorageSync(key: string): unknown
    setStorageSync(key: string, value: unknown): void
    getStorageInfoSync(): { keys: string[] }
    getClipboardData(): Promise<{ data: string }>
  }
  /** Interfaces as they are without their replacements. */
  __kitApis?: Map<string, unknown>
}

/** The value of a key, or all by key. */
export function readStorage(key: string | undefined): unknown {
  const { wx } = globalThis as unknown as WxWindow
  if (key === undefined) {
    const { keys } = wx.getStorageInfoSync()
    return Object.fromEntries(keys.map((name) => [name, wx.getStorageSync(name)]))
  }
  const value = wx.getStorageSync(key)
  return value === '' ? undefined : value
}

export function writeStorage({ key, value }: { key: string; value: unknown }): void {
  ;(globalThis as unknown as WxWindow).wx.setStorageSync(key, value)
}

export async function readClipboard(): Promise<string> {
  return (await (globalThis as unknown as WxWindow).wx.getClipboardData()).data
}

/** As `replacedApi` of the simulator does, whose text cannot be sent to the browser. */
export function replaceWxApi({ name, replacement }: { name: string; replacement: ApiReplacement }): void {
  const kit = globalThis as unknown as WxWindow
  kit.__kitApis ??= new Map()
  if (!kit.__kitApis.has(name)) kit.__kitApis.set(name, kit.wx[name])
  if (replacement === 'absent') {
    kit.wx[name] = undefined
    return
  }
  kit.wx[name] = (options: Record<string, ((result: object) => void) | undefined> = {}) => {
    if ('throws' in replacement) throw new Error(replacement.throws)
    const isSuccess = 'success' in replacement
    const result = isSuccess ? replacement.success : replacement.fail
    const { success, fail, complete } = options
    if (!success && !fail && !complete) return isSuccess ? Promise.resolve(result) : Promise.reject(result)
    if (isSuccess) success?.(result)
    else fail?.(result)
    complete?.(result)
    return undefined
  }
}

export function restoreWxApi(name: string): void {
  const { wx, __kitApis: kept } = globalThis as unknown as WxWindow
  if (kept?.has(name)) wx[name] = kept.get(name)
  kept?.delete(name)
}
