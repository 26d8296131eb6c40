import * as v from 'valibot'
import type { MergeResult } from '../../control/documents.ts'
import { LARGEST_BULK } from '../../control/documents.ts'
import type { CloudServices } from '../cloud-services.ts'
import { documentsOfPerson } from '../database/console/person-documents.ts'
import { exportDocuments } from '../database/export/export-documents.ts'
import { type Document, isDocument } from '../database/values/document.ts'
import { decodeEjson } from '../database/values/ejson.ts'
import { parseJson } from '../wire/json-depth.ts'
import { type BodySchema, ControlError, countSchema, parse, type Routes, type StreamInput } from './route.ts'

type Parameters = Record<string, string>

const jsonObject = v.record(v.string(), v.unknown())
const fieldInput = v.object({
  id: v.unknown(),
  path: v.string(),
  before: v.optional(v.unknown()),
  after: v.optional(v.unknown()),
}) satisfies BodySchema<'PUT collections/:name/field'>
const bulk = {
  filter: jsonObject,
  expected: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(LARGEST_BULK, `一次最多 ${LARGEST_BULK} 个文档 · at most ${LARGEST_BULK} documents at once`),
  ),
}
const removeInput = v.object(bulk) satisfies BodySchema<'POST collections/:name/remove'>
const setInput = v.object({
  ...bulk,
  path: v.string(),
  value: v.optional(v.unknown()),
}) satisfies BodySchema<'POST collections/:name/set'>
const historyQuery = v.object({ id: v.optional(v.string()), limit: v.optional(countSchema, '100') })
const exportInput = v.object({
  format: v.picklist(['jsonl', 'csv']),
  filter: v.optional(jsonObject),
  sort: v.optional(v.record(v.string(), v.picklist([1, -1]))),
  columns: v.optional(v.array(v.string())),
}) satisfies BodySchema<'POST collections/:name/export'>
const csvType = v.picklist(['auto', 'string', 'number', 'bool', 'date', 'objectId', 'json'])
const mergeQuery = v.object({
  dry: v.optional(v.picklist(['0', '1']), '0'),
  format: v.optional(v.picklist(['json', 'csv']), 'json'),
  types: v.optional(v.string(), '{}'),
})

function setField({ database, clock }: CloudServices, input: unknown, { name = '' }: Parameters): void {
  const { id, path, before, after } = parse(fieldInput, input)
  const decode = (value: unknown) =>
    value === undefined ? undefined : decodeEjson(value, { now: clock.now() })
  database.console.setField(name, { id: decode(id), path, before: decode(before), after: decode(after) })
}

function removeAll({ database, clock }: CloudServices, input: unknown, { name = '' }: Parameters): void {
  const { filter, expected } = parse(removeInput, input)
  database.console.changeAll(name, { filter: documentOf(filter, clock.now()), expected })
}

function setInAll({ database, clock }: CloudServices, input: unknown, { name = '' }: Parameters): void {
  const { filter, expected, path, value } = parse(setInput, input)
  const now = clock.now()
  const update =
    value === undefined ? { $unset: { [path]: '' } } : { $set: { [path]: decodeEjson(value, { now }) } }
  database.console.changeAll(name, { filter: documentOf(filter, now), expected, update })
}

function listHistory({ database, clock }: CloudServices, input: unknown, { name = '' }: Parameters) {
  const { id, limit } = parse(historyQuery, input)
  if (id === undefined) return { changes: database.history.ofCollection(name, limit) }
  return { changes: database.history.ofDocument(name, decodeEjson(jsonOf(id, 'id'), { now: clock.now() })) }
}

function exportCollection({ database, clock }: CloudServices, input: unknown, { name = '' }: Parameters) {
  const { format, filter = {}, sort, columns } = parse(exportInput, input)
  const query = { filter: documentOf(filter, clock.now()), ...(sort ? { sort } : {}) }
  return exportDocuments(() => database.console.read(name, query), {
    name,
    format,
    ...(columns && columns.length > 0 ? { columns } : {}),
  })
}

function merge(cloud: CloudServices, input: unknown, { name = '' }: Parameters): Promise<MergeResult> {
  const { body, query } = input as StreamInput
  const { dry, format, types } = parse(mergeQuery, query)
  const chosen = parse(v.record(v.string(), csvType), jsonOf(types, 'types'))
  const known = new Map(
    format === 'csv'
      ? cloud.database.console.fields(name).fields.map(({ path, types }) => [path, types])
      : [],
  )
  const typeOf = (path: string) => chosen[path] ?? csvTypeOf(known.get(path) ?? [])
  return cloud.database.mergeFile(name, body, { format, isDry: dry === '1', typeOf })
}

/** A column is read as the type that its field has in all documents there are. */
function csvTypeOf(types: readonly string[]): v.InferOutput<typeof csvType> {
  const kinds = new Set(types.filter((type) => type !== 'null').map((type) => CSV_TYPES.get(type)))
  const [kind] = kinds
  return kinds.size === 1 && kind !== undefined ? kind : 'auto'
}

const CSV_TYPES = new Map<string, v.InferOutput<typeof csvType>>([
  ['string', 'string'],
  ['int', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['bool', 'bool'],
  ['date', 'date'],
  ['objectId', 'objectId'],
  ['array', 'json'],
])

/** @throws CloudError for a value that is no extended JSON, such as a date that is none */
function documentOf(json: unknown, now: number): Document {
  const document = decodeEjson(json, { now })
  if (!isDocument(document)) throw new ControlError(400, 'document: not an object')
  return document
}

function jsonOf(text: string, field: string): unknown {
  try {
    return parseJson(text)
  } catch {
    throw new ControlError(400, `${field}: not JSON`)
  }
}

export const documentRoutes = {
  'GET collections/:name/fields': {
    handle: ({ database }, _input, { name = '' }) => database.console.fields(name),
  },
  'PUT collections/:name/field': { topic: 'database', handle: setField },
  'POST collections/:name/remove': { topic: 'database', handle: removeAll },
  'POST collections/:name/set': { topic: 'database', handle: setInAll },
  'GET collections/:name/history': { handle: listHistory },
  'POST collections/:name/export': { isQuiet: true, isFile: true, handle: exportCollection },
  'POST collections/:name/merge': { topic: 'database', isStream: true, handle: merge },
  'GET people/:openid/documents': {
    handle: ({ database }, input, { openid = '' }) => {
      const { users } = parse(v.object({ users: v.optional(v.string()) }), input)
      const collections = database.collections().map(({ name }) => name)
      return { collections: documentsOfPerson(database.console, collections, { openid, users }) }
    },
  },
} satisfies Partial<Routes>
