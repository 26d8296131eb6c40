import { useState } from 'preact/hooks'
import { type Collection, control, controlFile, type Document, documentsPath } from './api'
import { DocumentRow } from './document-row'
import { IndexList } from './index-list'
import { useLive } from './live'
import { Notice, useAction } from './notice'
import { PERMISSIONS } from './permissions'

const PAGE_SIZE = 20

interface Query {
  filter: string
  sort: string
  skip: number
}

/** One collection: its permission, indexes and documents, queried in MongoDB's own words. */
export function CollectionView({ collection, documentId }: { collection: Collection; documentId: string }) {
  const first = { filter: documentId ? JSON.stringify({ _id: documentId }) : '{}', sort: '{}', skip: 0 }
  const [query, setQuery] = useState<Query>(first)
  const path = `${documentsPath(collection.name)}?${searchOf(query)}`
  const { data, error } = useLive<{ documents: Document[]; total: number }>(path, 'database', 'machine')
  const action = useAction()
  const address = `collections/${encodeURIComponent(collection.name)}`
  const drop = () =>
    confirm(`删除集合 ${collection.name} 和其中的 ${collection.documentCount} 个文档？`) &&
    action.run(() => control('DELETE', address))
  const load = (file: File | undefined) =>
    file &&
    confirm(`用 ${file.name} 替换集合 ${collection.name} 的 ${collection.documentCount} 个文档？`) &&
    action.run(() => controlFile(`${address}/import`, file))
  return (
    <div>
      <div class="toolbar">
        <h2>{collection.name}</h2>
        <label>
          权限
          <select
            value={collection.permission}
            onChange={(event) =>
              action.run(() =>
                control('PUT', `${address}/permission`, { permission: event.currentTarget.value }),
              )
            }
          >
            {Object.entries(PERMISSIONS).map(([permission, name]) => (
              <option key={permission} value={permission}>
                {name} {permission}
              </option>
            ))}
          </select>
        </label>
        <label class="file">
          导入（替换全部文档）
          <input
            type="file"
            accept=".json,.jsonl,.ndjson,application/json"
            onChange={(event) => load(event.currentTarget.files?.[0])}
          />
        </label>
        <button type="button" class="danger" onClick={drop}>
          删除集合
        </button>
      </div>
      {action.error && <Notice>{action.error}</Notice>}
      <IndexList address={address} indexes={collection.indexes} />
      <QueryForm query={query} onQuery={setQuery} />
      {error && <Notice>{error}</Notice>}
      {data && <Pager query={query} total={data.total} onQuery={setQuery} />}
      <ul class="rows">
        {data?.documents.map((document) => (
          <DocumentRow
            key={JSON.stringify(document['_id'])}
            collection={collection.name}
            document={document}
          />
        ))}
      </ul>
      <DocumentRow collection={collection.name} />
    </div>
  )
}

function searchOf({ filter, sort, skip }: Query): string {
  const search = new URLSearchParams({ filter, skip: String(skip), limit: String(PAGE_SIZE) })
  if (sort !== '{}' && sort !== '') search.set('sort', sort)
  return search.toString()
}

interface QueryProps {
  query: Query
  onQuery: (query: Query) => void
}

function QueryForm({ query, onQuery }: QueryProps) {
  const [filter, setFilter] = useState(query.filter)
  const [sort, setSort] = useState(query.sort)
  const search = (event: Event) => {
    event.preventDefault()
    onQuery({ filter: filter || '{}', sort: sort || '{}', skip: 0 })
  }
  return (
    <form onSubmit={search} class="inline">
      <label class="wide">
        查询条件
        <input value={filter} onInput={(event) => setFilter(event.currentTarget.value)} spellcheck={false} />
      </label>
      <label>
        排序
        <input value={sort} onInput={(event) => setSort(event.currentTarget.value)} spellcheck={false} />
      </label>
      <button type="submit">查询</button>
    </form>
  )
}

function Pager({ query, total, onQuery }: QueryProps & { total: number }) {
  const { skip } = query
  const last = Math.min(skip + PAGE_SIZE, total)
  return (
    <div class="toolbar">
      <span role="status">{total === 0 ? '没有文档' : `第 ${skip + 1}–${last} 个，共 ${total} 个`}</span>
      <button
        type="button"
        disabled={skip === 0}
        onClick={() => onQuery({ ...query, skip: Math.max(0, skip - PAGE_SIZE) })}
      >
        上一页
      </button>
      <button
        type="button"
        disabled={last >= total}
        onClick={() => onQuery({ ...query, skip: skip + PAGE_SIZE })}
      >
        下一页
      </button>
    </div>
  )
}
