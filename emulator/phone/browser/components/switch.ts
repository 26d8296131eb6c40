import { h } from '../base/dom.ts'
import { builtIn } from './host.ts'

export const switchComponent = builtIn({
  properties: { name: '', checked: false, disabled: false, type: 'switch', color: '#07c160' },
  draw({ element }) {
    element.setAttribute('role', 'switch')
    element.append(h('i', { 'aria-hidden': 'true' }))
  },
  update({ element, data }) {
    const mark = element.querySelector<HTMLElement>(':scope > i')
    if (mark)
      mark.className = `${data.type === 'checkbox' ? 'wx-checkbox-mark' : 'wx-switch-track'}${data.checked ? ' wx-on' : ''}`
    if (mark && CSS.supports('color', data.color)) mark.style.setProperty('--mark', data.color)
    element.toggleAttribute('disabled', data.disabled)
    element.tabIndex = data.disabled ? -1 : 0
    element.setAttribute('aria-checked', String(data.checked))
    element.setAttribute('aria-disabled', String(data.disabled))
  },
  tap(host) {
    if (host.data.disabled) return
    host.set({ checked: !host.data.checked })
    host.fire('change', { value: host.data.checked })
  },
  formValue: ({ data }) => data.checked,
  reset: (host) => host.set({ checked: false }),
})
