import { useState } from 'preact/hooks'
import type { JsonDocument } from '../../../control/interface.ts'
import { control, documentsPath } from '../frame/api'
import { EmptyState } from '../frame/empty-state'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { addressOf } from '../frame/route'
import { Tabs } from '../frame/tabs'
import { Toolbar } from '../frame/toolbar'
import { DocumentJson } from './document-json'
import { FieldTree } from './field-tree'
import { DocumentHistory } from './history-list'
import { explainRefusal } from './refusal'

const TABS = [
  { id: 'fields', name: '字段' },
  { id: 'json', name: 'JSON' },
  { id: 'history', name: '变化历史' },
] as const

interface DocumentDetailProps {
  collection: string
  id: unknown
  /** Makes a new document of this one. */
  onDuplicate: (document: JsonDocument) => void
}

/** One document: its fields, its JSON, and who has changed it. */
export function DocumentDetail({ collection, id, onDuplicate }: DocumentDetailProps) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('fields')
  const action = useAction()
  const query = new URLSearchParams({ filter: JSON.stringify({ _id: id }), limit: '1' })
  const { data, error, reload } = useLive(`${documentsPath(collection)}?${query}`, 'database', 'machine')
  const document = data?.documents[0]
  const remove = () =>
    confirm('删除这个文档？不能撤销。') &&
    action.run(() => control('DELETE', documentsPath(collection), { _id: id }))
  const shownId = typeof id === 'string' ? id : JSON.stringify(id)
  return (
    <section aria-label={`文档 ${shownId}`} class="document-detail">
      <Toolbar label="文档的操作">
        <h3>
          <code>{shownId}</code>
        </h3>
        <span class="space" />
        {document && (
          <>
            <button type="button" onClick={() => onDuplicate(document)}>
              复制
            </button>
            <button type="button" class="danger" onClick={remove}>
              删除
            </button>
          </>
        )}
        <a href={addressOf('database', collection)}>关闭</a>
      </Toolbar>
      {error && <Notice>{error}</Notice>}
      {action.error && <Notice>{explainRefusal(action.error)}</Notice>}
      {data && (
        <Tabs label="文档" tabs={TABS} selected={tab} onSelect={setTab}>
          {tab === 'history' ? (
            <DocumentHistory collection={collection} id={id} />
          ) : !document ? (
            <EmptyState title="没有这个文档">也许已经删除；“变化历史”里可能有它最后的样子。</EmptyState>
          ) : tab === 'json' ? (
            <DocumentJson collection={collection} document={document} onDone={reload} />
          ) : (
            <FieldTree collection={collection} document={document} />
          )}
        </Tabs>
      )}
    </section>
  )
}
