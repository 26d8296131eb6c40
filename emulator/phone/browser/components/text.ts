import { builtIn, type Host } from './host.ts'

interface TextData {
  selectable: boolean
  userSelect: boolean
  space: string
  decode: boolean
  overflow: string
  maxLines: number
}

/** The entities that WeChat decodes. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  lt: '<',
  gt: '>',
  amp: '&',
  apos: "'",
  ensp: '\u2002',
  emsp: '\u2003',
}
/** Replaces each space, by the value of `space`. */
const SPACES: Readonly<Record<string, string>> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' }

const observers = new WeakMap<HTMLElement, MutationObserver>()
/** The decoded text of a node, to recognize the observer's own changes. */
const written = new WeakMap<Text, string>()
/** The text of a node before it was decoded. */
const sources = new WeakMap<Text, string>()

/** `text`: keeps line breaks, and can be selected if the author allows it. */
export const plainText = builtIn<TextData>({
  properties: { selectable: false, userSelect: false, space: '', decode: false, overflow: '', maxLines: 0 },
  update(host) {
    const { element, data } = host
    element.classList.toggle('wx-selectable', data.selectable || data.userSelect)
    element.classList.toggle('wx-keeps-spaces', data.space !== '')
    if (!data.decode && !(data.space in SPACES) && !observers.has(element)) return
    decodeTexts(host)
    if (observers.has(element)) return
    const observer = new MutationObserver(() => decodeTexts(host))
    observer.observe(element, { characterData: true, childList: true, subtree: true })
    observers.set(element, observer)
  },
  remove({ element }) {
    observers.get(element)?.disconnect()
  },
})

/** Decodes all text nodes inside. Keeps their sources, since properties may change. */
function decodeTexts({ element, data }: Host<TextData>): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    const source = node.data === written.get(node) ? (sources.get(node) ?? node.data) : node.data
    const text = decode(source, data)
    sources.set(node, source)
    written.set(node, text)
    if (node.data !== text) node.data = text
  }
}

function decode(source: string, { decode: hasEntities, space }: Readonly<TextData>): string {
  const spaced = space in SPACES ? source.replaceAll(' ', SPACES[space] ?? ' ') : source
  if (!hasEntities) return spaced
  return spaced.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}
