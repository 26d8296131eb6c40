import { EJSON } from 'bson'
import * as v from 'valibot'
import type { CloudParts } from '../cloud-parts.ts'
import { countSchema, parse, parseExtendedJson, type Route, toJson } from './route.ts'

const permission = v.picklist(['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY', 'CUSTOM'])
const collectionInput = v.object({ name: v.string(), permission: v.optional(permission, 'ADMINONLY') })
const documentInput = v.object({ document: v.record(v.string(), v.unknown()) })
const indexInput = v.object({
  name: v.string(),
  keys: v.array(v.object({ field: v.string(), direction: v.picklist([1, -1, '2dsphere']) })),
  unique: v.optional(v.boolean(), false),
  sparse: v.optional(v.boolean(), false),
})
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
  const order = sort === undefined ? {} : { sort: parseExtendedJson(sort) as Record<string, 1 | -1> }
  return {
    documents: toJson(database.documents(name, { filter: parseExtendedJson(filter), skip, limit, ...order })),
  }
}

export const databaseRoutes: readonly Route[] = [
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
    handle: ({ database }, input, { name = '' }) =>
      database.putDocument(name, EJSON.deserialize(parse(documentInput, input).document)),
  },
  {
    method: 'DELETE',
    path: 'collections/:name/documents/:id',
    handle: ({ database }, _input, { name = '', id = '' }) => ({
      removed: database.removeDocument(name, id),
    }),
  },
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
