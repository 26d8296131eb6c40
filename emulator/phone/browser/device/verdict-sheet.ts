import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface VerdictSheet {
  appName: string
  title: string
  text?: string
  /** More of the sheet's content, below its text. */
  content?: readonly Node[]
  deny: string
  allow: string
}

/** A sheet of WeChat's with two buttons. Escape and a tap beside it count as a refusal. */
export function showVerdictSheet(
  overlay: Overlay,
  { appName, title, text = '', content = [], deny, allow }: VerdictSheet,
): Promise<'allow' | 'deny'> {
  return overlay.prompt<'allow' | 'deny'>('sheet', title, 'deny', (finish) => [
    h('div', { class: 'sheet-app' }, h('i', {}, appName.slice(0, 1)), h('span', {}, appName)),
    h('h3', { class: 'sheet-title' }, title),
    ...(text === '' ? [] : [h('p', { class: 'sheet-text' }, text)]),
    ...content,
    h(
      'div',
      { class: 'sheet-buttons' },
      h('button', { type: 'button', class: 'deny', click: () => finish('deny') }, deny),
      h('button', { type: 'button', class: 'allow', click: () => finish('allow') }, allow),
    ),
  ])
}
