import { asynchronous, type WxApis, type WxContext } from './api.ts'

const KEY = 'phone/clipboard'

/** The clipboard: the machine's own where the browser allows it, and one of the phone's. */
export function clipboardApis({ device }: WxContext): WxApis {
  return {
    setClipboardData: asynchronous('setClipboardData', async (options) => {
      const text = options.text('data')
      sessionStorage.setItem(KEY, text)
      // The browser may forbid it in a frame.
      await navigator.clipboard?.writeText(text).catch(() => undefined)
      device.toast.show('toast', {
        title: '内容已复制',
        icon: 'success',
        mask: false,
        durationMilliseconds: 1500,
      })
    }),
    getClipboardData: asynchronous('getClipboardData', async () => {
      const copied = sessionStorage.getItem(KEY)
      if (copied !== null) return { data: copied }
      return { data: (await navigator.clipboard?.readText().catch(() => '')) ?? '' }
    }),
  }
}
