/** Tags of elements that stand in the line with what is around them; a component of the mini-program does, too. */
const INLINE = /^(?!WX-)|^WX-(TEXT|SPAN|LABEL|ICON|NAVIGATOR)$/

interface Node {
  hasAttribute?(name: string): boolean
  readonly nodeType: number
  readonly textContent: string | null
  readonly tagName?: string
  readonly childNodes: Iterable<Node>
}

/** The text of an element in lines, as it is without style sheets. */
export function shownText(element: unknown): string {
  const text = textOf(element as Node)
  return text.replace(/[^\S\n]*\n\s*/g, '\n').trim()
}

function textOf(node: Node): string {
  const { nodeType, textContent, tagName = '', childNodes } = node
  if (nodeType === 3) return textContent ?? ''
  if (node.hasAttribute?.('hidden')) return ''
  const inner = [...childNodes].map(textOf).join('')
  return INLINE.test(tagName) ? inner : `\n${inner}\n`
}
