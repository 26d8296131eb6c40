import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

export interface ModalOptions {
  title: string
  content: string
  showCancel: boolean
  cancelText: string
  cancelColor: string
  confirmText: string
  confirmColor: string
  /** Of the text field; undefined for a dialog without one. */
  placeholder: string | undefined
}

export interface ModalAnswer {
  confirm: boolean
  content: string
}

/** `wx.showModal`: a dialog in the middle of the screen. */
export function showModal(overlay: Overlay, options: ModalOptions): Promise<ModalAnswer> {
  const { title, content, showCancel } = options
  return overlay.prompt<ModalAnswer>('dialog', title || content, undefined, (finish) => {
    const input =
      options.placeholder === undefined
        ? undefined
        : h('input', { class: 'dialog-input', placeholder: options.placeholder, value: content })
    const end = (confirm: boolean) => finish({ confirm, content: input?.value ?? '' })
    const button = (text: string, color: string, confirm: boolean) =>
      h('button', { type: 'button', style: `color: ${safeColor(color)}`, click: () => end(confirm) }, text)
    return [
      ...(title === '' ? [] : [h('h3', {}, title)]),
      input ?? h('p', {}, content),
      h(
        'div',
        { class: 'dialog-buttons' },
        showCancel && button(options.cancelText, options.cancelColor, false),
        button(options.confirmText, options.confirmColor, true),
      ),
    ]
  })
}

/** `wx.showActionSheet`: a list at the bottom of the screen. @returns the chosen index, or -1 when cancelled */
export function showActionSheet(
  overlay: Overlay,
  { items, color, title }: { items: readonly string[]; color: string; title: string },
): Promise<number> {
  return overlay.prompt('sheet', title || '请选择', -1, (finish) => [
    ...(title === '' ? [] : [h('div', { class: 'action-title' }, title)]),
    ...items.map((item, index) =>
      h(
        'button',
        { type: 'button', class: 'action', style: `color: ${safeColor(color)}`, click: () => finish(index) },
        item,
      ),
    ),
    h('button', { type: 'button', class: 'action action-cancel', click: () => finish(-1) }, '取消'),
  ])
}

/** Colours come from the mini-program, so anything that is no colour is kept out of the style. */
function safeColor(color: string): string {
  return CSS.supports('color', color) ? color : 'inherit'
}
