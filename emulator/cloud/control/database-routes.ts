import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import type { Database } from '../database/database.ts'
import { type Document, isDocument } from '../database/values/document.ts'
import { decodeEjson } from '../database/values/ejson.ts'
import { collectionInput, indexInput, permission } from './database-inputs.ts'
import { importDatabase, importDocuments } from './import-routes.ts'
import { ControlError, countSchema, parse, parseExtendedJson, type Route, toJson } from './route.ts'

const documentInput = v.object({ document: v.record(v.string(), v.unknown()) })
const documentsQuery = v.object({
  filter: v.optional(v.string(), '{}'),
  sort: v.optional(v.string()),
  skip: v.optional(countSchema, '0'),
  limit: v.optional(countSchema, '100'),
})

function createCollection({ database }: CloudParts, input: unknown): void {
  const { name, permission } = parse(collectionInput, input)
  database.createCollection(name, permission)
}

function listDocuments({ database }: CloudParts, input: unknown, { name = '' }: Record<string, string>) {
  const { filter, sort, skip, limit } = parse(documentsQuery, input)
  const query = parseExtendedJson(filter)
  const order = sort === undefined ? {} : { sort: parseExtendedJson(sort) as Record<string, 1 | -1> }
  const documents = database.documents(name, { filter: query, skip, limit, ...order })
  return { documents: toJson(documents), total: countDocuments(database, name, query) }
}

function countDocuments(database: Database, name: string, query: Record<string, unknown>): number {
  if (Object.keys(query).length > 0) return database.documents(name, { filter: query }).length
  return database.collections().find((collection) => collection.name === name)?.documentCount ?? 0
}

/** Everything in the database, to be kept in a file. */
function exportDatabase({ database }: CloudParts) {
  const collections = database.collections().map(({ name, permission, indexes }) => ({
    name,
    permission,
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

const allRoutes: readonly Omit<Route, 'topic'>[] = [
  { method: 'GET', path: 'collections', handle: ({ database }) => ({ collections: database.collections() }) },
  { method: 'POST', path: 'collections', handle: createCollection },
  {
    method: 'DELETE',
    path: 'collections/:name',
    handle: ({ database }, _input, { name = '' }) => database.dropCollection(name),
  },
  {
    method: 'PUT',
    path: 'collections/:name/permission',
    handle: ({ database }, input, { name = '' }) =>
      database.setPermission(name, parse(v.object({ permission }), input).permission),
  },
  { method: 'GET', path: 'collections/:name/documents', handle: listDocuments },
  {
    method: 'PUT',
    path: 'collections/:name/documents',
    handle: ({ database, clock }, input, { name = '' }) =>
      database.putDocument(name, documentOf(parse(documentInput, input).document, clock.now())),
  },
  {
    method: 'DELETE',
    path: 'collections/:name/documents/:id',
    handle: ({ database }, _input, { name = '', id = '' }) => ({
      removed: database.removeDocument(name, id),
    }),
  },
  {
    // By any kind of id: a text in the address could not be told from a number.
    method: 'DELETE',
    path: 'collections/:name/documents',
    handle: ({ database, clock }, input, { name = '' }) => {
      const { _id } = documentOf(parse(v.record(v.string(), v.unknown()), input), clock.now())
      return { removed: database.removeDocument(name, _id) }
    },
  },
  { method: 'GET', path: 'export', handle: exportDatabase },
  { method: 'POST', path: 'import', isStream: true, handle: importDatabase },
  { method: 'POST', path: 'collections/:name/import', isStream: true, handle: importDocuments },
  {
    method: 'POST',
    path: 'collections/:name/indexes',
    handle: ({ database }, input, { name = '' }) => database.createIndex(name, parse(indexInput, input)),
  },
  {
    method: 'DELETE',
    path: 'collections/:name/indexes/:index',
    handle: ({ database }, _input, { name = '', index = '' }) => database.dropIndex(name, index),
  },
]

export const databaseRoutes: readonly Route[] = allRoutes.map((route) => ({ ...route, topic: 'database' }))
