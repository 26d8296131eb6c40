import { builtIn, type Host } from './host.ts'
import { listenForRefresh, type RefresherData, updateRefresher } from './refresher.ts'
import { scrollContext } from './scroll-context.ts'

interface ScrollViewData extends RefresherData {
  scrollX: boolean
  scrollY: boolean
  scrollTop: unknown
  scrollLeft: unknown
  scrollIntoView: string
  scrollWithAnimation: boolean
  upperThreshold: number
  lowerThreshold: number
  enableFlex: boolean
  enhanced: boolean
  showScrollbar: boolean
  bounces: boolean
  type: string
}

interface ScrollState {
  top: number
  left: number
}

const scrollStates = new WeakMap<HTMLElement, ScrollState & { wanted: string }>()

export const scrollView = builtIn<ScrollViewData>({
  properties: {
    scrollX: false,
    scrollY: false,
    scrollTop: null,
    scrollLeft: null,
    scrollIntoView: '',
    scrollWithAnimation: false,
    upperThreshold: 50,
    lowerThreshold: 50,
    enableFlex: false,
    enhanced: false,
    showScrollbar: true,
    bounces: true,
    type: 'list',
    refresherEnabled: false,
    refresherThreshold: 45,
    refresherDefaultStyle: 'black',
    refresherBackground: '#ffffff',
    refresherTriggered: false,
  },
  draw(host) {
    scrollStates.set(host.element, { top: 0, left: 0, wanted: '' })
    host.element.addEventListener('scroll', () => handleScroll(host), { passive: true })
    listenForRefresh(host)
  },
  node: ({ element }) => scrollContext(element),
  update(host) {
    const { element, data } = host
    updateRefresher(host)
    element.classList.toggle('wx-scroll-x', data.scrollX)
    element.classList.toggle('wx-scroll-y', data.scrollY)
    element.classList.toggle('wx-flex', data.enableFlex)
    const state = scrollStates.get(element)
    if (!state) return
    // Only if the page has changed these: an update of another property does not undo the user's scrolling.
    const wanted = JSON.stringify([data.scrollTop, data.scrollLeft, data.scrollIntoView])
    if (state.wanted === wanted) return
    state.wanted = wanted
    const behavior = data.scrollWithAnimation ? 'smooth' : 'instant'
    queueMicrotask(() => {
      if (data.scrollTop !== null) element.scrollTo({ top: Number(data.scrollTop), behavior })
      if (data.scrollLeft !== null) element.scrollTo({ left: Number(data.scrollLeft), behavior })
      if (data.scrollIntoView === '') return
      const target = element.querySelector(`[id$="--${CSS.escape(data.scrollIntoView)}"]`)
      target?.scrollIntoView({ behavior, block: 'start' })
    })
  },
})

function handleScroll(host: Host<ScrollViewData>): void {
  const { element, data } = host
  const before = scrollStates.get(element)
  if (!before) return
  const { scrollTop, scrollLeft, scrollWidth, scrollHeight, clientWidth, clientHeight } = element
  const [deltaX, deltaY] = [before.left - scrollLeft, before.top - scrollTop]
  host.fire('scroll', { scrollTop, scrollLeft, scrollWidth, scrollHeight, deltaX, deltaY })
  const crossed = (now: number, then: number, limit: number) => now <= limit && then > limit
  const lowest = data.scrollX ? scrollWidth - clientWidth : scrollHeight - clientHeight
  const [now, then] = data.scrollX ? [scrollLeft, before.left] : [scrollTop, before.top]
  if (crossed(now, then, data.upperThreshold)) {
    host.fire('scrolltoupper', { direction: data.scrollX ? 'left' : 'top' })
  }
  if (crossed(lowest - now, lowest - then, data.lowerThreshold)) {
    host.fire('scrolltolower', { direction: data.scrollX ? 'right' : 'bottom' })
  }
  before.top = scrollTop
  before.left = scrollLeft
}
