import { webAddress } from '../../program/web-address.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

/** Fonts from `data:` addresses, files of the phone, or hosts of the web that are allowed. */
export function fontApis({ device }: WxContext): WxApis {
  const load = async (options: Options) => {
    const family = options.text('family').replace(/^(["'])(.*)\1$/, '$2')
    const [, address = options.text('source')] =
      /url\(\s*["']?(.*?)["']?\s*\)/.exec(options.text('source')) ?? []
    const url = /^https?:/.test(address) ? webAddress(address) : (device.files.urlOf(address) ?? address)
    const { style, weight, variant } = (options.value('desc') ?? {}) as Record<string, string>
    const descriptors = { style: style ?? 'normal', weight: weight ?? 'normal', variant: variant ?? 'normal' }
    const font = new FontFace(family, `url("${url.replace(/["\\\n]/g, encodeURIComponent)}")`, descriptors)
    try {
      await font.load()
    } catch {
      device.errors.note(`loadFontFace：${family} 没有载入（${address.slice(0, 80)}）`)
      throw new Error('network error')
    }
    document.fonts.add(font)
    return { status: 'loaded' }
  }
  return {
    loadFontFace: asynchronous('loadFontFace', load),
    loadBuiltInFontFace: asynchronous('loadBuiltInFontFace', () => {
      device.errors.note('loadBuiltInFontFace：这台手机没有微信内置的字体，用系统字体')
      return { status: 'loaded' }
    }),
  }
}
