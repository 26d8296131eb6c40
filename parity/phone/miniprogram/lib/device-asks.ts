import type { Answer } from './answer'
import { describe, outcome } from './answer'

const MARK = 'parity-mark'
/** More than WeChat's 1 MB for one key. */
const TOO_LARGE = 1024 * 1024 + 1

/** `wx.getRandomValues` with any length, also one that the typings refuse. */
function random(options: object): Promise<Answer> {
  const ask = wx.getRandomValues as unknown as (options: object) => Promise<{ randomValues: ArrayBuffer }>
  return new Promise((resolve) => {
    const settle = (promise: Promise<{ randomValues: ArrayBuffer }>) =>
      promise.then(
        (result) => resolve({ ok: describe(result), bytes: result.randomValues.byteLength }),
        (error) => resolve({ fail: describe(error) }),
      )
    try {
      void settle(Promise.resolve(ask(options)))
    } catch (error) {
      resolve({ thrown: describe(error) })
    }
  })
}

/** How a value comes back from the storage. */
function stored(value: unknown): string {
  try {
    wx.setStorageSync('parity-value', value)
    const back: unknown = wx.getStorageSync('parity-value')
    wx.removeStorageSync('parity-value')
    if (back instanceof Date) return 'Date'
    return back === null ? 'null' : `${typeof back} ${JSON.stringify(back) ?? ''}`.trim()
  } catch {
    return 'thrown'
  }
}

function privacySetting(): Promise<Answer> {
  return new Promise((resolve) => {
    wx.getPrivacySetting({
      success: (result) => resolve({ ok: describe(result), needed: result.needAuthorization }),
      fail: (error) => resolve({ fail: describe(error) }),
    })
  })
}

function requirePrivacy(): Promise<Answer> {
  return new Promise((resolve) => {
    wx.requirePrivacyAuthorize({
      success: (result) => resolve({ ok: describe(result) }),
      fail: (error) => resolve({ fail: describe(error) }),
    })
  })
}

/** Questions about the device, by name. */
export const DEVICE_ASKS: Readonly<Record<string, () => Promise<Answer>>> = {
  'phone.privacy.setting-before': privacySetting,
  'phone.privacy.again-within-10-seconds': requirePrivacy,
  'phone.privacy.refused': requirePrivacy,
  'phone.privacy.listener': requirePrivacy,
  'phone.privacy.setting-after': privacySetting,
  'phone.login.code': () => outcome(wx.login()),
  'phone.login.session': () => outcome(wx.checkSession()),
  'phone.random.sixteen-bytes': () => random({ length: 16 }),
  'phone.random.no-bytes': () => random({ length: 0 }),
  'phone.random.above-the-limit': () => random({ length: 1048577 }),
  'phone.random.without-length': () => random({}),
  'phone.storage.missing-key': async () => ({
    sync: `${typeof wx.getStorageSync('parity-none')} ${JSON.stringify(wx.getStorageSync('parity-none'))}`,
    async: await outcome(wx.getStorage({ key: 'parity-none' })),
  }),
  'phone.storage.types': async () => ({
    date: stored(new Date(0)),
    null: stored(null),
    undefined: stored(undefined),
    notANumber: stored(Number.NaN),
    undefinedField: stored({ a: undefined }),
    array: stored([1, 'a', null]),
  }),
  'phone.storage.limits': async () => ({ limitSize: wx.getStorageInfoSync().limitSize }),
  'phone.storage.too-large': () =>
    outcome(wx.setStorage({ key: 'parity-large', data: 'x'.repeat(TOO_LARGE) })),
  'phone.storage.mark': async () => {
    wx.setStorageSync(MARK, true)
    return { isThere: wx.getStorageSync(MARK) === true }
  },
  'phone.storage.other-account': async () => ({ isThere: wx.getStorageSync(MARK) === true }),
}
