import type { ChangeOrigin, DocumentChange, FieldChange } from '../../../control/documents.ts'
import { Breakable } from '../frame/breakable'
import { EmptyState } from '../frame/empty-state'
import { formatTime } from '../frame/format'
import { useLive } from '../frame/live'
import { Notice } from '../frame/notice'
import { addressOf } from '../frame/route'
import { differingParts } from './differing-parts'
import { documentAddress } from './document-address'
import { ValueView } from './value-view'

const KINDS = { insert: '新建', update: '修改', remove: '删除' } as const
const MARKS = { insert: 'good', update: '', remove: 'bad' } as const

/** The latest changes of one document: when, by which call, and what. */
export function DocumentHistory({ collection, id }: { collection: string; id: unknown }) {
  const query = new URLSearchParams({ id: JSON.stringify(id) })
  const path = `collections/${encodeURIComponent(collection)}/history?${query}` as const
  const { data, error } = useLive(path, 'database', 'machine')
  return (
    <>
      {error && <Notice>{error}</Notice>}
      {data && <Changes changes={data.changes} />}
    </>
  )
}

/** The latest changes of a collection, of documents that are gone too. */
export function CollectionHistory({ collection }: { collection: string }) {
  const path = `collections/${encodeURIComponent(collection)}/history?limit=100` as const
  const { data, error } = useLive(path, 'database', 'machine')
  return (
    <>
      {error && <Notice>{error}</Notice>}
      {data && <Changes changes={data.changes} collection={collection} />}
    </>
  )
}

function Changes({ changes, collection }: { changes: readonly DocumentChange[]; collection?: string }) {
  if (changes.length === 0) {
    return (
      <EmptyState title="还没有变化的记录">
        从这次启动算起，每个文档记最近 20 次；重启、导入替换和重置后从头记。
      </EmptyState>
    )
  }
  return (
    <ol class="changes">
      {changes.map((change, number) => (
        <li key={`${change.at} ${number}`}>
          <p>
            <time>{formatTime(change.at)}</time>{' '}
            <span class={`badge ${MARKS[change.kind]}`}>{KINDS[change.kind]}</span>{' '}
            {collection !== undefined && (
              <a href={documentAddress(collection, change.id)}>
                <code>{typeof change.id === 'string' ? change.id : JSON.stringify(change.id)}</code>
              </a>
            )}{' '}
            <Origin by={change.by} />
          </p>
          <FieldChanges change={change} />
        </li>
      ))}
    </ol>
  )
}

function Origin({ by }: { by: ChangeOrigin }) {
  switch (by.kind) {
    case 'call':
      return <a href={addressOf('calls', by.requestId)}>云函数 {by.functionName}</a>
    case 'client':
      return (
        <>
          小程序端 <a href={addressOf('people', by.openid)}>{by.openid}</a>
        </>
      )
    case 'console':
      return <span>控制台</span>
    case 'import':
      return <span>导入</span>
    case 'sdk':
      return <span>云函数之外的程序</span>
  }
}

function FieldChanges({ change: { fields, furtherFields } }: { change: DocumentChange }) {
  if (fields.length === 0) return null
  return (
    <table class="field-changes">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">字段</th>
          <th scope="col">之前</th>
          <th scope="col">之后</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <ChangeRow key={field.field} change={field} />
        ))}
        {furtherFields !== undefined && (
          <tr>
            <td colspan={3} class="faint">
              还有 {furtherFields} 个字段
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function ChangeRow({ change }: { change: FieldChange }) {
  const { before, after } = differingParts(change.before, change.after)
  return (
    <tr>
      <th scope="row">
        <Breakable text={change.field} />
      </th>
      {'before' in change && (
        <td class="before" colSpan={'after' in change ? 1 : 2}>
          <ValueView value={before} />
        </td>
      )}
      {'after' in change && (
        <td class="after" colSpan={'before' in change ? 1 : 2}>
          <span aria-hidden="true">→ </span>
          <ValueView value={after} />
        </td>
      )}
    </tr>
  )
}
