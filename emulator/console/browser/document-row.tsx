import { useState } from 'preact/hooks'
import { control, type Document, documentsPath } from './api'
import { formatJson, summarize } from './format'
import { Notice, useAction } from './notice'

const NEW_DOCUMENT = '{\n  "_id": ""\n}'

/** A document that can be opened, changed and deleted; without one, the place to make a new one. */
export function DocumentRow({ collection, document }: { collection: string; document?: Document }) {
  const [text, setText] = useState<string>()
  const action = useAction()
  const isEdited = text !== undefined
  const save = async () => {
    const done = await action.run(async () =>
      control('PUT', documentsPath(collection), { document: JSON.parse(text ?? '') }),
    )
    if (done) setText(undefined)
  }
  const remove = () =>
    confirm('删除这个文档？') &&
    action.run(() => control('DELETE', documentsPath(collection), { _id: document?.['_id'] }))
  if (!document && !isEdited) {
    return (
      <button type="button" onClick={() => setText(NEW_DOCUMENT)}>
        ＋ 新建文档
      </button>
    )
  }
  const editor = (
    <div class="detail">
      {isEdited ? (
        <textarea
          aria-label="文档（扩展 JSON）"
          value={text}
          rows={Math.min(30, text.split('\n').length + 1)}
          onInput={(event) => setText(event.currentTarget.value)}
          spellcheck={false}
        />
      ) : (
        <pre>{formatJson(document)}</pre>
      )}
      {action.error && <Notice>{action.error}</Notice>}
      <div class="toolbar">
        {isEdited ? (
          <>
            <button type="button" onClick={save}>
              保存
            </button>
            <button type="button" onClick={() => setText(undefined)}>
              取消
            </button>
          </>
        ) : (
          <>
            <button type="button" onClick={() => setText(formatJson(document))}>
              编辑
            </button>
            <button type="button" class="danger" onClick={remove}>
              删除
            </button>
          </>
        )}
      </div>
    </div>
  )
  if (!document) return editor
  return (
    <li>
      <details>
        <summary>
          <code>{summarize(document)}</code>
        </summary>
        {editor}
      </details>
    </li>
  )
}
