import { useEffect, useRef, useState } from 'preact/hooks'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { explainRefusal } from './refusal'
import { EDITABLE_KINDS, KINDS, type Kind, kindOf, parseValue, textOfValue } from './value'

interface FieldEditorProps {
  collection: string
  id: unknown
  /** In dotted form. */
  path: string
  /** What it is now; undefined for a new field. */
  before: unknown
  /** The field has a name to be typed first, which takes the focus. */
  isNew?: boolean
  /** Saved or given up. */
  onDone: () => void
}

/** Edits the value of one field, with its type. All other fields stay as they are, and so does one that has changed. */
export function FieldEditor({ collection, id, path, before, isNew = false, onDone }: FieldEditorProps) {
  const present = before === undefined ? 'string' : kindOf(before)
  const [kind, setKind] = useState<Kind>(present)
  const [text, setText] = useState(() => textOfValue(before))
  // The value that the editing began with, to be compared with the present one.
  const seen = useRef(before)
  const action = useAction()
  const save = async (event: Event) => {
    event.preventDefault()
    const saved = await action.run(async () => {
      const after = parseValue(kind, text)
      const was = seen.current === undefined ? {} : { before: seen.current }
      await control('PUT', `collections/${encodeURIComponent(collection)}/field`, { id, path, ...was, after })
    })
    if (saved) onDone()
  }
  const press = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onDone()
  }
  if (!EDITABLE_KINDS.includes(present)) {
    return <Notice kind="hint">这种类型（{KINDS[present]}）只能看，不能改。</Notice>
  }
  return (
    <form class="field-editor" onSubmit={save} onKeyDown={press} aria-label={`编辑 ${path}`}>
      <KindSelect kind={kind} onKind={setKind} />
      <ValueInput kind={kind} text={text} takesFocus={!isNew} onText={setText} />
      <button type="submit" class="primary">
        保存
      </button>
      <button type="button" onClick={onDone}>
        取消
      </button>
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
    </form>
  )
}

export function KindSelect({ kind, onKind }: { kind: Kind; onKind: (kind: Kind) => void }) {
  return (
    <select aria-label="类型" value={kind} onChange={(event) => onKind(event.currentTarget.value as Kind)}>
      {EDITABLE_KINDS.map((choice) => (
        <option key={choice} value={choice}>
          {KINDS[choice]}
        </option>
      ))}
    </select>
  )
}

const HINTS: Partial<Record<Kind, string>> = {
  date: '2026-01-31 08:30',
  geo: '经度, 纬度',
  objectId: '24 位十六进制',
  object: '{"字段": 值}',
  array: '[1, 2]',
}

/** The value as text, by its kind. */
export function ValueInput({
  kind,
  text,
  takesFocus = false,
  onText,
}: {
  kind: Kind
  text: string
  /** When it appears. */
  takesFocus?: boolean
  onText: (text: string) => void
}) {
  const input = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  const take = (element: HTMLElement | null) => {
    input.current = element
  }
  const common = { 'aria-label': '值', value: text, placeholder: HINTS[kind] ?? '' }
  if (kind === 'null') return <span class="faint">null</span>
  if (kind === 'bool') {
    return (
      <select ref={take} {...common} onChange={(event) => onText(event.currentTarget.value)}>
        <option value="">请选择</option>
        <option value="true">true</option>
        <option value="false">false</option>
      </select>
    )
  }
  const isLong = kind === 'object' || kind === 'array' || text.includes('\n') || text.length > 60
  return isLong ? (
    <textarea
      ref={take}
      {...common}
      rows={4}
      spellcheck={false}
      onInput={(event) => onText(event.currentTarget.value)}
    />
  ) : (
    <input ref={take} {...common} spellcheck={false} onInput={(event) => onText(event.currentTarget.value)} />
  )
}
