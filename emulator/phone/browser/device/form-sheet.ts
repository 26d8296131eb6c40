import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface FormField {
  name: string
  label: string
  value?: string
}

/**
 * A page of WeChat's on which the user picks something that this phone does not have: the tester types it.
 * @returns the values by their names, or undefined when the tester cancels
 */
export async function showFormSheet(
  overlay: Overlay,
  { title, text, fields }: { title: string; text: string; fields: readonly FormField[] },
): Promise<Record<string, string> | undefined> {
  const answer = await overlay.prompt<Record<string, string> | 'cancel'>(
    'sheet',
    title,
    'cancel',
    (finish) => {
      const inputs = fields.map(({ name, label, value = '' }) => ({
        name,
        label,
        input: h('input', { name, value, autocomplete: 'off' }),
      }))
      const form = h(
        'form',
        {
          class: 'sheet-form',
          submit: (event) => {
            event.preventDefault()
            finish(Object.fromEntries(inputs.map(({ name, input }) => [name, input.value])))
          },
        },
        ...inputs.map(({ label, input }) => h('label', {}, h('span', {}, label), input)),
        h(
          'div',
          { class: 'sheet-buttons' },
          h('button', { type: 'button', class: 'deny', click: () => finish('cancel') }, '取消'),
          h('button', { type: 'submit', class: 'allow' }, '确定'),
        ),
      )
      return [h('h3', { class: 'sheet-title' }, title), h('p', { class: 'sheet-text' }, text), form]
    },
  )
  return answer === 'cancel' ? undefined : answer
}
