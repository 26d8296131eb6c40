import { h } from '../base/dom.ts'
import { builtIn } from './host.ts'

export const progress = builtIn({
  properties: {
    percent: 0,
    showInfo: false,
    borderRadius: 0,
    fontSize: 16,
    strokeWidth: 6,
    color: '#09bb07',
    activeColor: '',
    backgroundColor: '#ebebeb',
    active: false,
    activeMode: 'backwards',
    duration: 30,
  },
  draw({ element }) {
    element.setAttribute('role', 'progressbar')
    element.append(h('div', {}, h('i')), h('span'))
  },
  update({ element, data }) {
    const percent = Math.min(Math.max(data.percent, 0), 100)
    element.setAttribute('aria-valuenow', String(percent))
    const bar = element.querySelector('div')
    const filled = element.querySelector('i')
    const info = element.querySelector('span')
    if (!bar || !filled || !info) return
    bar.style.height = `${data.strokeWidth}px`
    bar.style.borderRadius = `${data.borderRadius}px`
    bar.style.background = data.backgroundColor
    filled.style.width = `${percent}%`
    filled.style.background = data.activeColor || data.color
    info.textContent = data.showInfo ? `${percent}%` : ''
    info.style.fontSize = `${data.fontSize}px`
  },
})
