import { useId, useState } from 'preact/hooks'
import { Notice, useAction } from '../frame/notice'

/** Edits security rules as JSON text. A mistake is shown with its place, and the rules stay as they were. */
export function RuleEditor({
  label,
  value,
  template,
  onSave,
}: {
  label: string
  /** The rules in force; absent while none are written. */
  value: string | undefined
  /** The text to begin with where there are none. */
  template: string
  onSave: (text: string) => Promise<unknown>
}) {
  const [edited, setEdited] = useState<string>()
  const id = useId()
  const action = useAction()
  const text = edited ?? value ?? template
  const save = async () => {
    if (await action.run(() => onSave(text))) setEdited(undefined)
  }
  const isSaved = value !== undefined && (edited === undefined || edited === value)
  return (
    <div class="detail rule-editor">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        value={text}
        rows={Math.min(20, text.split('\n').length + 1)}
        onInput={(event) => setEdited(event.currentTarget.value)}
        spellcheck={false}
      />
      {value === undefined && <Notice kind="hint">还没有规则：小程序端的请求全部拒绝。</Notice>}
      {action.error && <Notice>{action.error}</Notice>}
      <div class="toolbar">
        <button type="button" disabled={isSaved} onClick={save}>
          保存规则
        </button>
        {edited !== undefined && (
          <button type="button" onClick={() => setEdited(undefined)}>
            还原
          </button>
        )}
      </div>
    </div>
  )
}
