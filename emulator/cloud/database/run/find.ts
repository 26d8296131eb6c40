import type { Access, Candidate } from '../access/access.ts'
import { nearestFirst } from '../geo/near.ts'
import type { Test } from '../query/operator.ts'
import { type Comparator, comparatorOf, type Order } from '../query/order.ts'
import type { Collection } from '../storage/catalog.ts'
import { planOf } from './plan.ts'

/** Which of the matching documents are wanted, and in which order. */
export interface Selection {
  readonly order?: Order | undefined
  readonly skip?: number
  readonly limit?: number
}

/** Documents that are read before those that come too late in the order are let go. */
const SORT_BUFFER = 1000

/**
 * The documents that match, in the order asked for, else nearest first where the query asks so, else as inserted.
 * @param query the query `test` was compiled from; only looked at for indexes that spare reading everything
 */
export function find(
  access: Access,
  collection: Collection,
  query: unknown,
  test: Test,
  { order, skip = 0, limit = Number.POSITIVE_INFINITY }: Selection = {},
): Candidate[] {
  const end = skip + limit
  const plan = planOf(access, collection, query, order, Number.isFinite(end))
  const compare = order ? (plan.isSorted ? undefined : comparatorOf(order)) : nearestFirst(query)
  const found: Candidate[] = []
  for (const candidate of plan.candidates) {
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
