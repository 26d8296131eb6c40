export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** A text or a tap target as it is drawn. Lengths are CSS pixels. */
export interface Seen {
  element: Element
  /** For the report: the beginning of its text. */
  name: string
  /** One for each line of a text. */
  boxes: readonly Box[]
}

const TARGETS =
  'wx-button, wx-input, [role="button"], [role="link"], [role="checkbox"], [role="radio"], [role="switch"]'

/** Each text below an element. */
export function textsIn(root: Element): Seen[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Seen[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const name = shorten(node.textContent)
    if (!element || name === '' || !isShown(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    found.push({ element, name, boxes: [...range.getClientRects()] })
  }
  return found
}

/** What a finger can tap. */
export function targetsIn(root: Element): Seen[] {
  return [...root.querySelectorAll(TARGETS)].filter(isShown).map((element) => ({
    element,
    name: shorten(element.getAttribute('aria-label') ?? element.textContent),
    boxes: [element.getBoundingClientRect()],
  }))
}

export function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
}

function shorten(text: string | null): string {
  return (text ?? '').trim().replace(/\s+/g, ' ').slice(0, 24)
}
