import { CurrentWindowBackendContext, type Element as EaselElement, Event } from 'glass-easel'
import { documentTag } from '../../document-tag.ts'
import { translateUnits } from '../../units.ts'
import { listenForHover } from './hover.ts'
import { mountedAround, mountedAt } from './mounted.ts'

/** What glass-easel may hear of the document itself; all else comes from the components. */
const DOCUMENT_EVENTS = /^(touch(start|move|end|cancel)|transitionend|animation(start|iteration|end))$/

const LONG_PRESS_MILLISECONDS = 350

type EaselTarget = EaselElement

/** A long press that a handler heard of takes the place of the tap that would follow. */
let isTapTaken = false

/** glass-easel's const enum EventBubbleStatus, which is only in its types. */
const NO_DEFAULT = 1

interface EventOptions {
  originalEvent?: unknown
  bubbles?: boolean
  composed?: boolean
  capturePhase?: boolean
}

/** What is known of an event after all its handlers were called. */
interface Dispatched {
  isHandled: boolean
  isPrevented: boolean
}

/** The document as glass-easel draws on it, with taps as WeChat has them. */
export function createBackend(): CurrentWindowBackendContext {
  const backend = new CurrentWindowBackendContext()
  const listen = backend.setListenerStats.bind(backend)
  backend.setListenerStats = (element, type, ...rest) => {
    if (DOCUMENT_EVENTS.test(type)) listen(element, type, ...rest)
  }
  backend.document = {
    createElement,
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as typeof backend.document
  backend.onEvent((target: EaselTarget, type, detail, options) =>
    dispatch(target, type, detail, options).isPrevented ? NO_DEFAULT : undefined,
  )
  listenForKeys()
  listenForLongPresses()
  listenForHover()
  return backend
}

function createElement(tag: string): HTMLElement {
  const element = document.createElement(documentTag(tag))
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? translateUnits(value) : value)
  return element
}

function dispatch(target: EaselTarget, type: string, detail: unknown, options: EventOptions): Dispatched {
  const element = target.$$ as unknown as Element | null
  const isTap = type === 'tap'
  if (!element || (isTap && isSwallowed(element, options.originalEvent))) {
    return { isHandled: false, isPrevented: false }
  }
  const touches = touchesOf(detail, options.originalEvent)
  const isTouch = type.startsWith('touch')
  let isHandled = false
  const handleListenerReturn = (answer: unknown) => {
    isHandled = true
    return answer === false ? false : undefined
  }
  const event = new Event(type, isTouch ? {} : detail, {
    ...options,
    extraFields: touches,
    handleListenerReturn,
  })
  Event.dispatchEvent(target, event)
  const isPrevented = event.defaultPrevented()
  if (isTap && !isPrevented) act(element)
  return { isHandled, isPrevented }
}

/** Disabled buttons answer to nothing, nor do other mouse buttons than the first. */
function isSwallowed(element: Element, cause: unknown): boolean {
  if (isTapTaken) return true
  if (cause instanceof MouseEvent && cause.button !== 0) return true
  return element.closest('wx-button[disabled]') !== null
}

/** What the nearest component does when tapped. */
function act(element: Element): void {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const host = mountedAt(at)
    if (!host?.builtIn.tap) continue
    host.builtIn.tap(host)
    return
  }
}

function touchesOf(detail: unknown, cause: unknown): Record<string, unknown> {
  if (typeof TouchEvent !== 'undefined' && cause instanceof TouchEvent) {
    return { touches: plainTouches(cause.touches), changedTouches: plainTouches(cause.changedTouches) }
  }
  const { x = 0, y = 0 } = (detail ?? {}) as { x?: number; y?: number }
  return {
    touches: [],
    changedTouches: [{ identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y }],
  }
}

function plainTouches(list: TouchList): object[] {
  return [...list].map(({ identifier, pageX, pageY, clientX, clientY }) => ({
    identifier,
    pageX,
    pageY,
    clientX,
    clientY,
  }))
}

/** Sends an event that no finger made. */
export function dispatchAt(element: Element, type: string, cause?: globalThis.Event): Dispatched {
  const target = (element as unknown as { __wxElement?: EaselTarget }).__wxElement
  if (!target) return { isHandled: false, isPrevented: false }
  const { x, y, width, height } = element.getBoundingClientRect()
  const detail = { x: x + width / 2, y: y + height / 2 }
  return dispatch(target, type, detail, { originalEvent: cause, bubbles: true, composed: true })
}

/** Enter and Space tap what has the focus; so does a click without a pointer, which screen readers send. */
function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if ((event.key !== 'Enter' && event.key !== ' ') || !isTappable(target)) return
    event.preventDefault()
    isTapTaken = false
    dispatchAt(target, 'tap', event)
  })
  document.addEventListener('click', (event) => {
    if (event.detail === 0 && event.target instanceof Element) dispatchAt(event.target, 'tap', event)
  })
}

function isTappable(target: EventTarget | null): target is Element {
  if (!(target instanceof HTMLElement) || target.tabIndex < 0) return false
  return !(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement)
}

function listenForLongPresses(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = () => clearTimeout(timer)
  document.addEventListener('pointerdown', ({ target }) => {
    cancel()
    isTapTaken = false
    timer = setTimeout(() => {
      const host = target instanceof Element ? mountedAround(target, '*') : undefined
      const element = host?.element ?? target
      if (!(element instanceof Element)) return
      isTapTaken = dispatchAt(element, 'longpress').isHandled
      // The older event, which leaves the tap.
      dispatchAt(element, 'longtap')
    }, LONG_PRESS_MILLISECONDS)
  })
  for (const end of ['pointerup', 'pointermove', 'pointercancel', 'scroll']) {
    document.addEventListener(end, cancel, { capture: true, passive: true })
  }
}
