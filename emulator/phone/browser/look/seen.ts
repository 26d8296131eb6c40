export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** A text or a tap target as it is drawn. Lengths are CSS pixels. */
export interface Seen {
  element: Element
  text: string
  /** The beginning of its text, for the report. */
  name: string
  /** One for each line of a text. */
  boxes: readonly Box[]
  /** Words that go on in the next line without a hyphen. */
  brokenWords: readonly string[]
}

/** What is longer, or has digits, is a code, which may break anywhere. */
const WORD = /(?<![\p{Script=Latin}\d_])\p{Script=Latin}{2,16}(?![\p{Script=Latin}\d_])/gu

const TARGETS =
  '.overlay button, wx-button, wx-input, [role="button"], [role="link"], [role="checkbox"], [role="radio"], [role="switch"]'

/** Each text below an element. */
export function textsIn(root: Element): Seen[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Seen[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent?.trim() ?? ''
    if (!element || text === '' || !isShown(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()]
    const brokenWords = boxes.length > 1 ? brokenWordsIn(node) : []
    found.push({ element, text, name: shorten(text), boxes, brokenWords })
  }
  return found
}

/** What a finger can tap. */
export function targetsIn(root: Element): Seen[] {
  return [...root.querySelectorAll(TARGETS)].filter(isShown).map((element) => {
    const text = element.getAttribute('aria-label') ?? element.textContent ?? ''
    const boxes = [element.getBoundingClientRect()]
    return { element, text, name: shorten(text), boxes, brokenWords: [] }
  })
}

function brokenWordsIn(node: Node): string[] {
  const range = document.createRange()
  return [...(node.textContent ?? '').matchAll(WORD)]
    .filter(({ index, 0: word }) => {
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const tops = [...range.getClientRects()].map(({ top }) => Math.round(top))
      return new Set(tops).size > 1
    })
    .map(([word]) => word)
}

export function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
}

function shorten(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 24)
}
