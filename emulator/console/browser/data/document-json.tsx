import { useRef, useState } from 'preact/hooks'
import type { JsonDocument } from '../../../control/interface.ts'
import { control, documentsPath } from '../frame/api'
import { formatJson } from '../frame/format'
import { Notice, useAction } from '../frame/notice'
import { explainRefusal } from './refusal'
import { parseJson } from './value'

interface DocumentJsonProps {
  collection: string
  /** What the text begins with. */
  document: JsonDocument
  /** Whether the collection does not have it yet. */
  isNew?: boolean
  /** Saved or, for a new one, given up. @param document absent: given up */
  onDone?: (document?: JsonDocument) => void
}

/** A whole document as extended JSON. It is saved only while it still is as it was when the editing began. */
export function DocumentJson({ collection, document, isNew = false, onDone }: DocumentJsonProps) {
  const [text, setText] = useState<string | undefined>(isNew ? formatJson(document) : undefined)
  const seen = useRef(document)
  const action = useAction()
  const edit = (changed: string) => {
    if (text === undefined) seen.current = document
    setText(changed)
  }
  const save = async () => {
    const edited: { document?: JsonDocument } = {}
    const isSaved = await action.run(async () => {
      const parsed = documentOf(text ?? '')
      edited.document = isNew ? withId(parsed) : parsed
      const before = isNew ? null : seen.current
      if (!isNew && JSON.stringify(edited.document['_id']) !== JSON.stringify(seen.current['_id'])) {
        throw new Error('不能改 _id。要换 _id，请复制成新文档，再删除这个')
      }
      await control('PUT', documentsPath(collection), { document: edited.document, before })
    })
    if (!isSaved) return
    setText(undefined)
    onDone?.(edited.document)
  }
  const shown = text ?? formatJson(document)
  return (
    <div class="document-json">
      <textarea
        aria-label="文档（扩展 JSON）"
        value={shown}
        rows={Math.min(30, shown.split('\n').length + 1)}
        onInput={(event) => edit(event.currentTarget.value)}
        spellcheck={false}
      />
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
      <div class="toolbar">
        <button type="button" class="primary" disabled={text === undefined} onClick={save}>
          保存
        </button>
        <button
          type="button"
          disabled={text === undefined}
          onClick={() => (isNew ? onDone?.() : setText(undefined))}
        >
          {isNew ? '取消' : '还原'}
        </button>
      </div>
    </div>
  )
}

function documentOf(text: string): JsonDocument {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('文档写成 {…}')
  return value as JsonDocument
}

/** As the platform's console does, fills in an id that is left out or left empty. */
function withId(document: JsonDocument): JsonDocument {
  const { _id, ...fields } = document
  return { _id: _id === undefined || _id === '' ? crypto.randomUUID().replaceAll('-', '') : _id, ...fields }
}
