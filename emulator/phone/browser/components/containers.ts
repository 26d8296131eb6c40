import { builtIn } from '../app/host.ts'

export const view = builtIn({ properties: {} })

export const coverView = builtIn({ properties: { scrollTop: 0 } })

/** Shown above the page, wherever in the WXML it stands. */
export const rootPortal = builtIn({ properties: { enable: true } })

export const pageContainer = builtIn({
  properties: {
    show: false,
    duration: 300,
    overlay: true,
    position: 'bottom',
    round: false,
    closeOnSlideDown: false,
  },
  update({ element, data }) {
    element.classList.toggle('wx-shown', data.show)
    element.classList.toggle('wx-round', data.round)
    element.dataset['position'] = data.position
  },
})

/** Settings of the page around it. */
export const pageMeta = builtIn({
  properties: { pageStyle: '', pageFontSize: '', rootFontSize: '', backgroundColor: '', scrollTop: '' },
  update({ element, data }) {
    const page = element.closest<HTMLElement>('wx-page')
    if (!page) return
    if (data.pageStyle !== '') page.setAttribute('style', data.pageStyle)
    if (data.pageFontSize !== '') page.style.fontSize = data.pageFontSize
    if (data.rootFontSize !== '') document.documentElement.style.fontSize = data.rootFontSize
  },
})
