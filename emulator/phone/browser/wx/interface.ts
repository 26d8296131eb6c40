import { buttonFault } from '../../program/modal-buttons.ts'
import { type ButtonColours, showActionSheet, showModal } from '../device/dialogs.ts'
import { colorOr } from '../pages/page.ts'
import { scrollOf } from '../pages/page-scroll.ts'
import { assetUrl } from '../services/asset-url.ts'
import { asynchronous, type WxApis, type WxContext } from './api.ts'
import type { Options } from './options.ts'

const TOAST_MILLISECONDS = 1500
const ICONS = ['success', 'error', 'loading', 'none'] as const

/** Navigation bar, toasts, dialogs, scrolling and queries. */
export function interfaceApis(context: WxContext): WxApis {
  const { pages, device, createSelectorQuery } = context
  return {
    ...messageApis(context),
    setNavigationBarTitle: asynchronous('setNavigationBarTitle', (options) =>
      changeBar((bar) => ({ ...bar, title: options.text('title') })),
    ),
    setNavigationBarColor: asynchronous('setNavigationBarColor', (options) =>
      changeBar((bar) => ({
        ...bar,
        background: colorOr(options.text('backgroundColor'), bar.background),
        textStyle: options.text('frontColor') === '#ffffff' ? 'white' : 'black',
      })),
    ),
    showNavigationBarLoading: asynchronous('showNavigationBarLoading', () =>
      changeBar((bar) => ({ ...bar, isLoading: true })),
    ),
    hideNavigationBarLoading: asynchronous('hideNavigationBarLoading', () =>
      changeBar((bar) => ({ ...bar, isLoading: false })),
    ),
    hideHomeButton: asynchronous('hideHomeButton', () => {
      if (pages.top) pages.top.hidesHome = true
      pages.refreshBar()
    }),
    setBackgroundColor: asynchronous('setBackgroundColor', (options) => {
      if (pages.top) pages.top.layer.style.background = colorOr(options.text('backgroundColor'), '#ffffff')
    }),
    setBackgroundTextStyle: asynchronous('setBackgroundTextStyle', (options) =>
      scrollOf(pages.top)?.setTextStyle(options.text('textStyle')),
    ),
    startPullDownRefresh: asynchronous('startPullDownRefresh', () => scrollOf(pages.top)?.refresh()),
    stopPullDownRefresh: asynchronous('stopPullDownRefresh', () => scrollOf(pages.top)?.stop()),
    pageScrollTo: asynchronous('pageScrollTo', (options) => scrollPage(options)),
    hideKeyboard: asynchronous('hideKeyboard', () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }),
    getMenuButtonBoundingClientRect: () => {
      const [width, height, right, margin] = [87, 32, 7, 6]
      const { model } = device
      const top = model.statusBarHeight + margin
      const left = model.width - width - right
      return { width, height, top, bottom: top + height, left, right: left + width }
    },
    nextTick: (callback: () => void) => queueMicrotask(callback),
    createSelectorQuery,
    createIntersectionObserver: (instance: unknown, options: unknown) =>
      callOn(instance, 'createIntersectionObserver', options),
    createMediaQueryObserver: () => callTop('createMediaQueryObserver'),
  }

  function changeBar(change: (bar: Bar) => Bar): void {
    const { top } = pages
    if (!top) return
    top.bar = change(top.bar)
    pages.refreshBar()
  }

  function callTop(name: string, ...parameters: unknown[]): unknown {
    const { top } = pages
    if (!top) throw new Error(`wx.${name}: there is no page yet`)
    return top.call(name, ...parameters)
  }

  /** Calls a method of the given page or component, by default of the top page. */
  function callOn(instance: unknown, name: string, ...parameters: unknown[]): unknown {
    const method = (instance as Record<string, unknown> | null | undefined)?.[name]
    if (typeof method !== 'function') return callTop(name, ...parameters)
    return method.apply(instance, parameters)
  }

  function scrollPage(options: Options): void {
    const layer = pages.top?.layer
    const selector = options.text('selector')
    const behavior = options.number('duration', 300) > 0 ? 'smooth' : 'instant'
    if (!layer) return
    if (selector === '') {
      layer.scrollTo({ top: options.number('scrollTop', 0), behavior })
      return
    }
    const found = selector.startsWith('#')
      ? layer.querySelector(`[id$="--${CSS.escape(selector.slice(1))}"]`)
      : layer.querySelector(selector)
    if (!found) return
    const top = found.getBoundingClientRect().top - layer.getBoundingClientRect().top
    layer.scrollTo({ top: layer.scrollTop + top + options.number('offsetTop', 0), behavior })
  }
}

type Bar = NonNullable<WxContext['pages']['top']>['bar']

function messageApis({ device: { toast, overlay, files } }: WxContext): WxApis {
  return {
    showToast: asynchronous('showToast', (options) => {
      const icon = ICONS.find((name) => name === options.text('icon')) ?? 'success'
      const image = options.text('image')
      toast.show('toast', {
        title: options.text('title'),
        icon,
        ...(image === '' ? {} : { image: assetUrl(image, '', files) }),
        mask: options.flag('mask', false),
        durationMilliseconds: options.number('duration', TOAST_MILLISECONDS),
      })
    }),
    showLoading: asynchronous('showLoading', (options) =>
      toast.show('loading', {
        title: options.text('title'),
        icon: 'loading',
        mask: options.flag('mask', false),
      }),
    ),
    hideToast: asynchronous('hideToast', () => toast.hide()),
    hideLoading: asynchronous('hideLoading', () => toast.hide('loading')),
    showModal: asynchronous('showModal', async (options) => {
      const cancelText = options.text('cancelText', '取消')
      const confirmText = options.text('confirmText', '确定')
      const fault = buttonFault({ confirmText, cancelText })
      if (fault !== undefined) throw new Error(fault)
      const { confirm, content } = await showModal(overlay, {
        title: options.text('title'),
        content: options.text('content'),
        showCancel: options.flag('showCancel', true),
        cancelText,
        cancelColours: coloursOf(options, 'cancelColor'),
        confirmText,
        confirmColours: coloursOf(options, 'confirmColor'),
        placeholder: options.flag('editable', false) ? options.text('placeholderText') : undefined,
      })
      return { confirm, cancel: !confirm, ...(options.flag('editable', false) ? { content } : {}) }
    }),
    showActionSheet: asynchronous('showActionSheet', async (options) => {
      const items = options.list('itemList').map(String)
      const tapIndex = await showActionSheet(overlay, {
        items,
        title: options.text('alertText'),
        colours: coloursOf(options, 'itemColor'),
      })
      if (tapIndex < 0) throw new Error('cancel')
      return { tapIndex }
    }),
  }
}

/** WeChat documents the first alone; the second is what its Android client reads in dark mode. */
function coloursOf(options: Options, name: string): ButtonColours {
  return { light: options.text(name), dark: options.text(`${name}Dark`) }
}
