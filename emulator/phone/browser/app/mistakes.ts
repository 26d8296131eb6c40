import type { Mistake } from '../../program.ts'
import type { Device } from '../device/device.ts'
import { h } from '../dom.ts'

/** In place of the mini-program: why it could not be compiled. */
export function showMistakes(device: Device, mistakes: readonly Mistake[]): void {
  const lines = mistakes.map(({ file, line, message }) => {
    const place = line === undefined ? file : `${file}:${line}`
    return { place, message }
  })
  for (const { place, message } of lines) device.errors.add(`编译错误 ${place} ${message}`)
  document.body.append(
    h(
      'div',
      { class: 'wx-mistakes', role: 'alert' },
      h('h1', {}, `编译失败：${mistakes.length} 处错误`),
      ...lines.map(({ place, message }) => h('p', {}, h('code', {}, place), h('span', {}, message))),
      h('p', {}, '改好保存后会自动重新编译。'),
    ),
  )
}
