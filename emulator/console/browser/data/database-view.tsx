import { useState } from 'preact/hooks'
import { control } from '../frame/api'
import { useLive } from '../frame/live'
import { Notice, useAction } from '../frame/notice'
import { Panes } from '../frame/panes'
import { addressOf } from '../frame/route'
import { CollectionView } from './collection-view'
import { MissingCollections } from './missing-collections'
import './data.css'

/** @param name a collection, or a collection and the id of a document: `notes/n1` */
export function DatabaseView({ name }: { name: string }) {
  const { data, error } = useLive('collections', 'database', 'machine')
  const [collectionName = '', ...id] = name.split('/')
  const shown =
    data?.collections.find((collection) => collection.name === collectionName) ?? data?.collections[0]
  const list = (
    <>
      {error && <Notice>{error}</Notice>}
      <nav aria-label="集合" class="collections">
        {data?.collections.map((collection) => (
          <a
            key={collection.name}
            href={addressOf('database', collection.name)}
            aria-current={collection === shown ? 'page' : undefined}
          >
            {collection.name} <span class="faint">{collection.documentCount}</span>
          </a>
        ))}
      </nav>
      <MissingCollections />
      <NewCollection />
    </>
  )
  return (
    <section aria-label="数据库" class="database">
      <Panes
        id="collections"
        label="集合"
        sized="start"
        initial={190}
        minimum={120}
        minimumRest={360}
        start={list}
        end={shown && <CollectionView key={shown.name} collection={shown} documentId={id.join('/')} />}
      />
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
