import { h } from '../base/dom.ts'
import { builtIn } from './host.ts'

export const slider = builtIn({
  properties: {
    name: '',
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    disabled: false,
    showValue: false,
    activeColor: '#07c160',
    backgroundColor: '#e9e9e9',
    blockSize: 28,
    blockColor: '#ffffff',
    color: '',
    selectedColor: '',
  },
  draw(host) {
    const range = h('input', { type: 'range' })
    range.addEventListener('input', () => {
      host.set({ value: Number(range.value) })
      host.fire('changing', { value: host.data.value })
    })
    range.addEventListener('change', () => host.fire('change', { value: host.data.value }))
    host.element.append(range, h('output'))
  },
  update({ element, data }) {
    const range = element.querySelector('input')
    const shown = element.querySelector('output')
    if (!range || !shown) return
    range.min = String(data.min)
    range.max = String(data.max)
    range.step = String(data.step)
    range.value = String(data.value)
    range.disabled = data.disabled
    const share = ((data.value - data.min) / (data.max - data.min || 1)) * 100
    range.style.setProperty('--share', `${share}%`)
    range.style.setProperty('--active', data.activeColor)
    range.style.setProperty('--rest', data.backgroundColor)
    range.style.setProperty('--block', `${data.blockSize}px`)
    range.style.setProperty('--block-color', data.blockColor)
    const label = (data as unknown as Record<string, unknown>)['ariaLabel']
    if (typeof label === 'string') range.setAttribute('aria-label', label)
    shown.textContent = data.showValue ? String(data.value) : ''
  },
  formValue: ({ data }) => data.value,
  reset: (host) => host.set({ value: host.data.min }),
})
