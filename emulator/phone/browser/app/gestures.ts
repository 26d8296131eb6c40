/**
 * Taps and long presses. glass-easel recognizes taps from the document's touch and mouse events. This file decides
 * whether a tap counts, and adds long presses and taps by keyboard.
 *
 *           pointerdown               350 ms
 *   IDLE ──────────────▶ PRESSED ──────────────▶ LONG PRESS, fires longpress and longtap
 *    ▲                     │  │                      │                      │
 *    │ move, scroll,cancel │  │ pointerup            │ no handler           │ a handler of longpress
 *    ├─────────────────────┘  ▼                      ▼                      ▼
 *    ├─────────────────────  TAP  ◀────────────── pointerup            TAP SUPPRESSED
 *    │                        ▲                                             │
 *    │                        └── Enter, Space, click of a screen reader    │ next pointerdown or key
 *    └──────────────────────────────────────────────────────────────────────┘
 *
 * A tap calls the handlers of the mini-program, then the action of the nearest built-in component, unless a handler
 * prevents it. A move or scroll cancels the long press only: whether the touch is still a tap, glass-easel decides.
 */
import { CurrentWindowBackendContext, type Element as EaselElement, Event } from 'glass-easel'
import { documentTag } from '../../program/document-tag.ts'
import { translateStyle } from '../../program/web-address.ts'
import { type ComponentInstance, instanceAround, instanceAt } from '../components/component-instance.ts'
import { tapReach } from '../components/tap-reach.ts'
import { listenForHover } from './hover.ts'
import { type FireTouch, listenForMouse, type PlainTouch, touchAt } from './mouse-touches.ts'

/** Events that glass-easel may receive from the document. All others are fired by the built-in components. */
const DOCUMENT_EVENTS = /^(touch(start|move|end|cancel)|transitionend|animation(start|iteration|end))$/

const LONG_PRESS_MILLISECONDS = 350

type EaselTarget = EaselElement

/** Whether the next tap is dropped, because a handler of longpress was called for the same touch. */
let isTapSuppressed = false

/** `EventBubbleStatus.NoDefault` of glass-easel: a const enum, which exists only in its types. */
const NO_DEFAULT = 1

interface EventOptions {
  originalEvent?: unknown
  bubbles?: boolean
  composed?: boolean
  capturePhase?: boolean
}

/** The outcome of an event, after all handlers were called. */
interface DispatchResult {
  isHandled: boolean
  isPrevented: boolean
}

/** Creates glass-easel's backend on the document, and starts to listen for gestures. */
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
  listenForMouse((element, type, fingers) => {
    const target = easelElementAt(element)
    if (!target) return
    const options = { bubbles: true, composed: true, capturePhase: true }
    dispatch(target, type, {}, options, onCanvas(element, fingers))
  })
  return backend
}

function createElement(tag: string): HTMLElement {
  const element = document.createElement(documentTag(tag))
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? translateStyle(value) : value)
  return element
}

/** @param fingers of an event that no touch of the document causes */
function dispatch(
  target: EaselTarget,
  type: string,
  detail: unknown,
  options: EventOptions,
  fingers?: object,
): DispatchResult {
  const element = target.$$ as unknown as Element | null
  const isTap = type === 'tap'
  if (!element || (isTap && isTapIgnored(element, options.originalEvent))) {
    return { isHandled: false, isPrevented: false }
  }
  const touches = fingers ?? touchesOf(element, detail, options.originalEvent)
  const isTouch = type.startsWith('touch')
  let isHandled = false
  const handleListenerReturn = (answer: unknown) => {
    isHandled = true
    return answer === false ? false : undefined
  }
  const event = new Event(type, isTouch ? {} : detail, {
    ...options,
    extraFields: touches as Record<string, unknown>,
    handleListenerReturn,
  })
  const reached = tapReach(() => Event.dispatchEvent(target, event))
  if (isTap) runTapAction(element, reached)
  return { isHandled, isPrevented: event.defaultPrevented() }
}

/** A suppressed tap does not count, nor one on a disabled button or by another mouse button than the first. */
function isTapIgnored(element: Element, cause: unknown): boolean {
  if (isTapSuppressed) return true
  if (cause instanceof MouseEvent && cause.button !== 0) return true
  return element.closest('wx-button[disabled]') !== null
}

/**
 * Runs the tap action of the nearest built-in component, if the tap has come as far: a handler that catches it there or above does not
 * keep a button from its work.
 */
function runTapAction(element: Element, reached: ReadonlySet<ComponentInstance>): void {
  for (let around: Element | null = element; around; around = around.parentElement) {
    const instance = instanceAt(around)
    if (!instance?.builtIn.tap) continue
    if (reached.has(instance)) instance.builtIn.tap(instance)
    return
  }
}

function touchesOf(element: Element, detail: unknown, cause: unknown): object {
  if (typeof TouchEvent !== 'undefined' && cause instanceof TouchEvent) {
    const plain = (list: TouchList) => [...list].map((touch) => touchAt(element, touch, touch.identifier))
    return onCanvas(element, { touches: plain(cause.touches), changedTouches: plain(cause.changedTouches) })
  }
  const { x = 0, y = 0 } = (detail ?? {}) as { x?: number; y?: number }
  return { touches: [], changedTouches: [touchAt(element, { clientX: x, clientY: y })] }
}

/** Touches of a canvas have positions in the canvas as well. */
function onCanvas<Fingers extends Parameters<FireTouch>[2]>(element: Element, fingers: Fingers): object {
  const canvas = element.closest('wx-canvas')
  if (!canvas) return fingers
  const { left, top } = canvas.getBoundingClientRect()
  const withPosition = (touch: PlainTouch) => ({ ...touch, x: touch.clientX - left, y: touch.clientY - top })
  return {
    touches: fingers.touches.map(withPosition),
    changedTouches: fingers.changedTouches.map(withPosition),
  }
}

/** The nearest element of glass-easel: other elements are drawn by built-in components. */
function easelElementAt(element: Element): EaselTarget | undefined {
  for (let around: Element | null = element; around; around = around.parentElement) {
    const target = (around as unknown as { __wxElement?: EaselTarget }).__wxElement
    if (target) return target
  }
  return undefined
}

/** Fires an event at the centre of an element. */
function dispatchAt(element: Element, type: string, cause?: globalThis.Event): DispatchResult {
  const target = (element as unknown as { __wxElement?: EaselTarget }).__wxElement
  if (!target) return { isHandled: false, isPrevented: false }
  const { x, y, width, height } = element.getBoundingClientRect()
  const detail = { x: x + width / 2, y: y + height / 2 }
  return dispatch(target, type, detail, { originalEvent: cause, bubbles: true, composed: true })
}

/** Enter and Space tap the focused element. So does a click without a pointer, which screen readers send. */
function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if ((event.key !== 'Enter' && event.key !== ' ') || !isTappable(target)) return
    event.preventDefault()
    isTapSuppressed = false
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
    isTapSuppressed = false
    timer = setTimeout(() => {
      const instance = target instanceof Element ? instanceAround(target, '*') : undefined
      const element = instance?.element ?? target
      if (!(element instanceof Element)) return
      isTapSuppressed = dispatchAt(element, 'longpress').isHandled
      // The older event does not suppress the tap.
      dispatchAt(element, 'longtap')
    }, LONG_PRESS_MILLISECONDS)
  })
  for (const end of ['pointerup', 'pointermove', 'pointercancel', 'scroll']) {
    document.addEventListener(end, cancel, { capture: true, passive: true })
  }
}
