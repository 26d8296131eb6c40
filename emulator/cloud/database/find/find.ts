import type { Access, Candidate } from '../access/access.ts'
import { nearestFirst } from '../geo/near.ts'
import type { Test } from '../query/operator.ts'
import { type Comparator, comparatorOf, type Order } from '../query/order.ts'
import type { QueryReading } from '../query-watch.ts'
import { noteFound } from '../request.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import { describeConditions } from './conditions.ts'
import { planOf } from './plan.ts'

/** Which of the matching documents are wanted, and in which order. */
export interface Selection {
  readonly order?: Order | undefined
  /** Whether an index serves it that the query does not show. */
  readonly isServed?: boolean
  /** The answer is the same without these documents, as that of an update that inserts where it finds nothing. */
  readonly isUnread?: boolean
  readonly skip?: number
  readonly limit?: number
  /** Told how many match in all, which reads all of them. */
  readonly onCount?: (matches: number) => void
}

/** Documents that are read before those too late in the order are dropped. */
const SORT_BUFFER = 1000

/**
 * The documents that match, in the order asked for, else nearest first where the query asks so, else as the index lists
 * them or as inserted.
 * @param query the query `test` was compiled from; only used to choose an index that avoids reading everything
 * @throws DATABASE_REQUEST_FAILED where the cloud is set to refuse queries without an index
 */
export function find(
  access: Access,
  collection: Collection,
  query: unknown,
  test: Test,
  {
    order,
    isServed = false,
    isUnread = false,
    skip = 0,
    limit = Number.POSITIVE_INFINITY,
    onCount,
  }: Selection = {},
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
  let matches = 0
  for (const candidate of matching(candidates, test, reading)) {
    matches += 1
    if (compare || matches <= end) found.push(candidate)
    if (!compare && !onCount && matches >= end) break
    // Only the first of a large collection are kept while the others pass by.
    if (compare && found.length > 2 * end + SORT_BUFFER) sortBy(found, compare).splice(end)
  }
  reading?.end()
  onCount?.(matches)
  if (compare) sortBy(found, compare)
  const wanted = found.slice(skip, end)
  if (!isUnread)
    noteFound(
      collection.name,
      wanted.map(({ document }) => document),
    )
  return wanted
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
