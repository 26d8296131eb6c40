import { h } from '../base/dom.ts'
import { builtIn, type Host } from './host.ts'

interface EditorData {
  readOnly: boolean
  placeholder: string
  showImgSize: boolean
  showImgToolbar: boolean
  showImgResize: boolean
}

type Callbacks = { success?: (result: object) => void; complete?: (result: object) => void }

/** A field for plain text and what `insertText` and `setContents` put in; of formats it keeps none. */
export const editor = builtIn<EditorData>({
  properties: {
    readOnly: false,
    placeholder: '',
    showImgSize: false,
    showImgToolbar: false,
    showImgResize: false,
  },
  draw(host) {
    const field = h('div', { class: 'wx-editor', role: 'textbox', 'aria-multiline': 'true' })
    field.addEventListener('input', () => host.fire('input', contentsOf(field)))
    field.addEventListener('focus', () => host.fire('focus', contentsOf(field)))
    field.addEventListener('blur', () => host.fire('blur', contentsOf(field)))
    host.element.append(field)
    queueMicrotask(() => host.fire('ready', {}))
  },
  update(host) {
    const field = fieldOf(host)
    field.contentEditable = host.data.readOnly ? 'false' : 'plaintext-only'
    field.dataset['placeholder'] = host.data.placeholder
  },
  context: (host) => contextOf(host),
})

const fieldOf = ({ element }: { element: HTMLElement }) =>
  element.querySelector<HTMLElement>(':scope > .wx-editor') ?? h('div')

function contentsOf(field: HTMLElement): { html: string; text: string; delta: object } {
  const text = field.innerText
  const lines = text.split('\n').map((line) => h('p', {}, line).outerHTML)
  return { html: lines.join(''), text, delta: { ops: [{ insert: `${text}\n` }] } }
}

/** `EditorContext`, as far as text goes. */
function contextOf(host: Host<EditorData>): object {
  const field = fieldOf(host)
  const method = (name: string, run: (options: Record<string, unknown>) => object | undefined) => [
    name,
    (options: Callbacks & Record<string, unknown> = {}) => {
      const result = { errMsg: `${name}:ok`, ...run(options) }
      options.success?.(result)
      options.complete?.(result)
      return options.success || options.complete ? undefined : Promise.resolve(result)
    },
  ]
  const replace = (text: string) => {
    field.innerText = text
    host.fire('input', contentsOf(field))
    return undefined
  }
  const unsupported = ['format', 'insertImage', 'insertDivider', 'removeFormat', 'undo', 'redo'].map((name) =>
    method(name, () => {
      host.services.device.errors.note(
        `提示 ${host.owner.path} <editor>：这台手机只编辑纯文本，${name} 没有效果`,
      )
      return undefined
    }),
  )
  return Object.fromEntries([
    ...unsupported,
    method('getContents', () => contentsOf(field)),
    method('getSelectionText', () => ({ text: String(document.getSelection() ?? '') })),
    method('setContents', ({ html, delta }) => replace(textOf(html, delta))),
    method('insertText', ({ text }) => replace(field.innerText + String(text ?? ''))),
    method('clear', () => replace('')),
    method('blur', () => {
      field.blur()
      return undefined
    }),
    method('scrollIntoView', () => {
      field.scrollIntoView({ block: 'nearest' })
      return undefined
    }),
  ])
}

function textOf(html: unknown, delta: unknown): string {
  if (typeof html === 'string') {
    // Nothing runs or is fetched in a document that is not shown.
    return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''
  }
  const { ops } = (delta ?? {}) as { ops?: { insert?: unknown }[] }
  return (ops ?? []).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
