import { BSONRegExp } from 'bson'
import type { Access, Candidate } from '../access/access.ts'
import { nearestFirst } from '../geo/near.ts'
import type { Test } from '../query/operator.ts'
import type { Comparator } from '../query/order.ts'
import type { Collection, IndexDefinition } from '../storage/catalog.ts'
import { keyText } from '../storage/index-keys.ts'
import { type Document, isArrayIndex, isDocument } from '../values/document.ts'
import { checkScan } from './scan-limit.ts'

/** Which of the matching documents are wanted, and in which order. */
export interface Selection {
  readonly order?: Comparator | undefined
  /** What `order` was compiled from, for indexes that give it. */
  readonly orderFields?: Document | undefined
  /** Whether an index serves it that the query does not show. */
  readonly isServed?: boolean
  readonly skip?: number
  readonly limit?: number
}

/** Documents that are read before those that come too late in the order are let go. */
const SORT_BUFFER = 1000

/** Keys beyond this number are no better than reading everything. */
const MAXIMUM_KEYS = 10_000

/**
 * The documents that match, in the order asked for, else nearest first where the query asks so, else as inserted.
 * @param query the query `test` was compiled from; only looked at for indexes that spare reading everything
 * @throws DATABASE_REQUEST_FAILED where the cloud is set to refuse queries without an index
 */
export function find(
  access: Access,
  collection: Collection,
  query: unknown,
  test: Test,
  { order, orderFields, isServed = false, skip = 0, limit = Number.POSITIVE_INFINITY }: Selection = {},
): Candidate[] {
  const compare = order ?? nearestFirst(query)
  const end = skip + limit
  if (!isServed) checkScan(access, collection, query, { order: orderFields, compare, end })
  const found: Candidate[] = []
  for (const candidate of candidates(access, collection, query)) {
    if (!compare && found.length >= end) break
    if (!test(candidate.document)) continue
    found.push(candidate)
    // Only the first of a large collection are kept while the others pass by.
    if (compare && found.length > 2 * end + SORT_BUFFER) sortBy(found, compare).splice(end)
  }
  if (compare) sortBy(found, compare)
  return found.slice(skip, end)
}

function sortBy(candidates: Candidate[], compare: Comparator): Candidate[] {
  return candidates.sort((left, right) => compare(left.document, right.document))
}

/** The documents an index leads to, or all. */
function candidates(access: Access, collection: Collection, query: unknown): Iterable<Candidate> {
  const conditions = equalities(query)
  for (const index of collection.indexes) {
    const keys = keysOf(index, conditions)
    if (keys) return access.lookup(collection, index, keys)
  }
  return access.scan(collection)
}

/** For each field that the query holds to one of some values: these values. */
type Equalities = ReadonlyMap<string, readonly unknown[]>

function equalities(query: unknown): Equalities {
  const found = new Map<string, readonly unknown[]>()
  if (!isDocument(query)) return found
  for (const [field, operand] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(operand)) {
      for (const part of operand) for (const [inner, values] of equalities(part)) found.set(inner, values)
    } else if (!field.startsWith('$')) {
      const values = valuesOf(operand)
      if (values) found.set(field, values)
    }
  }
  return found
}

function valuesOf(operand: unknown): unknown[] | undefined {
  if (!isDocument(operand) || !Object.keys(operand)[0]?.startsWith('$')) return [operand]
  if (Object.hasOwn(operand, '$eq')) return [operand['$eq']]
  return Array.isArray(operand['$in']) ? operand['$in'] : undefined
}

function keysOf(index: IndexDefinition, conditions: Equalities): string[] | undefined {
  let keys: unknown[][] = [[]]
  for (const { field, direction } of index.keys) {
    const values = conditions.get(field)
    const isUsable = values?.every((value) => isKey(index, field, value)) && direction !== '2dsphere'
    if (!values || !isUsable || keys.length * values.length > MAXIMUM_KEYS) return undefined
    keys = keys.flatMap((key) => values.map((value) => [...key, value]))
  }
  return keys.map(keyText)
}

/**
 * Whether everything equal to the value is listed under its key. Arrays are listed by element, a regular expression
 * matches more than itself, a sparse index leaves out what equals null.
 */
function isKey(index: IndexDefinition, field: string, value: unknown): boolean {
  if (Array.isArray(value) || value instanceof BSONRegExp) return false
  if ((value === null || value === undefined) && index.sparse) return false
  return !field.split('.').some(isArrayIndex)
}
