import { translateLengths } from '../../program/rpx.ts'
import { h } from '../base/dom.ts'
import { instanceAround, instanceAt } from './component-instance.ts'
import { builtIn, type Host } from './host.ts'

interface SwiperData {
  indicatorDots: boolean
  indicatorColor: string
  indicatorActiveColor: string
  autoplay: boolean
  current: number
  currentItemId: string
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

/** How far a swipe has to go for the next item, as a part of the item's length. */
const SWIPE_RATIO = 0.25

const timers = new WeakMap<HTMLElement, { interval: number; id: ReturnType<typeof setInterval> }>()

export const swiper = builtIn<SwiperData>({
  properties: {
    indicatorDots: false,
    indicatorColor: 'rgba(0, 0, 0, .3)',
    indicatorActiveColor: '#000000',
    autoplay: false,
    current: 0,
    currentItemId: '',
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
      if (step !== undefined) showItem(host, host.data.current + step, 'touch')
    })
    listenForDrags(host)
  },
  update(host) {
    followItemId(host)
    layOut(host, 0)
    updateAutoplay(host)
    notifyOfPage(host)
  },
  remove({ element }) {
    clearInterval(timers.get(element)?.id)
  },
})

export const swiperItem = builtIn({
  properties: { itemId: '', skipHiddenItemLayout: false },
  draw({ element }) {
    // Items may be added after their swiper, or one by one.
    queueMicrotask(() => {
      const around = instanceAround(element, 'wx-swiper')
      if (!around) return
      followItemId(around as unknown as Host<SwiperData>)
      layOut(around as unknown as Host<SwiperData>, 0)
    })
  },
})

const itemsOf = (element: HTMLElement) => [
  ...element.querySelectorAll<HTMLElement>(':scope > wx-swiper-item'),
]

/** The item that a swiper showed last. */
const shown = new WeakMap<HTMLElement, number>()

/** `current-item-id` chooses the item of that `item-id`, each time the page changes it. */
function followItemId(host: Host<SwiperData>): void {
  const { element, data } = host
  if (element.dataset['itemId'] === data.currentItemId) return
  const index = itemsOf(element).findIndex((item) => itemIdOf(item) === data.currentItemId)
  // Items are added after their swiper.
  if (data.currentItemId !== '' && index < 0) return
  element.dataset['itemId'] = data.currentItemId
  if (data.currentItemId !== '') host.set({ current: index })
}

const itemIdOf = (item: HTMLElement | undefined) => String(instanceAt(item)?.data['itemId'] ?? '')

/** A change by the page fires `change` without a source. */
function notifyOfPage(host: Host<SwiperData>): void {
  const before = shown.get(host.element)
  const { current } = host.data
  shown.set(host.element, current)
  if (before === undefined || before === current) return
  const detail = { current, currentItemId: itemIdOf(itemsOf(host.element)[current]), source: '' }
  host.fire('change', detail)
  setTimeout(() => host.fire('animationfinish', detail), host.data.duration)
}

/** Place and size of every item: between the margins, as many as are shown at once. */
function boxOf(data: Readonly<SwiperData>): string {
  const [before, after] = [translateLengths(data.previousMargin), translateLengths(data.nextMargin)]
  const length = `calc((100% - ${before} - ${after}) / ${Math.max(data.displayMultipleItems, 1)})`
  return data.vertical
    ? `top: ${before}; bottom: auto; height: ${length}`
    : `left: ${before}; right: auto; width: ${length}`
}

/** @param shift of all items by the finger, in items */
function layOut({ element, data }: Host<SwiperData>, shift: number): void {
  const items = itemsOf(element)
  const axis = data.vertical ? 'Y' : 'X'
  const box = boxOf(data)
  const current = Math.min(data.current, Math.max(items.length - 1, 0))
  for (const [index, item] of items.entries()) {
    let offset = index - current + shift
    // In a circular swiper, half of the items are before the current one and half behind.
    if (data.circular && items.length > 2) offset = wrap(offset, items.length)
    const transition = shift === 0 && Math.abs(offset) <= 1 ? `transform ${data.duration}ms` : 'none'
    instanceAt(item)?.style(
      `${box}; transform: translate${axis}(${offset * 100}%); transition: ${transition}`,
    )
    item.toggleAttribute('inert', index < current || index >= current + data.displayMultipleItems)
  }
  drawDots(element, data, items.length, current)
}

function wrap(offset: number, count: number): number {
  if (offset > count / 2) return offset - count
  return offset < -count / 2 ? offset + count : offset
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

function showItem(host: Host<SwiperData>, target: number, source: 'touch' | 'autoplay'): void {
  const count = itemsOf(host.element).length
  const current = host.data.circular ? (target + count) % count : Math.min(Math.max(target, 0), count - 1)
  if (count === 0 || current === host.data.current) {
    layOut(host, 0)
    return
  }
  shown.set(host.element, current)
  host.set({ current })
  const detail = { current, currentItemId: itemIdOf(itemsOf(host.element)[current]), source }
  host.fire('change', detail)
  setTimeout(() => host.fire('animationfinish', detail), host.data.duration)
}

function updateAutoplay(host: Host<SwiperData>): void {
  const { element, data } = host
  const running = timers.get(element)
  const wanted = data.autoplay ? data.interval : 0
  if ((running?.interval ?? 0) === wanted) return
  clearInterval(running?.id)
  timers.delete(element)
  if (wanted === 0) return
  const next = () => {
    const isLast = host.data.current === itemsOf(element).length - 1
    showItem(host, isLast ? 0 : host.data.current + 1, 'autoplay')
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
    const distance = (along(event) - start) / length()
    start = undefined
    if (Math.abs(distance) >= SWIPE_RATIO) showItem(host, host.data.current - Math.sign(distance), 'touch')
    else layOut(host, 0)
  }
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const)
    element.addEventListener(end, release)
}
