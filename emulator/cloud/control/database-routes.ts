import * as v from 'valibot'
import type { CloudServices } from '../cloud-services.ts'
import { type Document, isDocument } from '../database/values/document.ts'
import { decodeEjson } from '../database/values/ejson.ts'
import { collectionInput, indexInput } from './database-inputs.ts'
import { importDatabase, importDocuments } from './import-routes.ts'
import {
  type BodySchema,
  ControlError,
  countSchema,
  parse,
  parseExtendedJson,
  type Routes,
  toJson,
} from './route.ts'

const documentInput = v.object({
  document: v.record(v.string(), v.unknown()),
  before: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
}) satisfies BodySchema<'PUT collections/:name/documents'>
const documentsQuery = v.object({
  filter: v.optional(v.string(), '{}'),
  sort: v.optional(v.string()),
  skip: v.optional(countSchema, '0'),
  limit: v.optional(countSchema, '100'),
})

function createCollection({ database }: CloudServices, input: unknown): void {
  const { name, permission } = parse(collectionInput, input)
  database.createCollection(name, permission)
}

function listDocuments({ database }: CloudServices, input: unknown, { name = '' }: Record<string, string>) {
  const { filter, sort, skip, limit } = parse(documentsQuery, input)
  const query = parseExtendedJson(filter)
  const order = sort === undefined ? {} : { sort: parseExtendedJson(sort) as Record<string, 1 | -1> }
  const { documents, total } = database.console.page(name, { filter: query, skip, limit, ...order })
  return { documents: toJson(documents), total }
}

function putDocument(
  { database, clock }: CloudServices,
  input: unknown,
  { name = '' }: Record<string, string>,
) {
  const { document, before } = parse(documentInput, input)
  const now = clock.now()
  database.console.put(name, documentOf(document, now), before ? documentOf(before, now) : before)
}

/** Everything in the database, to be kept in a file. */
function exportDatabase({ database }: CloudServices) {
  const collections = database.collections().map(({ name, permission, rules, indexes }) => ({
    name,
    permission,
    ...(rules === undefined ? {} : { rules }),
    indexes: indexes.filter((index) => index.name !== '_id_'),
    documents: toJson(database.documents(name)),
  }))
  return { collections }
}

/** @throws CloudError for a value that is no extended JSON, such as a date that is none */
function documentOf(json: unknown, now: number): Document {
  const document = decodeEjson(json, { now })
  if (!isDocument(document)) throw new ControlError(400, 'document: not an object')
  return document
}

export const databaseRoutes = {
  'GET collections': { handle: ({ database }) => ({ collections: database.collections() }) },
  'GET missing-collections': {
    handle: ({ database: { missing } }) => ({ names: missing.names(), made: missing.made() }),
  },
  'POST collections': { topic: 'database', handle: createCollection },
  'DELETE collections/:name': {
    topic: 'database',
    handle: ({ database }, _input, { name = '' }) => database.dropCollection(name),
  },
  'GET collections/:name/documents': { handle: listDocuments },
  'PUT collections/:name/documents': {
    topic: 'database',
    handle: putDocument,
  },
  'DELETE collections/:name/documents/:id': {
    topic: 'database',
    handle: ({ database }, _input, { name = '', id = '' }) => ({
      removed: database.removeDocument(name, id),
    }),
  },
  'DELETE collections/:name/documents': {
    topic: 'database',
    // By any kind of id: in the address, a text would look like a number.
    handle: ({ database, clock }, input, { name = '' }) => {
      const { _id } = documentOf(parse(v.record(v.string(), v.unknown()), input), clock.now())
      return { removed: database.removeDocument(name, _id) }
    },
  },
  'GET export': { handle: exportDatabase },
  'POST import': { topic: 'database', isStream: true, handle: importDatabase },
  'POST collections/:name/import': { topic: 'database', isStream: true, handle: importDocuments },
  'POST collections/:name/indexes': {
    topic: 'database',
    handle: ({ database }, input, { name = '' }) => database.createIndex(name, parse(indexInput, input)),
  },
  'DELETE collections/:name/indexes/:index': {
    topic: 'database',
    handle: ({ database }, _input, { name = '', index = '' }) => database.dropIndex(name, index),
  },
} satisfies Partial<Routes>
