// These run in the window of the screen, where `wx` is, and use nothing from around them.

interface WxWindow {
  wx: Record<string, unknown> & {
    getStorageSync(key: string): unknown
    setStorageSync(key: string, value: unknown): void
    getStorageInfoSync(): { keys: string[] }
    getClipboardData(): Promise<{ data: string }>
  }
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
