import { h } from '../base/dom.ts'
import type { Overlay } from './overlay.ts'

/** Colours of a button that the mini-program gives; WeChat has its own for each that is absent or empty. */
export interface ButtonColours {
  light?: string
  dark?: string
}

export interface ModalOptions {
  title: string
  content: string
  showCancel: boolean
  cancelText: string
  cancelColours: ButtonColours
  confirmText: string
  confirmColours: ButtonColours
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
    const button = (text: string, colours: ButtonColours, confirm: boolean) => {
      const attributes = { class: confirm ? 'confirm' : 'cancel', style: colourStyle(colours) }
      return h('button', { type: 'button', ...attributes, click: () => end(confirm) }, text)
    }
    return [
      ...(title === '' ? [] : [h('h3', {}, title)]),
      input ?? h('p', {}, content),
      h(
        'div',
        { class: 'dialog-buttons' },
        showCancel && button(options.cancelText, options.cancelColours, false),
        button(options.confirmText, options.confirmColours, true),
      ),
    ]
  })
}

/** `wx.showActionSheet`: a list at the bottom of the screen. @returns the chosen index, or -1 when cancelled */
export function showActionSheet(
  overlay: Overlay,
  { items, title, colours = {} }: { items: readonly string[]; title: string; colours?: ButtonColours },
): Promise<number> {
  return overlay.prompt('sheet', title || '请选择', -1, (finish) => [
    ...(title === '' ? [] : [h('div', { class: 'action-title' }, title)]),
    ...items.map((item, index) =>
      h(
        'button',
        { type: 'button', class: 'action', style: colourStyle(colours), click: () => finish(index) },
        item,
      ),
    ),
    h('button', { type: 'button', class: 'action action-cancel', click: () => finish(-1) }, '取消'),
  ])
}

/**
 * Variables of which the sheet takes one by the theme, also when the theme changes under a dialog. Colours come from the
 * mini-program, so anything that is no colour is kept out.
 */
function colourStyle({ light, dark }: ButtonColours): string | undefined {
  const variables = [
    ['--given', light],
    ['--given-dark', dark],
  ].filter(([, colour = '']) => CSS.supports('color', colour))
  return variables.length === 0 ? undefined : variables.map((pair) => pair.join(': ')).join('; ')
}
