import { asynchronous, type WxApis, type WxContext } from './api.ts'

/** As WeChat allows a mini-program on one phone. */
const LIMIT_KILOBYTES = 10_240
const VALUE_LIMIT_BYTES = 1024 * 1024

/** What the mini-program keeps on the phone: values that survive JSON, under keys of its own. */
export function storageApis({ device: { storage } }: WxContext): WxApis {
  const read = (key: string) => {
    const entry = storage.read(key)
    return typeof entry === 'object' && entry !== null && 'data' in entry ? entry.data : undefined
  }
  const write = (key: string, data: unknown) => {
    if (key === '') throw new Error('parameter error: parameter.key should be non-empty String')
    const size = new TextEncoder().encode(JSON.stringify(data) ?? '').length
    if (size > VALUE_LIMIT_BYTES) throw new Error('entry size limit reached')
    if (storage.sizeInBytes() + size > LIMIT_KILOBYTES * 1024) throw new Error('exceed storage max size 10Mb')
    storage.write(key, { data })
  }
  const info = () => ({
    keys: storage.keys(),
    currentSize: Math.ceil(storage.sizeInBytes() / 1024),
    limitSize: LIMIT_KILOBYTES,
  })
  return {
    setStorageSync: (key: unknown, data: unknown) => write(String(key ?? ''), data),
    getStorageSync: (key: unknown) => read(String(key)) ?? '',
    removeStorageSync: (key: unknown) => storage.remove(String(key)),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: info,
    setStorage: asynchronous('setStorage', (options) => write(options.text('key'), options.value('data'))),
    getStorage: asynchronous('getStorage', (options) => {
      const data = read(options.text('key'))
      if (data === undefined) throw new Error('data not found')
      return { data }
    }),
    removeStorage: asynchronous('removeStorage', (options) => storage.remove(options.text('key'))),
    clearStorage: asynchronous('clearStorage', () => storage.clear()),
    getStorageInfo: asynchronous('getStorageInfo', info),
  }
}
