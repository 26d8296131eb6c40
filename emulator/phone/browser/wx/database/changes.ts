import { decodeDocument, type Fields, isPlain } from './values.ts'

/** One document's change as `watch` tells it. */
export interface DocumentChange {
  id: number
  queueType: 'init' | 'update' | 'enqueue' | 'dequeue'
  dataType: 'init' | 'update' | 'add' | 'remove'
  docId: unknown
  doc: Fields
  /** By path: `{ 'a.b': 1 }` */
  updatedFields?: Fields
  removedFields?: string[]
}

/** What a watch has seen: the texts of the documents by the text of their id, in order. */
export type Seen = ReadonlyMap<string, string>

export function seenOf(texts: readonly string[]): Seen {
  return new Map(texts.map((text) => [JSON.stringify(JSON.parse(text)._id), text]))
}

/**
 * The changes between two answers to one query.
 * @param remaining texts of documents that have left the query and still exist, by id
 */
export function changesBetween(before: Seen, after: Seen, remaining: Seen): Omit<DocumentChange, 'id'>[] {
  const left = [...before].filter(([id]) => !after.has(id))
  const changes = left.map(([id, text]): Omit<DocumentChange, 'id'> => {
    const existing = remaining.get(id)
    const doc = decodeDocument(existing ?? text)
    const dataType = existing === undefined ? 'remove' : 'update'
    return { queueType: 'dequeue', dataType, docId: doc['_id'], doc }
  })
  for (const [id, text] of after) {
    const old = before.get(id)
    if (old === text) continue
    const doc = decodeDocument(text)
    const docId = doc['_id']
    changes.push(
      old === undefined
        ? { queueType: 'enqueue', dataType: 'add', docId, doc }
        : { queueType: 'update', dataType: 'update', docId, doc, ...fieldChanges(old, text) },
    )
  }
  return changes
}

function fieldChanges(before: string, after: string): { updatedFields: Fields; removedFields: string[] } {
  const updatedFields: Fields = {}
  const removedFields: string[] = []
  compare(JSON.parse(before), JSON.parse(after), '')
  return { updatedFields, removedFields }

  function compare(old: Fields, now: Fields, prefix: string): void {
    for (const name of Object.keys(old)) if (!Object.hasOwn(now, name)) removedFields.push(`${prefix}${name}`)
    for (const [name, value] of Object.entries(now)) {
      const path = `${prefix}${name}`
      const previous = Object.hasOwn(old, name) ? old[name] : undefined
      if (JSON.stringify(previous) === JSON.stringify(value)) continue
      if (isObject(previous) && isObject(value)) compare(previous, value, `${path}.`)
      else updatedFields[path] = decodeDocument(JSON.stringify({ value }))['value']
    }
  }
}

/** An object of the document, not a date or another special value. */
function isObject(value: unknown): value is Fields {
  return isPlain(value) && !Object.keys(value)[0]?.startsWith('$')
}
