/** A finger as `touches` of an event lists it; positions are pixels. */
export interface PlainTouch {
  identifier: number
  pageX: number
  pageY: number
  clientX: number
  clientY: number
}

type TouchType = 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel'

/** Fires an event at the element where the press began. @param touches fingers on the screen, without one that was lifted */
export type FireTouch = (
  target: Element,
  type: TouchType,
  fingers: { touches: readonly PlainTouch[]; changedTouches: readonly PlainTouch[] },
) => void

/**
 * Makes the first button of a mouse a finger, as WeChat's simulator does. As with a finger, all events of a drag go to the
 * element where it began. Taps are recognized elsewhere.
 */
export function listenForMouse(fire: FireTouch): void {
  let pressed: Element | undefined
  const send = (type: TouchType, event: PointerEvent) => {
    if (!pressed) return
    const touch = touchAt(pressed, event)
    const isDown = type === 'touchstart' || type === 'touchmove'
    fire(pressed, type, { touches: isDown ? [touch] : [], changedTouches: [touch] })
  }
  const isMouse = ({ pointerType }: PointerEvent) => pointerType === 'mouse'
  const listen = (type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel', end: TouchType) => {
    window.addEventListener(
      type,
      (event) => {
        if (!isMouse(event)) return
        if (type === 'pointerdown' && event.button === 0 && event.target instanceof Element) {
          pressed = event.target
        }
        send(end, event)
        if (type === 'pointerup' || type === 'pointercancel') pressed = undefined
      },
      { capture: true, passive: true },
    )
  }
  listen('pointerdown', 'touchstart')
  listen('pointermove', 'touchmove')
  listen('pointerup', 'touchend')
  listen('pointercancel', 'touchcancel')
}

/** A position on the screen, and on the page around an element, which scrolls. */
export function touchAt(
  target: Element,
  { clientX, clientY }: { clientX: number; clientY: number },
  identifier = 0,
): PlainTouch {
  const layer = target.closest('.wx-page-layer')
  return {
    identifier,
    pageX: clientX + (layer?.scrollLeft ?? 0),
    pageY: clientY + (layer?.scrollTop ?? 0),
    clientX,
    clientY,
  }
}
