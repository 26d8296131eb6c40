import { useState } from 'preact/hooks'
import { type Collection, control } from './api'
import { CollectionView } from './collection-view'
import { useLive } from './live'
import { Notice, useAction } from './notice'

/** @param name what the address names: a collection, or a collection and a document's id */
export function DatabaseView({ name }: { name: string }) {
  const { data, error } = useLive<{ collections: Collection[] }>('collections', 'database', 'machine')
  const [collectionName = '', ...id] = name.split('/')
  const shown =
    data?.collections.find((collection) => collection.name === collectionName) ?? data?.collections[0]
  return (
    <section aria-label="数据库" class="database">
      <div>
        {error && <Notice>{error}</Notice>}
        <nav aria-label="集合">
          {data?.collections.map((collection) => (
            <a
              key={collection.name}
              href={`#database/${encodeURIComponent(collection.name)}`}
              aria-current={collection === shown ? 'page' : undefined}
            >
              {collection.name} <span class="faint">{collection.documentCount}</span>
            </a>
          ))}
        </nav>
        <NewCollection />
      </div>
      {shown && (
        <CollectionView key={`${shown.name}/${id.join('/')}`} collection={shown} documentId={id.join('/')} />
      )}
    </section>
  )
}

function NewCollection() {
  const [name, setName] = useState('')
  const action = useAction()
  const create = async (event: Event) => {
    event.preventDefault()
    if (await action.run(() => control('POST', 'collections', { name }))) setName('')
  }
  return (
    <form onSubmit={create} class="inline">
      <label>
        新建集合
        <input value={name} onInput={(event) => setName(event.currentTarget.value)} required />
      </label>
      <button type="submit">新建</button>
      {action.error && <Notice>{action.error}</Notice>}
    </form>
  )
}
