import { builtIn, type Host } from '../app/host.ts'
import { mountedAround } from '../app/mounted.ts'
import { h } from '../dom.ts'

interface SwiperData {
  indicatorDots: boolean
  indicatorColor: string
  indicatorActiveColor: string
  autoplay: boolean
  current: number
  interval: number
  duration: number
  circular: boolean
  vertical: boolean
  disableTouch: boolean
  previousMargin: string
  nextMargin: string
  displayMultipleItems: number
  easingFunction: string
}

/** How far of the way a finger has to go for the next item. */
const ENOUGH = 0.25

const timers = new WeakMap<HTMLElement, { interval: number; id: ReturnType<typeof setInterval> }>()

export const swiper = builtIn<SwiperData>({
  properties: {
    indicatorDots: false,
    indicatorColor: 'rgba(0, 0, 0, .3)',
    indicatorActiveColor: '#000000',
    autoplay: false,
    current: 0,
    interval: 5000,
    duration: 500,
    circular: false,
    vertical: false,
    disableTouch: false,
    previousMargin: '0px',
    nextMargin: '0px',
    displayMultipleItems: 1,
    easingFunction: 'default',
  },
  draw(host) {
    const { element } = host
    element.append(h('div', { class: 'wx-swiper-dots', 'aria-hidden': 'true' }))
    element.setAttribute('role', 'group')
    element.tabIndex = 0
    element.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key]
      if (step !== undefined) go(host, host.data.current + step, 'touch')
    })
    listenForDrags(host)
  },
  update(host) {
    layOut(host, 0)
    playBySelf(host)
  },
  remove({ element }) {
    clearInterval(timers.get(element)?.id)
  },
})

export const swiperItem = builtIn({
  properties: { itemId: '', skipHiddenItemLayout: false },
  draw({ element }) {
    // Items may come after their swiper, or one by one.
    queueMicrotask(() => {
      const around = mountedAround(element, 'wx-swiper')
      if (around) layOut(around as unknown as Host<SwiperData>, 0)
    })
  },
})

const itemsOf = (element: HTMLElement) => [
  ...element.querySelectorAll<HTMLElement>(':scope > wx-swiper-item'),
]

/** @param shift how far the finger has moved everything, in items */
function layOut({ element, data }: Host<SwiperData>, shift: number): void {
  const items = itemsOf(element)
  const axis = data.vertical ? 'Y' : 'X'
  const current = Math.min(data.current, Math.max(items.length - 1, 0))
  for (const [index, item] of items.entries()) {
    let place = index - current + shift
    // Half of a ring's items are before the current one, half behind.
    if (data.circular && items.length > 2) place = wrap(place, items.length)
    item.style.transform = `translate${axis}(${place * 100}%)`
    item.style.transition = shift === 0 && Math.abs(place) <= 1 ? `transform ${data.duration}ms` : 'none'
    item.toggleAttribute('inert', index !== current)
  }
  drawDots(element, data, items.length, current)
}

function wrap(place: number, count: number): number {
  if (place > count / 2) return place - count
  return place < -count / 2 ? place + count : place
}

function drawDots(element: HTMLElement, data: Readonly<SwiperData>, count: number, current: number): void {
  const dots = element.querySelector<HTMLElement>(':scope > .wx-swiper-dots')
  if (!dots) return
  dots.hidden = !data.indicatorDots
  dots.classList.toggle('wx-vertical', data.vertical)
  const colors = Array.from({ length: count }, (_, index) =>
    index === current ? data.indicatorActiveColor : data.indicatorColor,
  )
  dots.replaceChildren(
    ...colors.map((color) => {
      const dot = h('i')
      dot.style.background = color
      return dot
    }),
  )
}

function go(host: Host<SwiperData>, target: number, source: 'touch' | 'autoplay'): void {
  const count = itemsOf(host.element).length
  const current = host.data.circular ? (target + count) % count : Math.min(Math.max(target, 0), count - 1)
  if (count === 0 || current === host.data.current) {
    layOut(host, 0)
    return
  }
  host.set({ current })
  const detail = { current, currentItemId: '', source }
  host.fire('change', detail)
  setTimeout(() => host.fire('animationfinish', detail), host.data.duration)
}

function playBySelf(host: Host<SwiperData>): void {
  const { element, data } = host
  const running = timers.get(element)
  const wanted = data.autoplay ? data.interval : 0
  if ((running?.interval ?? 0) === wanted) return
  clearInterval(running?.id)
  timers.delete(element)
  if (wanted === 0) return
  const next = () => {
    const isLast = host.data.current === itemsOf(element).length - 1
    go(host, isLast ? 0 : host.data.current + 1, 'autoplay')
  }
  timers.set(element, { interval: wanted, id: setInterval(next, wanted) })
}

function listenForDrags(host: Host<SwiperData>): void {
  const { element } = host
  let start: number | undefined
  const along = (event: PointerEvent) => (host.data.vertical ? event.clientY : event.clientX)
  const length = () => (host.data.vertical ? element.clientHeight : element.clientWidth) || 1
  element.addEventListener('pointerdown', (event) => {
    if (!host.data.disableTouch) start = along(event)
  })
  element.addEventListener('pointermove', (event) => {
    if (start !== undefined && event.buttons !== 0) layOut(host, (along(event) - start) / length())
  })
  const release = (event: PointerEvent) => {
    if (start === undefined) return
    const way = (along(event) - start) / length()
    start = undefined
    if (Math.abs(way) >= ENOUGH) go(host, host.data.current - Math.sign(way), 'touch')
    else layOut(host, 0)
  }
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    element.addEventListener(end, release)
}
