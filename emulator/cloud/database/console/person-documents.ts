import type { PersonDocuments } from '../../../control/documents.ts'
import type { Document } from '../values/document.ts'
import { toExtendedJson } from '../values/extended-json.ts'
import { equalValues } from '../values/ordering.ts'
import type { ConsoleDocuments } from './console-documents.ts'
import { valueAt } from './field-change.ts'

/** Documents that are shown of each collection. */
const SHOWN = 20

/** What leads from a person to documents. */
export interface PersonQuery {
  openid: string
  /** The collection of the app's users; absent where the project names none. */
  users?: string | undefined
}

/**
 * The documents of a person in every collection: those that hold the openid in a field, or the `_id` of the person's
 * user document. A user document is one of the users' collection that holds the openid.
 */
export function documentsOfPerson(
  database: ConsoleDocuments,
  collections: readonly string[],
  { openid, users }: PersonQuery,
): PersonDocuments[] {
  const isKnown = users !== undefined && collections.includes(users)
  const members = isKnown ? holding(database, users, [openid]) : undefined
  const ids = (members?.found ?? []).map((document) => document['_id'])
  return collections.flatMap((collection) => {
    const { fields, found, total } = holding(database, collection, [openid, ...ids])
    if (total === 0) return []
    const documents = found.map(toExtendedJson) as Document[]
    return [{ collection, fields, total, documents }]
  })
}

/** Looks into the fields that are texts in a sample of the collection. */
function holding(
  database: ConsoleDocuments,
  collection: string,
  values: readonly unknown[],
): { fields: string[]; found: Document[]; total: number } {
  const paths = database
    .fields(collection)
    .fields.filter(({ types }) => types.some((type) => HOLDING_TYPES.has(type)))
    .map(({ path }) => path)
  if (paths.length === 0) return { fields: [], found: [], total: 0 }
  const filter = { $or: paths.map((path) => ({ [path]: { $in: values } })) }
  const { documents, total } = database.page(collection, { filter, limit: SHOWN })
  const fields = paths.filter((path) =>
    documents.some((document) => holds(valueAt(document, path.split('.')), values)),
  )
  return { fields, found: documents, total }
}

const HOLDING_TYPES = new Set(['string', 'objectId', 'array'])

function holds(value: unknown, values: readonly unknown[]): boolean {
  const elements = Array.isArray(value) ? value : [value]
  return elements.some(
    (element) => element !== undefined && values.some((known) => equalValues(known, element)),
  )
}
