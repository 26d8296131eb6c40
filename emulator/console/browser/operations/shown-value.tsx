import type { ShownValue } from '../../../control/operations.ts'
import { valueAtPath } from '../../../control/value-at.ts'
import { formatMoment } from '../frame/format'

/** A value of a row or an object as text; empty for none. */
export function textOfShown(from: unknown, { path, as = 'text', texts }: ShownValue): string {
  const value = valueAtPath(from, path)
  if (value === undefined || value === null || value === '') return ''
  const known = texts?.[String(value)]
  if (known !== undefined) return known
  if (as === 'time') return formatMoment(value)
  if (as === 'number' && typeof value === 'number') return value.toLocaleString('zh-CN')
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A value of a row or an object. */
export function Shown({ from, shown }: { from: unknown; shown: ShownValue }) {
  const text = textOfShown(from, shown)
  if (text === '') return <span class="faint">—</span>
  const tone = shown.tones?.[String(valueAtPath(from, shown.path))]
  if (tone !== undefined) return <span class={`badge ${tone}`}>{text}</span>
  if (shown.as === 'code') return <code>{text}</code>
  if (shown.as === 'number') return <span class="number">{text}</span>
  return <>{text}</>
}

/** What a user knows a row by: its first two cells. */
export function labelOf(row: unknown, columns: readonly ShownValue[]): string {
  const texts = columns.slice(0, 2).map((column) => textOfShown(row, column))
  return texts.filter(Boolean).join(' ')
}
