import { useState } from 'preact/hooks'
import type { CollectionInfo } from '../../../control/collection.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'

/** The indexes of a collection. `_id_` belongs to the database and cannot be dropped. */
export function IndexList({
  address,
  indexes,
}: {
  address: `collections/${string}`
  indexes: CollectionInfo['indexes']
}) {
  const [field, setField] = useState('')
  const [unique, setUnique] = useState(false)
  const action = useAction()
  const create = async (event: Event) => {
    event.preventDefault()
    const index = { name: `${field}_1`, keys: [{ field, direction: 1 as const }], unique }
    if (await action.run(() => control('POST', `${address}/indexes`, index))) setField('')
  }
  const drop = (name: string) =>
    action.run(() => control('DELETE', `${address}/indexes/${encodeURIComponent(name)}`))
  return (
    <details>
      <summary>索引 {indexes.length}</summary>
      <ul class="rows">
        {indexes.map((index) => (
          <li key={index.name} class="fault">
            <span>
              <code>{index.name}</code> {index.keys.map((key) => `${key.field} ${key.direction}`).join(', ')}
              {index.unique && ' · 唯一'}
              {index.sparse && ' · 稀疏'}
            </span>
            {index.name !== '_id_' && (
              <button type="button" class="danger" onClick={() => drop(index.name)}>
                删除索引
              </button>
            )}
          </li>
        ))}
      </ul>
      <form onSubmit={create} class="inline">
        <label>
          字段
          <input value={field} onInput={(event) => setField(event.currentTarget.value)} required />
        </label>
        <label>
          <input
            type="checkbox"
            checked={unique}
            onChange={(event) => setUnique(event.currentTarget.checked)}
          />
          唯一
        </label>
        <button type="submit">新建索引</button>
      </form>
      {action.error && <Notice>{action.error}</Notice>}
    </details>
  )
}
