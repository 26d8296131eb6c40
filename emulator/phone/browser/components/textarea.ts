import { h } from '../base/dom.ts'
import { builtIn } from './host.ts'
import {
  drawTextField,
  resetTextField,
  type TextFieldData,
  textFieldProperties,
  textOf,
  updateTextField,
} from './text-field.ts'

interface TextareaData extends TextFieldData {
  autoHeight: boolean
  fixed: boolean
  showConfirmBar: boolean
  disableDefaultPadding: boolean
}

export const textarea = builtIn<TextareaData>({
  properties: {
    ...textFieldProperties,
    confirmType: 'return',
    autoHeight: false,
    fixed: false,
    showConfirmBar: true,
    disableDefaultPadding: false,
  },
  draw: (host) => drawTextField(host, h('textarea')),
  update(host) {
    updateTextField(host)
    const field = host.element.querySelector('textarea')
    if (!field) return
    host.element.toggleAttribute('auto-height', host.data.autoHeight)
    if (!host.data.autoHeight) return
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  },
  formValue: ({ data }) => textOf(data.value),
  reset: resetTextField,
})
