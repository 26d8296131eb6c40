import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface SwitchRow {
  name: string
  label: string
  isOn: boolean
}

/** WeChat's page of switches. @returns by name, what they are when the user leaves */
export function showSwitchSheet(
  overlay: Overlay,
  title: string,
  rows: readonly SwitchRow[],
): Promise<Record<string, boolean>> {
  const boxes = rows.map(({ name, label, isOn }) => {
    const box = h('input', { type: 'checkbox', name, role: 'switch' })
    box.checked = isOn
    return { name, label, box }
  })
  const answer = () => Object.fromEntries(boxes.map(({ name, box }) => [name, box.checked]))
  return overlay
    .prompt<'done'>('sheet', title, 'done', (finish) => [
      h('h3', { class: 'sheet-title' }, title),
      ...(rows.length === 0 ? [h('p', { class: 'sheet-text' }, '还没有申请过权限')] : []),
      ...boxes.map(({ label, box }) => h('label', { class: 'sheet-switch' }, h('span', {}, label), box)),
      h(
        'div',
        { class: 'sheet-buttons' },
        h('button', { type: 'button', class: 'allow', click: () => finish('done') }, '完成'),
      ),
    ])
    .then(answer)
}
