import type { Access } from '../access/access.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { aggregate } from '../aggregate/pipeline.ts'
import { find } from '../find/find.ts'
import { parseOrder } from '../query/order.ts'
import { compileProjection } from '../query/projection.ts'
import { compileQuery, compilerOf } from '../query/query.ts'
import { requestBehaviours } from '../request.ts'
import { stringifyEjson } from '../values/ejson.ts'
import type { CommandBody } from './command-body.ts'
import { insert, modify, modifyAndReturn, remove } from './write.ts'

/** Answers one kind of request; the answer is the `data` of the wire. `now` is in milliseconds since 1970. */
export type Action = (access: Access, body: CommandBody, now: number) => Record<string, unknown>

const insertDocument: Action = (access, body) => ({
  insertedIds: insert(access, access.collection(body.collectionName()), body.documents()),
})

const getDocument: Action = (access, body) => {
  const collection = access.collection(body.collectionName())
  const query = body.query() ?? {}
  const order = body.order()
  const projection = body.projection()
  const project = projection && compileProjection(projection, compilerOf(compileExpression))
  const found = find(access, collection, query, compileQuery(query, compileExpression), {
    order: order && Object.keys(order).length > 0 ? parseOrder(order) : undefined,
    skip: body.offset(),
    limit: body.limit(),
  })
  return { list: found.map(({ document }) => stringifyEjson(project ? project(document) : document)) }
}

const calculateDocument: Action = (access, body) => {
  const collection = access.collection(body.collectionName())
  const query = body.query() ?? {}
  if (Object.keys(query).length === 0) return { total: access.count(collection) }
  return { total: find(access, collection, query, compileQuery(query, compileExpression)).length }
}

const modifyDocument: Action = (access, body, now) => ({
  ...modify(
    access,
    access.collection(body.collectionName()),
    {
      query: body.query(),
      data: body.data(),
      multi: body.flag('multi'),
      merge: body.flag('merge'),
      upsert: body.flag('upsert'),
    },
    now,
  ),
})

const modifyAndReturnDocument: Action = (access, body, now) => {
  const change = { query: body.query(), data: body.data() }
  const { updated, document } = modifyAndReturn(access, access.collection(body.collectionName()), change, now)
  return { updated, doc: document ? stringifyEjson(document) : null }
}

const removeDocument: Action = (access, body) => ({
  deleted: remove(access, access.collection(body.collectionName()), body.query(), body.flag('multi')),
})

const aggregateDocuments: Action = (access, body) => {
  const collection = access.collection(body.collectionName())
  const stages = body.stages()
  const isLimited = stages.some(({ name }) => name === '$limit')
  const found = aggregate(access, collection, stages)
  const { aggregateLimit } = requestBehaviours()
  const shown = aggregateLimit === 0 || isLimited ? found : found.slice(0, aggregateLimit)
  return { list: shown.map(stringifyEjson) }
}

/** The actions that may be part of a transaction, by their names on the wire. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['database.insertDocument', insertDocument],
  ['database.getDocument', getDocument],
  ['database.calculateDocument', calculateDocument],
  ['database.modifyDocument', modifyDocument],
  ['database.modifyAndReturnDoc', modifyAndReturnDocument],
  ['database.removeDocument', removeDocument],
  ['database.aggregateDocuments', aggregateDocuments],
])

/** Those that leave everything as it is, and so need no write to the store. */
export const READING_ACTIONS: ReadonlySet<string> = new Set([
  'database.getDocument',
  'database.calculateDocument',
  'database.aggregateDocuments',
])
