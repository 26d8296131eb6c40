import { kindOf, textOfValue } from './value'

/** A value in one line, with its kind as a style and for screen readers where the text does not show it. */
export function ValueView({ value }: { value: unknown }) {
  if (value === undefined) return <span class="faint">—</span>
  const kind = kindOf(value)
  if (kind === 'null') return <span class="faint">null</span>
  const text = textOfValue(value)
  const shown = text.length > 120 ? `${text.slice(0, 120)}…` : text
  return (
    <span class={`value ${kind}`} title={text.length > 24 ? text.slice(0, 500) : undefined}>
      {kind === 'string' && text === '' ? <span class="faint">（空文本）</span> : shown}
    </span>
  )
}
