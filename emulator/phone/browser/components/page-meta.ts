import { translateLengths } from '../../program/rpx.ts'
import { SYSTEM_FONT_SIZE } from '../device/font-size.ts'
import { builtIn } from './host.ts'

/** Sets properties of the page that contains it, and fires `scroll` when that page scrolls. */
export const pageMeta = builtIn({
  properties: {
    backgroundTextStyle: '',
    backgroundColor: '',
    backgroundColorTop: '',
    backgroundColorBottom: '',
    rootBackgroundColor: '',
    scrollTop: '',
    scrollDuration: 300,
    pageStyle: '',
    rootFontSize: '',
    pageFontSize: '',
    pageOrientation: '',
  },
  draw(host) {
    const layer = host.element.closest('.wx-page-layer')
    layer?.addEventListener('scroll', () => host.fire('scroll', { scrollTop: layer.scrollTop }), {
      passive: true,
    })
  },
  update({ element, data }) {
    const page = element.closest<HTMLElement>('wx-page')
    const layer = element.closest<HTMLElement>('.wx-page-layer')
    if (!page || !layer) return
    if (data.pageStyle !== '') page.setAttribute('style', translateLengths(data.pageStyle))
    if (data.pageFontSize !== '') page.style.fontSize = sizeOf(data.pageFontSize)
    if (data.rootFontSize !== '') {
      layer.dataset['rootFontSize'] = sizeOf(data.rootFontSize)
      if (!layer.inert) document.documentElement.style.fontSize = sizeOf(data.rootFontSize)
    }
    const background = data.rootBackgroundColor || data.backgroundColor
    if (CSS.supports('color', background)) layer.style.background = background
    if (data.scrollTop === '' || element.dataset['scrollTop'] === data.scrollTop) return
    element.dataset['scrollTop'] = data.scrollTop
    const top = Number.parseFloat(data.scrollTop)
    queueMicrotask(() => layer.scrollTo({ top, behavior: data.scrollDuration > 0 ? 'smooth' : 'instant' }))
  },
})

/** `system` is the size that the user has set in WeChat. */
const sizeOf = (size: string) => (size === 'system' ? `var(${SYSTEM_FONT_SIZE})` : translateLengths(size))
