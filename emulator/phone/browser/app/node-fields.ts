/** Position from the screen's corner and size of an element, in pixels, as far as they are asked for. */
export function describeBox(
  element: Element | undefined,
  { rect, size }: { rect?: boolean; size?: boolean },
): object {
  const { left, top, right, bottom, width, height } = element?.getBoundingClientRect() ?? new DOMRect()
  return { ...(rect ? { left, top, right, bottom } : {}), ...(size ? { width, height } : {}) }
}

/** How far an element is scrolled, and the size of what it scrolls, in pixels. */
export function describeScroll(element: Element | undefined): object {
  const { scrollLeft = 0, scrollTop = 0, scrollWidth = 0, scrollHeight = 0 } = element ?? {}
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight }
}
