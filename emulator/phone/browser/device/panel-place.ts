import { h } from '../base/dom.ts'
import type { Device } from './device.ts'

/** Where the phone is. */
export function drawPlace({ settings }: Device): HTMLElement {
  const field = (name: 'name' | 'address', text: string) => {
    const input = h('input', {
      name: `place-${name}`,
      value: settings.current.place[name],
      change: () => settings.change({ place: { ...settings.current.place, [name]: input.value } }),
    })
    return h('label', {}, text, input)
  }
  const number = (name: 'latitude' | 'longitude', text: string) => {
    const input = h('input', {
      type: 'number',
      step: 'any',
      name: `place-${name}`,
      value: settings.current.place[name],
      change: () => settings.change({ place: { ...settings.current.place, [name]: Number(input.value) } }),
    })
    return h('label', {}, text, input)
  }
  return h(
    'fieldset',
    {},
    h('legend', {}, '位置'),
    field('name', '名称'),
    field('address', '地址'),
    number('latitude', '纬度'),
    number('longitude', '经度'),
  )
}
