import { asynchronous, type WxApis, type WxContext } from './api.ts'
import { readValue, type StoredValue, storeValue, unstorableType } from './storage-values.ts'

/** WeChat's limit for a mini-program on one phone. */
const LIMIT_KILOBYTES = 10_240
const VALUE_LIMIT_BYTES = 1024 * 1024

/** The mini-program's storage: native values, Dates and JSON. */
export function storageApis({ device: { storage, errors } }: WxContext): WxApis {
  const read = (key: string): { value: unknown } | undefined => {
    const entry = storage.read(key)
    const isStored = typeof entry === 'object' && entry !== null && ('data' in entry || 'type' in entry)
    return isStored ? { value: readValue(entry as StoredValue) } : undefined
  }
  const write = (key: string, value: unknown) => {
    if (key === '') throw new Error('parameter error: parameter.key should be non-empty String')
    const unstorable = unstorableType(value)
    if (unstorable !== undefined) errors.add(`存储 ${key}：${unstorable} 不能存储，留下的是它的 JSON`)
    const stored = storeValue(value)
    const size = new TextEncoder().encode(JSON.stringify(stored.data) ?? '').length
    if (size > VALUE_LIMIT_BYTES) throw new Error('entry size limit reached')
    if (storage.sizeInBytes() + size > LIMIT_KILOBYTES * 1024) throw new Error('exceed storage max size 10Mb')
    storage.write(key, stored)
  }
  const writeAll = (list: unknown) => {
    for (const { key, value } of Array.isArray(list) ? list : []) write(String(key), value)
  }
  const readAll = (keys: unknown) =>
    (Array.isArray(keys) ? keys : []).map((key) => {
      const found = read(String(key))
      return found ? found.value : ''
    })
  const info = () => ({
    keys: storage.keys(),
    currentSize: Math.ceil(storage.sizeInBytes() / 1024),
    limitSize: LIMIT_KILOBYTES,
  })
  return {
    setStorageSync: (key: unknown, data: unknown) => write(String(key ?? ''), data),
    getStorageSync: (key: unknown) => {
      const found = read(String(key))
      return found ? found.value : ''
    },
    removeStorageSync: (key: unknown) => storage.remove(String(key)),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: info,
    batchSetStorageSync: (list: unknown) => writeAll(list),
    batchGetStorageSync: (keys: unknown) => readAll(keys),
    batchSetStorage: asynchronous('batchSetStorage', (options) => writeAll(options.list('kvList'))),
    batchGetStorage: asynchronous('batchGetStorage', (options) => ({
      dataList: readAll(options.list('keyList')),
    })),
    setStorage: asynchronous('setStorage', (options) => write(options.text('key'), options.value('data'))),
    getStorage: asynchronous('getStorage', (options) => {
      const found = read(options.text('key'))
      if (!found) throw new Error('data not found')
      return { data: found.value }
    }),
    removeStorage: asynchronous('removeStorage', (options) => storage.remove(options.text('key'))),
    clearStorage: asynchronous('clearStorage', () => storage.clear()),
    getStorageInfo: asynchronous('getStorageInfo', info),
  }
}
