import { useRef, useState } from 'preact/hooks'
import type { CollectionInfo } from '../../../control/collection.ts'
import type { JsonDocument } from '../../../control/interface.ts'
import { useLive } from '../frame/live'
import { Notice } from '../frame/notice'
import { Panes } from '../frame/panes'
import { Toolbar } from '../frame/toolbar'
import { BulkActions } from './bulk-actions'
import { ColumnChooser } from './column-chooser'
import { filterOfIds } from './conditions'
import { documentAddress, idKey, idOfAddress } from './document-address'
import { DocumentDetail } from './document-detail'
import { DocumentJson } from './document-json'
import { DocumentTrees } from './document-trees'
import { PAGE_SIZE, type Query, type Sort, useColumns, useDocuments } from './documents-state'
import { DocumentsTable } from './documents-table'
import { SearchForm } from './search-form'

interface DocumentsTabProps {
  collection: CollectionInfo
  /** Of the address; empty for none. */
  documentId: string
}

/** The documents of a collection by a query, as a table or as trees, and one of them beside. */
export function DocumentsTab({ collection: { name }, documentId }: DocumentsTabProps) {
  const [query, setQuery] = useState<Query>({ filter: '{}', sort: undefined, skip: 0 })
  const [layout, setLayout] = useState<'table' | 'tree'>('table')
  const [draft, setDraft] = useState<JsonDocument>()
  const { data, error, isCurrent } = useDocuments(name, query)
  const fields =
    useLive(`collections/${encodeURIComponent(name)}/fields`, 'database', 'machine').data?.fields ?? []
  const { columns, setChosen } = useColumns(name, fields)
  const documents = data?.documents ?? []
  const selection = useSelection(documents)
  const search = (change: Partial<Query>) => {
    setQuery({ ...query, skip: 0, ...change })
    if (change.filter !== undefined) selection.clear()
  }
  const openedId = documentId === '' ? undefined : idOfAddress(documentId)
  const count = selection.isFound ? (data?.total ?? 0) : selection.ids.size
  return (
    <Panes
      id="document"
      label="文档"
      sized="end"
      initial={380}
      minimum={300}
      minimumRest={360}
      start={
        <>
          <SearchForm filter={query.filter} fields={fields} onFilter={(filter) => search({ filter })} />
          {error !== undefined && <Notice>{error}</Notice>}
          <Toolbar label="文档">
            {data && <Pager skip={query.skip} total={data.total} onSkip={(skip) => search({ skip })} />}
            {!isCurrent && <span class="faint">正在读取…</span>}
            <span class="space" />
            <select
              aria-label="显示为"
              value={layout}
              onChange={(event) => setLayout(event.currentTarget.value as 'table' | 'tree')}
            >
              <option value="table">表格</option>
              <option value="tree">树</option>
            </select>
            {layout === 'table' && <ColumnChooser fields={fields} columns={columns} onColumns={setChosen} />}
            <button type="button" onClick={() => setDraft({ _id: '' })}>
              ＋ 新建文档
            </button>
          </Toolbar>
          {draft && (
            <DocumentJson
              key={JSON.stringify(draft)}
              collection={name}
              document={draft}
              isNew
              onDone={(saved) => {
                setDraft(undefined)
                if (saved) location.hash = documentAddress(name, saved['_id'])
              }}
            />
          )}
          {count > 0 && (
            <BulkActions
              collection={name}
              filter={
                selection.isFound
                  ? JSON.parse(query.filter)
                  : filterOfIds([...selection.ids].map((id) => JSON.parse(id)))
              }
              count={count}
              foundCount={selection.isFound ? undefined : data?.total}
              onSelectFound={selection.selectFound}
              onClear={selection.clear}
            />
          )}
          {layout === 'tree' ? (
            <DocumentTrees collection={name} documents={documents} />
          ) : (
            <DocumentsTable
              collection={name}
              documents={documents}
              columns={columns}
              sort={query.sort}
              onSort={(sort: Sort | undefined) => search({ sort })}
              selection={selection}
              openedId={openedId === undefined ? undefined : idKey(openedId)}
            />
          )}
        </>
      }
      end={
        openedId !== undefined && (
          <DocumentDetail
            key={idKey(openedId)}
            collection={name}
            id={openedId}
            onDuplicate={(document) => setDraft({ ...document, _id: '' })}
          />
        )
      }
    />
  )
}

/** Which documents are selected: some by their ids, or all that the query finds. */
function useSelection(documents: readonly JsonDocument[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [isFound, setFound] = useState(false)
  const last = useRef(0)
  const select = (positions: readonly number[], isSelected: boolean) => {
    const changed = new Set(ids)
    for (const position of positions) {
      const id = idKey(documents[position]?.['_id'])
      if (isSelected) changed.add(id)
      else changed.delete(id)
    }
    setIds(changed)
    setFound(false)
  }
  return {
    ids: isFound ? new Set(documents.map(({ _id }) => idKey(_id))) : ids,
    isFound,
    toggle: (position: number, isRange: boolean) => {
      const isSelected = !ids.has(idKey(documents[position]?.['_id']))
      const first = isRange ? Math.min(last.current, position) : position
      const end = isRange ? Math.max(last.current, position) : position
      last.current = position
      select(
        Array.from({ length: end - first + 1 }, (_, step) => first + step),
        isSelected,
      )
    },
    toggleAll: (isSelected: boolean) => select([...documents.keys()], isSelected),
    selectFound: () => setFound(true),
    clear: () => {
      setIds(new Set())
      setFound(false)
    },
  }
}

function Pager({ skip, total, onSkip }: { skip: number; total: number; onSkip: (skip: number) => void }) {
  const last = Math.min(skip + PAGE_SIZE, total)
  const lastPage = Math.max(0, Math.floor((total - 1) / PAGE_SIZE) * PAGE_SIZE)
  return (
    <>
      <span role="status">{total === 0 ? '没有文档' : `第 ${skip + 1}–${last} 个，共 ${total} 个`}</span>
      {total > PAGE_SIZE && (
        <>
          <button type="button" disabled={skip === 0} onClick={() => onSkip(0)} aria-label="第一页">
            ⇤
          </button>
          <button type="button" disabled={skip === 0} onClick={() => onSkip(Math.max(0, skip - PAGE_SIZE))}>
            上一页
          </button>
          <button type="button" disabled={last >= total} onClick={() => onSkip(skip + PAGE_SIZE)}>
            下一页
          </button>
          <button
            type="button"
            disabled={last >= total}
            onClick={() => onSkip(lastPage)}
            aria-label="最后一页"
          >
            ⇥
          </button>
        </>
      )}
    </>
  )
}
