import { h } from '../base/dom.ts'
import type { Host } from './host.ts'

/** Properties of `input` and `textarea`. */
export interface TextFieldData {
  value: unknown
  name: string
  placeholder: string
  placeholderStyle: string
  placeholderClass: string
  disabled: boolean
  maxlength: number
  focus: boolean
  autoFocus: boolean
  cursor: number
  selectionStart: number
  selectionEnd: number
  cursorSpacing: number
  adjustPosition: boolean
  holdKeyboard: boolean
  confirmType: string
  confirmHold: boolean
}

export const textFieldProperties: TextFieldData = {
  value: null,
  name: '',
  placeholder: '',
  placeholderStyle: '',
  placeholderClass: '',
  disabled: false,
  maxlength: 140,
  focus: false,
  autoFocus: false,
  cursor: -1,
  selectionStart: -1,
  selectionEnd: -1,
  cursorSpacing: 0,
  adjustPosition: true,
  holdKeyboard: false,
  confirmType: 'done',
  confirmHold: false,
}

type Field = HTMLInputElement | HTMLTextAreaElement

export const fieldOf = (host: { element: HTMLElement }): Field | null =>
  host.element.querySelector('input, textarea')

export const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** Adds the browser's field to the component, and fires events for what the user does in it. */
export function drawTextField(host: Host<TextFieldData>, field: Field): void {
  field.addEventListener('input', () => handleInput(host, field))
  field.addEventListener('focus', () => host.fire('focus', { value: field.value, height: 0 }))
  field.addEventListener('blur', () =>
    host.fire('blur', { value: field.value, cursor: field.selectionEnd ?? 0 }),
  )
  field.addEventListener('keydown', (event) => {
    const isConfirm = (event as KeyboardEvent).key === 'Enter' && !(event as KeyboardEvent).isComposing
    if (isConfirm && field instanceof HTMLInputElement) {
      host.fire('confirm', { value: field.value })
      if (!host.data.confirmHold) field.blur()
    }
  })
  host.element.append(h('span', { class: 'wx-placeholder', 'aria-hidden': 'true' }), field)
  if (host.data.autoFocus) field.focus({ preventScroll: true })
}

function handleInput(host: Host<TextFieldData>, field: Field): void {
  showPlaceholder(host, field)
  host.set({ value: field.value })
  let answer: unknown
  const handleListenerReturn = (value: unknown) => {
    answer = value
    return value === false ? false : undefined
  }
  const detail = { value: field.value, cursor: field.selectionEnd ?? 0 }
  host.fire('input', detail, { handleListenerReturn })
  // WeChat ignores the answer of a textarea's handler.
  if (field instanceof HTMLInputElement) applyHandlerAnswer(host, field, answer)
}

/** The handler of `input` may replace the text: it answers with a text or with `{ value, cursor }`. */
function applyHandlerAnswer(host: Host<TextFieldData>, field: HTMLInputElement, answer: unknown): void {
  const { value, cursor } = (typeof answer === 'object' && answer !== null ? answer : { value: answer }) as {
    value?: unknown
    cursor?: unknown
  }
  if (typeof value !== 'string') return
  host.set({ value })
  field.value = value
  showPlaceholder(host, field)
  if (typeof cursor === 'number') field.setSelectionRange(cursor, cursor)
}

/** Sets a text as if the user had typed it. */
export function typeText(host: Host<TextFieldData>, text: string): void {
  const field = fieldOf(host)
  if (!field) return
  field.value = text
  handleInput(host, field)
}

export function updateTextField(host: Host<TextFieldData>): void {
  const { element, data } = host
  const field = fieldOf(host)
  if (!field) return
  const value = textOf(data.value)
  if (field.value !== value) field.value = value
  field.disabled = data.disabled
  if (data.maxlength < 0) field.removeAttribute('maxlength')
  else field.maxLength = data.maxlength
  for (const name of ['aria-label', 'aria-labelledby', 'aria-describedby', 'aria-invalid', 'aria-required']) {
    const property = name.replace(/-([a-z])/, (_, letter: string) => letter.toUpperCase())
    const said = (data as unknown as Record<string, unknown>)[property]
    // Screen readers reach the field, not the component around it.
    if (said !== null && said !== undefined) field.setAttribute(name, String(said))
  }
  if (!field.hasAttribute('aria-label') && data.placeholder !== '')
    field.setAttribute('aria-label', data.placeholder)
  element.toggleAttribute('disabled', data.disabled)
  if (data.focus && document.activeElement !== field) field.focus({ preventScroll: true })
  showPlaceholder(host, field)
}

function showPlaceholder(host: Host<TextFieldData>, field: Field): void {
  const placeholder = host.element.querySelector<HTMLElement>(':scope > .wx-placeholder')
  if (!placeholder) return
  placeholder.className = `wx-placeholder ${host.className(host.data.placeholderClass)}`
  placeholder.setAttribute('style', host.data.placeholderStyle)
  placeholder.textContent = host.data.placeholder
  placeholder.hidden = field.value !== ''
}

export function resetTextField(host: Host<TextFieldData>): void {
  host.set({ value: '' })
}
