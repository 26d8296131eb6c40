import { useState } from 'preact/hooks'
import { LARGEST_BULK } from '../../../control/documents.ts'
import type { JsonDocument } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { Toolbar } from '../frame/toolbar'
import { exportFile } from './export-file'
import { KindSelect, ValueInput } from './field-editor'
import { explainRefusal } from './refusal'
import { type Kind, parseValue } from './value'

interface BulkActionsProps {
  collection: string
  /** Of the documents that are selected. */
  filter: JsonDocument
  count: number
  /** How many documents the query finds, when these can be selected as well; else undefined. */
  foundCount: number | undefined
  onSelectFound: () => void
  onClear: () => void
}

/** What can be done to all documents that are selected. */
export function BulkActions(props: BulkActionsProps) {
  const { collection, filter, count, foundCount, onSelectFound, onClear } = props
  const [isSetting, setSetting] = useState(false)
  const action = useAction()
  const isTooMany = count > LARGEST_BULK
  const path = `collections/${encodeURIComponent(collection)}` as const
  const remove = async () => {
    if (!confirm(`删除选中的 ${count} 个文档？不能撤销。`)) return
    const isDone = await action.run(() => control('POST', `${path}/remove`, { filter, expected: count }))
    if (isDone) onClear()
  }
  const save = (format: 'jsonl' | 'csv') => action.run(() => exportFile(collection, { format, filter }))
  return (
    <>
      <Toolbar label="选中的文档">
        <strong role="status">已选 {count} 个</strong>
        {foundCount !== undefined && foundCount > count && (
          <button type="button" onClick={onSelectFound}>
            选中找到的全部 {foundCount} 个
          </button>
        )}
        <button
          type="button"
          disabled={isTooMany}
          onClick={() => setSetting(!isSetting)}
          aria-expanded={isSetting}
        >
          设置字段…
        </button>
        <button type="button" onClick={() => save('jsonl')}>
          导出 JSON Lines
        </button>
        <button type="button" onClick={() => save('csv')}>
          导出 CSV
        </button>
        <button type="button" class="danger" disabled={isTooMany} onClick={remove}>
          删除选中的
        </button>
        <button type="button" onClick={onClear}>
          取消选择
        </button>
      </Toolbar>
      {isTooMany && <Notice kind="hint">一次最多改 {LARGEST_BULK} 个文档，请缩小范围。导出不限。</Notice>}
      {isSetting && !isTooMany && (
        <SetField
          count={count}
          onSet={(field, value) =>
            control('POST', `${path}/set`, { filter, expected: count, path: field, value })
          }
          onDone={() => setSetting(false)}
        />
      )}
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
    </>
  )
}

interface SetFieldProps {
  count: number
  onSet: (field: string, value: unknown) => Promise<unknown>
  onDone: () => void
}

function SetField({ count, onSet, onDone }: SetFieldProps) {
  const [field, setField] = useState('')
  const [kind, setKind] = useState<Kind>('string')
  const [text, setText] = useState('')
  const action = useAction()
  const save = async (event: Event) => {
    event.preventDefault()
    const isSet = await action.run(async () => {
      const value = parseValue(kind, text)
      if (!confirm(`把 ${count} 个文档的 ${field} 设为 ${JSON.stringify(value)}？`)) return false
      return onSet(field, value)
    })
    if (isSet) onDone()
  }
  return (
    <form class="inline" onSubmit={save} aria-label="设置字段">
      <label>
        字段名
        <input
          value={field}
          list="fields"
          required
          onInput={(event) => setField(event.currentTarget.value)}
          spellcheck={false}
        />
      </label>
      <KindSelect kind={kind} onKind={setKind} />
      <ValueInput kind={kind} text={text} onText={setText} />
      <button type="submit" class="primary">
        设置 {count} 个文档
      </button>
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
    </form>
  )
}
