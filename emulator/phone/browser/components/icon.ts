import { h } from '../base/dom.ts'
import { builtIn } from './host.ts'

const COLORS: Readonly<Record<string, string>> = {
  success: '#07c160',
  success_no_circle: '#07c160',
  info: '#10aeff',
  warn: '#fa5151',
  waiting: '#10aeff',
  cancel: '#fa5151',
  download: '#07c160',
  search: '#b2b2b2',
  clear: '#b2b2b2',
}

export const icon = builtIn({
  properties: { type: 'success', size: null as unknown, color: '' },
  draw({ element }) {
    element.append(h('i', { 'aria-hidden': 'true' }))
  },
  update({ element, data }) {
    const mark = element.querySelector<HTMLElement>(':scope > i')
    if (!mark) return
    const size =
      typeof data.size === 'string' && !/^\d+$/.test(data.size) ? data.size : `${Number(data.size ?? 23)}px`
    mark.className = data.type in COLORS ? `wx-icon-${data.type}` : ''
    mark.setAttribute('style', '')
    mark.style.fontSize = size
    mark.style.color = data.color || COLORS[data.type] || 'inherit'
  },
})
