import { translateStyle } from '../../program/web-address.ts'
import { builtIn } from './host.ts'

/** Tags that WeChat documents for rich-text. Any other element is dropped with its text. */
const TAGS = new Set(
  (
    'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl ' +
    'dt em fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby ' +
    's section small span strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
)
const EVERYWHERE = ['class', 'style']
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  bdo: ['dir'],
  col: ['span', 'width'],
  colgroup: ['span', 'width'],
  font: ['color', 'face'],
  img: ['alt', 'src', 'height', 'width'],
  ol: ['start', 'type'],
  table: ['width'],
  td: ['colspan', 'height', 'rowspan', 'width'],
  th: ['colspan', 'height', 'rowspan', 'width'],
  tr: ['colspan', 'height', 'rowspan', 'width'],
}

/** An element or text of `nodes`. */
interface RichNode {
  type?: string
  name?: string
  attrs?: Record<string, unknown>
  children?: RichNode[]
  text?: string
}

export const richText = builtIn({
  properties: { nodes: null as unknown, space: '', userSelect: false },
  update({ element, data }) {
    element.replaceChildren(...draw(data.nodes))
    element.classList.toggle('wx-selectable', data.userSelect)
  },
})

function draw(nodes: unknown): Node[] {
  if (typeof nodes === 'string') {
    // Nothing runs or is fetched in a document that is not shown.
    const { body } = new DOMParser().parseFromString(nodes, 'text/html')
    return [...body.childNodes].flatMap(fromHtml)
  }
  return Array.isArray(nodes) ? nodes.flatMap((node: RichNode) => fromRichNode(node)) : []
}

function fromHtml(node: Node): Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)]
  if (!(node instanceof Element)) return []
  const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]))
  return createAllowed(node.localName, attributes, [...node.childNodes].flatMap(fromHtml))
}

function fromRichNode(node: RichNode): Node[] {
  if (node.type === 'text') return [document.createTextNode(decodeEntities(String(node.text ?? '')))]
  return createAllowed(
    String(node.name ?? '').toLowerCase(),
    node.attrs ?? {},
    (node.children ?? []).flatMap(fromRichNode),
  )
}

function createAllowed(
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  children: Node[],
): Node[] {
  if (!TAGS.has(name)) return []
  const element = document.createElement(name)
  for (const attribute of [...EVERYWHERE, ...(ATTRIBUTES[name] ?? [])]) {
    const value = attributes[attribute]
    if (value === undefined || value === null) continue
    const text = attribute === 'style' ? translateStyle(String(value)) : String(value)
    if (attribute !== 'src' || /^(https?:|data:image\/)/.test(text)) element.setAttribute(attribute, text)
  }
  element.append(...children)
  return [element]
}

function decodeEntities(text: string): string {
  return new DOMParser().parseFromString(text, 'text/html').documentElement.textContent ?? ''
}
