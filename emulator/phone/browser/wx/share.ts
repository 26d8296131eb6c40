import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

/** The menu's sharing entries, for the top page. */
export function shareApis({ pages, device }: WxContext): WxApis {
  const setHidden = (isHidden: boolean) => {
    if (pages.top) pages.top.hidesShare = isHidden
  }
  const setTicket = (options: Options) => {
    if (pages.top && options.has('withShareTicket'))
      pages.top.sharesTicket = options.flag('withShareTicket', false)
  }
  return {
    showShareMenu: asynchronous('showShareMenu', (options) => {
      setTicket(options)
      setHidden(false)
    }),
    hideShareMenu: asynchronous('hideShareMenu', () => setHidden(true)),
    updateShareMenu: asynchronous('updateShareMenu', (options) => {
      setTicket(options)
      const unknown = ['isUpdatableMessage', 'isPrivateMessage'].filter((name) => options.flag(name, false))
      for (const name of unknown)
        device.errors.note(`updateShareMenu：这台手机没有 ${name}，转发的是普通卡片`)
    }),
  }
}
