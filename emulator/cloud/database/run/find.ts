import type { Access, Candidate } from '../access/access.ts'
import { nearestFirst } from '../geo/near.ts'
import type { Test } from '../query/operator.ts'
import { type Comparator, comparatorOf, type Order } from '../query/order.ts'
import type { QueryReading } from '../query-watch.ts'
import type { Collection } from '../storage/catalog.ts'
import { describeConditions } from './conditions.ts'
import { planOf } from './plan.ts'

/** Which of the matching documents are wanted, and in which order. */
export interface Selection {
  readonly order?: Order | undefined
  /** Whether an index serves it that the query does not show. */
  readonly isServed?: boolean
  readonly skip?: number
  readonly limit?: number
}

/** Documents that are read before those that come too late in the order are let go. */
const SORT_BUFFER = 1000

/**
 * The documents that match, in the order asked for, else nearest first where the query asks so, else as the index lists
 * them or as inserted.
 * @param query the query `test` was compiled from; only looked at for indexes that spare reading everything
 * @throws DATABASE_REQUEST_FAILED where the cloud is set to refuse queries without an index
 */
export function find(
  access: Access,
  collection: Collection,
  query: unknown,
  test: Test,
  { order, isServed = false, skip = 0, limit = Number.POSITIVE_INFINITY }: Selection = {},
): Candidate[] {
  const end = skip + limit
  const { candidates, isSorted, index } = planOf(access, collection, query, order, Number.isFinite(end))
  const compare = order ? (isSorted ? undefined : comparatorOf(order)) : nearestFirst(query)
  const reading = isServed
    ? undefined
    : access.watch?.begin(index, () => ({
        collection: collection.name,
        conditions: describeConditions(query),
        order: (order ?? []).map(
          ({ path, direction }) => path.join('.') + (direction === 1 ? '' : ' descending'),
        ),
      }))
  const found: Candidate[] = []
  for (const candidate of matching(candidates, test, reading)) {
    found.push(candidate)
    if (!compare && found.length >= end) break
    // Only the first of a large collection are kept while the others pass by.
    if (compare && found.length > 2 * end + SORT_BUFFER) sortBy(found, compare).splice(end)
  }
  reading?.end()
  if (compare) sortBy(found, compare)
  return found.slice(skip, end)
}

/** @throws DATABASE_REQUEST_FAILED when more is read than the watch allows */
function* matching(
  candidates: Iterable<Candidate>,
  test: Test,
  reading: QueryReading | undefined,
): Generator<Candidate> {
  for (const candidate of candidates) {
    const isMatch = test(candidate.document)
    reading?.note(isMatch)
    if (isMatch) yield candidate
  }
}

function sortBy(candidates: Candidate[], compare: Comparator): Candidate[] {
  return candidates.sort((left, right) => compare(left.document, right.document))
}
