/** A rectangle in CSS pixels of this page. */
export interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** Where an element is on this page, which may be in a frame of a frame that is shown smaller; undefined if nowhere. */
export function placeOf(element: Element): Place | undefined {
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0) return undefined
  let rectangle: Place = { left, top, width, height }
  let frame = element.ownerDocument.defaultView?.frameElement
  while (frame && element.ownerDocument !== document) {
    rectangle = outside(rectangle, frame as HTMLElement)
    if (frame.ownerDocument === document) break
    frame = frame.ownerDocument.defaultView?.frameElement
  }
  return rectangle
}

function outside(place: Place, frame: HTMLElement): Place {
  const box = frame.getBoundingClientRect()
  const scale = frame.offsetWidth === 0 ? 1 : box.width / frame.offsetWidth
  const left = box.left + (frame.clientLeft + place.left) * scale
  const top = box.top + (frame.clientTop + place.top) * scale
  return { left, top, width: place.width * scale, height: place.height * scale }
}
