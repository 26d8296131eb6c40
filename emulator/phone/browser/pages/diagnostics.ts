import { type Diagnostic, describeDiagnostic, positionOf } from '../../program/diagnostic.ts'
import { h } from '../base/dom.ts'
import type { Device } from '../device/device.ts'

/** Lists what the compiler found in the tester's panel. */
export function reportDiagnostics(
  { errors: log }: Device,
  { errors, notes }: { errors: readonly Diagnostic[]; notes: readonly Diagnostic[] },
): void {
  for (const error of errors) log.add(`编译错误 ${describeDiagnostic(error)}`)
  for (const note of notes) log.note(describeDiagnostic(note), { isOfBuild: true })
}

/** Replaces a page or the whole mini-program: says why it cannot run. */
export function drawDiagnostics(title: string, errors: readonly Diagnostic[]): HTMLElement {
  return h(
    'div',
    { class: 'wx-mistakes', role: 'alert' },
    h('h1', {}, title),
    ...errors.map((error) => h('p', {}, h('code', {}, positionOf(error)), h('span', {}, error.message))),
    h('p', {}, '改好保存后会自动重新编译。'),
  )
}
