import { h } from '../base/dom.ts'
import { instanceAround, instancesWithin } from './component-instance.ts'
import { builtIn, type Host } from './host.ts'

interface ChoiceData {
  value: string
  checked: boolean
  disabled: boolean
  color: string
}

const properties: ChoiceData = { value: '', checked: false, disabled: false, color: '#09bb07' }

function draw(role: 'checkbox' | 'radio') {
  return ({ element }: Host<ChoiceData>) => {
    element.setAttribute('role', role)
    element.prepend(h('i', { class: `wx-${role}-mark`, 'aria-hidden': 'true' }))
  }
}

function update({ element, data }: Host<ChoiceData>): void {
  const mark = element.querySelector<HTMLElement>(':scope > i')
  mark?.classList.toggle('wx-on', data.checked)
  if (mark && CSS.supports('color', data.color)) mark.style.setProperty('--mark', data.color)
  element.toggleAttribute('disabled', data.disabled)
  element.tabIndex = data.disabled ? -1 : 0
  element.setAttribute('aria-checked', String(data.checked))
  element.setAttribute('aria-disabled', String(data.disabled))
}

export const checkbox = builtIn<ChoiceData>({
  properties,
  draw: draw('checkbox'),
  update,
  tap(host) {
    if (host.data.disabled) return
    host.set({ checked: !host.data.checked })
    const group = instanceAround(host.element, 'wx-checkbox-group')
    group?.fire('change', { value: chosenValues(group) })
  },
})

export const radio = builtIn<ChoiceData>({
  properties,
  draw: draw('radio'),
  update,
  tap(host) {
    if (host.data.disabled || host.data.checked) return
    const group = instanceAround(host.element, 'wx-radio-group')
    for (const other of group ? instancesWithin(group.element, 'wx-radio') : []) other.set({ checked: false })
    host.set({ checked: true })
    group?.fire('change', { value: host.data.value })
  },
})

function chosenValues(group: Host): unknown[] {
  return choices(group)
    .filter(({ data }) => data['checked'])
    .map(({ data }) => data['value'])
}

const choices = (group: Host) => instancesWithin(group.element, 'wx-checkbox, wx-radio')

function clear(group: Host<{ name: string }>): void {
  for (const choice of choices(group as Host)) choice.set({ checked: false })
}

export const checkboxGroup = builtIn({
  properties: { name: '' },
  draw: ({ element }) => element.setAttribute('role', 'group'),
  formValue: (group) => chosenValues(group as Host),
  reset: clear,
})

export const radioGroup = builtIn({
  properties: { name: '' },
  draw: ({ element }) => element.setAttribute('role', 'radiogroup'),
  formValue: (group) => chosenValues(group as Host)[0] ?? '',
  reset: clear,
})
