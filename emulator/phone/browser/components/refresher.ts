import { h } from '../base/dom.ts'
import type { Host } from './host.ts'

/** Properties of a scroll-view that is pulled down to refresh it. */
export interface RefresherData {
  refresherEnabled: boolean
  /** How far the finger pulls, in pixels. */
  refresherThreshold: number
  /** `none` leaves the drawing to the page. */
  refresherDefaultStyle: string
  refresherBackground: string
  /** Whether the refresh is running; the page sets it to false at the end. */
  refresherTriggered: boolean
}

const indicators = new WeakMap<HTMLElement, HTMLElement>()
const running = new WeakSet<HTMLElement>()

/** Pulls the scroll-view by a finger or a mouse, and fires the events of its refresher. */
export function listenForRefresh(host: Host<RefresherData>): void {
  const { element } = host
  let start: number | undefined
  let pulled = 0
  element.addEventListener('pointerdown', ({ clientY }) => {
    start = host.data.refresherEnabled && element.scrollTop <= 0 ? clientY : undefined
  })
  element.addEventListener('pointermove', ({ clientY, buttons }) => {
    if (start === undefined || buttons === 0) return
    pulled = Math.max(clientY - start, 0)
    if (pulled === 0) return
    showPull(element, pulled)
    host.fire('refresherpulling', { dy: pulled })
  })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
    element.addEventListener(end, () => {
      if (start === undefined) return
      start = undefined
      if (pulled >= host.data.refresherThreshold) host.set({ refresherTriggered: true })
      else if (pulled > 0) {
        showPull(element, 0)
        host.fire('refresherabort', { dy: pulled })
      }
      pulled = 0
    })
  }
}

/** Starts or ends the refresh, by the finger or by the page. */
export function updateRefresher(host: Host<RefresherData>): void {
  const { element, data } = host
  if (!data.refresherEnabled) return
  const indicator = indicators.get(element) ?? h('div', { class: 'wx-pull', 'aria-hidden': 'true' })
  if (!indicators.has(element)) {
    indicators.set(element, indicator)
    if (data.refresherDefaultStyle !== 'none') indicator.append(h('i'), h('i'), h('i'))
    element.prepend(indicator)
  }
  if (CSS.supports('color', data.refresherBackground)) indicator.style.background = data.refresherBackground
  indicator.classList.toggle('wx-pull-light', data.refresherDefaultStyle === 'white')
  if (data.refresherTriggered === running.has(element)) return
  indicator.classList.toggle('wx-pull-running', data.refresherTriggered)
  showPull(element, data.refresherTriggered ? data.refresherThreshold : 0)
  if (data.refresherTriggered) {
    running.add(element)
    host.fire('refresherrefresh', { dy: data.refresherThreshold })
  } else {
    running.delete(element)
    host.fire('refresherrestore', { dy: 0 })
  }
}

function showPull(element: HTMLElement, pixels: number): void {
  const indicator = indicators.get(element)
  if (indicator) indicator.style.height = `${pixels}px`
}
