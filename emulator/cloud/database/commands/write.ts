import { randomBytes } from 'node:crypto'
import { ObjectId } from 'bson'
import { invalidParameter } from '../../errors.ts'
import type { Access, Candidate } from '../access/access.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { requestFailed, writeFailed } from '../failures.ts'
import { find } from '../find/find.ts'
import { compileQuery, compilerOf } from '../query/query.ts'
import { requestBehaviours } from '../request.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import { compileUpdate, documentFromQuery } from '../update/update.ts'
import { type Document, isDocument } from '../values/document.ts'
import { equalValues } from '../values/ordering.ts'

/** What a write did, in the words of the wire. */
export interface WriteResult {
  readonly updated: number
  readonly upsert_id?: unknown
}

export interface Modification {
  readonly query: Document | undefined
  readonly data: Document
  readonly multi: boolean
  /** Whether `data` is made of operators; else it is the document's new content. */
  readonly merge: boolean
  readonly upsert: boolean
}

/** @returns the `_id`s, ObjectIds as hex texts */
export function insert(access: Access, collection: Collection, documents: readonly Document[]): unknown[] {
  return documents.map((document) => {
    const complete = withId(document)
    access.insert(collection, complete)
    return shownId(complete['_id'])
  })
}

/** A generated `_id` is 32 hex digits, as the service makes them. `_id` always comes first. */
function withId(document: Document): Document {
  const { _id, ...fields } = document
  return { _id: _id === undefined ? randomBytes(16).toString('hex') : _id, ...fields }
}

function shownId(id: unknown): unknown {
  return id instanceof ObjectId ? id.toHexString() : id
}

/**
 * `doc.set`, `doc.update` and `where().update`.
 * @returns `updated` counts the documents that are different afterwards; a replaced one counts even when it is not
 */
export function modify(
  access: Access,
  collection: Collection,
  change: Modification,
  now: number,
): WriteResult {
  const query = requireQuery(change.query)
  const found = find(access, collection, query, compileQuery(query, compileExpression), {
    isUnread: change.upsert,
    ...(change.multi ? {} : { limit: 1 }),
  })
  return change.merge
    ? update(access, collection, { ...change, query }, found, now)
    : replace(access, collection, { ...change, query }, found)
}

interface QueriedModification extends Modification {
  readonly query: Document
}

/** The SDK without `where()`, or a forgotten condition, must not change every document. */
function requireQuery(query: Document | undefined): Document {
  if (query) return query
  if (requestBehaviours().withoutCondition === 'refused')
    throw invalidParameter('a condition is needed: where() or doc()')
  return {}
}

function update(
  access: Access,
  collection: Collection,
  { query, data, upsert }: QueriedModification,
  found: readonly Candidate[],
  now: number,
): WriteResult {
  const apply = compileUpdate(data, compilerOf(compileExpression))
  if (found.length === 0 && upsert) {
    const [id] = insert(access, collection, [
      apply(withId(documentFromQuery(query)), { now, isInsert: true, query }),
    ])
    return { updated: 0, upsert_id: id }
  }
  const changed = found.filter((candidate) => {
    const document = apply(candidate.document, { now, isInsert: false, query })
    if (equalValues(document, candidate.document)) return false
    access.replace(collection, candidate, document)
    return true
  })
  return { updated: requestBehaviours().updatedCounts === 'matched' ? found.length : changed.length }
}

function replace(
  access: Access,
  collection: Collection,
  { query, data, upsert }: QueriedModification,
  found: readonly Candidate[],
): WriteResult {
  if (found.length === 0) {
    if (!upsert) return { updated: 0 }
    const [id] = insert(access, collection, [
      withId({ ...documentFromQuery({ _id: query['_id'] }), ...data }),
    ])
    return { updated: 0, upsert_id: id }
  }
  const isCounted = requestBehaviours().unchangedSetCounts
  let updated = 0
  for (const candidate of found) {
    const id = candidate.document['_id']
    if (data['_id'] !== undefined && !equalValues(data['_id'], id)) {
      throw writeFailed("the (immutable) field '_id' was found to have been altered")
    }
    const document = withId({ ...data, _id: id })
    access.replace(collection, candidate, document)
    if (isCounted || !equalValues(document, candidate.document)) updated += 1
  }
  return { updated }
}

/** `updateAndReturn`: one document, given back as the update leaves it. */
export function modifyAndReturn(
  access: Access,
  collection: Collection,
  change: { readonly query: Document | undefined; readonly data: Document },
  now: number,
): { updated: number; document: Document | undefined } {
  const query = requireQuery(change.query)
  const apply = compileUpdate(change.data, compilerOf(compileExpression))
  const [candidate] = find(access, collection, query, compileQuery(query, compileExpression), { limit: 1 })
  if (!candidate) return { updated: 0, document: undefined }
  const document = apply(candidate.document, { now, isInsert: false, query })
  if (!equalValues(document, candidate.document)) access.replace(collection, candidate, document)
  return { updated: 1, document }
}

/** @returns how many documents were removed */
export function remove(
  access: Access,
  collection: Collection,
  query: Document | undefined,
  multi: boolean,
): number {
  const condition = requireQuery(query)
  const found = find(
    access,
    collection,
    condition,
    compileQuery(condition, compileExpression),
    multi ? {} : { limit: 1 },
  )
  for (const candidate of found) access.remove(collection, candidate)
  return found.length
}

/** For trusted callers: puts a document whether or not it is there. @throws DATABASE_REQUEST_FAILED without `_id`. */
export function put(access: Access, collection: Collection, document: Document): void {
  if (!isDocument(document) || document['_id'] === undefined)
    throw requestFailed('a document to put needs an _id')
  const query = { _id: { $eq: document['_id'] } }
  const [candidate] = find(access, collection, query, compileQuery(query, compileExpression))
  if (candidate) access.replace(collection, candidate, document)
  else access.insert(collection, document)
}
