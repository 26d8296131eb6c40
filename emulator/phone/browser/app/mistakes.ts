import type { Mistake } from '../../program.ts'
import type { Device } from '../device/device.ts'
import { h } from '../dom.ts'

/** A place and what is wrong there, in one line. */
export function describeMistake({ file, line, message }: Mistake): string {
  return `${placeOf({ file, line })} ${message}`
}

const placeOf = ({ file, line }: { file: string; line: number | undefined }) =>
  line === undefined ? file : `${file}:${line}`

/** What was found while the mini-program was compiled, for the tester. */
export function tellMistakes(
  { errors }: Device,
  { mistakes, notes }: { mistakes: readonly Mistake[]; notes: readonly Mistake[] },
): void {
  for (const mistake of mistakes) errors.add(`编译错误 ${describeMistake(mistake)}`)
  for (const note of notes) errors.addOnce(`提示 ${describeMistake(note)}`)
}

/** In place of a page or of the whole mini-program: why it cannot be shown. */
export function drawMistakes(title: string, mistakes: readonly Mistake[]): HTMLElement {
  return h(
    'div',
    { class: 'wx-mistakes', role: 'alert' },
    h('h1', {}, title),
    ...mistakes.map(({ file, line, message }) =>
      h('p', {}, h('code', {}, placeOf({ file, line })), h('span', {}, message)),
    ),
    h('p', {}, '改好保存后会自动重新编译。'),
  )
}
