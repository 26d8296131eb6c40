import { translateLengths } from '../../program/rpx.ts'
import { builtIn, type Host } from './host.ts'

interface MovableData {
  direction: string
  x: unknown
  y: unknown
  outOfBounds: boolean
  disabled: boolean
  animation: boolean
  scale: boolean
  scaleValue: number
}

interface Position {
  x: number
  y: number
  /** Of the properties that were applied last. */
  wanted: string
}

const positions = new WeakMap<HTMLElement, Position>()

export const movableArea = builtIn({ properties: { scaleArea: false } })

/** A view that a finger drags inside its `movable-area`. */
export const movableView = builtIn<MovableData & Record<string, unknown>>({
  properties: {
    direction: 'none',
    inertia: false,
    outOfBounds: false,
    x: null,
    y: null,
    damping: 20,
    friction: 2,
    disabled: false,
    scale: false,
    scaleMin: 0.1,
    scaleMax: 10,
    scaleValue: 1,
    animation: true,
  },
  draw(host) {
    positions.set(host.element, { x: 0, y: 0, wanted: '' })
    listenForDrags(host)
  },
  update(host) {
    // Only if the page has changed these: an update of another property does not undo the user's drag.
    const wanted = JSON.stringify([host.data.x, host.data.y])
    const position = positions.get(host.element)
    if (!position) return
    if (position.wanted === wanted) return place(host, position)
    position.wanted = wanted
    // The area and the view have their sizes once the page is laid out.
    requestAnimationFrame(() => move(host, { x: pixels(host.data.x), y: pixels(host.data.y) }, ''))
  },
})

function listenForDrags(host: Host<MovableData & Record<string, unknown>>): void {
  const { element } = host
  let start: { clientX: number; clientY: number; x: number; y: number } | undefined
  element.addEventListener('pointerdown', (event) => {
    const position = positions.get(element)
    if (host.data.disabled || !position || host.data.direction === 'none') return
    start = { clientX: event.clientX, clientY: event.clientY, x: position.x, y: position.y }
    element.setPointerCapture(event.pointerId)
  })
  element.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!start) return
    const { direction } = host.data
    const x = direction === 'vertical' ? start.x : start.x + clientX - start.clientX
    const y = direction === 'horizontal' ? start.y : start.y + clientY - start.clientY
    move(host, { x, y }, 'touch')
  })
  for (const end of ['pointerup', 'pointercancel'] as const) {
    element.addEventListener(end, () => {
      start = undefined
    })
  }
}

function move(
  host: Host<MovableData & Record<string, unknown>>,
  { x, y }: { x: number; y: number },
  source: string,
): void {
  const { element, data } = host
  const position = positions.get(element)
  const area = element.closest<HTMLElement>('wx-movable-area')
  if (!position || !area) return
  const within = (value: number, room: number) =>
    data.outOfBounds && source !== ''
      ? value
      : Math.min(Math.max(value, Math.min(room, 0)), Math.max(room, 0))
  const next = {
    x: within(x, area.clientWidth - element.offsetWidth),
    y: within(y, area.clientHeight - element.offsetHeight),
  }
  const isMoved = next.x !== position.x || next.y !== position.y
  Object.assign(position, next)
  place(host, position)
  if (isMoved) host.fire('change', { ...next, source })
}

function place(host: Host<MovableData & Record<string, unknown>>, { x, y }: Position): void {
  host.style(`transform: translate(${x}px, ${y}px) scale(${host.data.scaleValue})`)
}

/** Numbers are pixels; a text may have a unit. */
function pixels(value: unknown): number {
  const text = translateLengths(String(value ?? 0))
  const number = Number.parseFloat(text)
  if (!Number.isFinite(number)) return 0
  return text.endsWith('vw') ? (number * document.documentElement.clientWidth) / 100 : number
}
