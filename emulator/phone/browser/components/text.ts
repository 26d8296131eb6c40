import { builtIn, type Host } from '../app/host.ts'

interface TextData {
  selectable: boolean
  userSelect: boolean
  space: string
  decode: boolean
  overflow: string
  maxLines: number
}

/** What `decode` reads, of all the web's entities. */
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  lt: '<',
  gt: '>',
  amp: '&',
  apos: "'",
  ensp: '\u2002',
  emsp: '\u2003',
}
/** What a space is with each value of `space`; several stay several. */
const SPACES: Readonly<Record<string, string>> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' }

const observers = new WeakMap<HTMLElement, MutationObserver>()
/** What was written into a text, and is not to be read once more. */
const written = new WeakMap<Text, string>()
const sources = new WeakMap<Text, string>()

/** `text`: line breaks count, and the text can be selected where the author allows it. */
export const plainText = builtIn<TextData>({
  properties: { selectable: false, userSelect: false, space: '', decode: false, overflow: '', maxLines: 0 },
  update(host) {
    const { element, data } = host
    element.classList.toggle('wx-selectable', data.selectable || data.userSelect)
    element.classList.toggle('wx-keeps-spaces', data.space !== '')
    if (!data.decode && !(data.space in SPACES) && !observers.has(element)) return
    write(host)
    if (observers.has(element)) return
    const observer = new MutationObserver(() => write(host))
    observer.observe(element, { characterData: true, childList: true, subtree: true })
    observers.set(element, observer)
  },
  remove({ element }) {
    observers.get(element)?.disconnect()
  },
})

/** Writes all texts inside as they are to be read; their sources are kept, since properties may change. */
function write({ element, data }: Host<TextData>): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    const source = node.data === written.get(node) ? (sources.get(node) ?? node.data) : node.data
    const text = readable(source, data)
    sources.set(node, source)
    written.set(node, text)
    if (node.data !== text) node.data = text
  }
}

function readable(source: string, { decode, space }: Readonly<TextData>): string {
  const spaced = space in SPACES ? source.replaceAll(' ', SPACES[space] ?? ' ') : source
  if (!decode) return spaced
  return spaced.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}
