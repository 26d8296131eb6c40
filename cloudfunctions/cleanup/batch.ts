import { createHash } from 'node:crypto'
import type { Budget } from '../shared/budget.ts'
import { command as _, ask, collection } from '../shared/database.ts'

/** Documents of one batch: read and written well within a function's time. */
export const BATCH = 100

/** What one batch of a task has come to. */
export interface Batch {
  /** How many documents it has dealt with. */
  count: number
  /**
   * Where the next batch of this run goes on, if there may be more: an id that it begins after, or '' for a task whose
   * documents leave its condition once they are dealt with.
   */
  next?: string
}

/** @returns the ids of documents, whatever their type: what is not text is no reason to stop at it */
export function idsOf(documents: readonly unknown[]): unknown[] {
  return documents.map((document) => (document as { _id?: unknown })._id)
}

export function withIds(collectionName: string, ids: readonly unknown[]) {
  return collection(collectionName).where({ _id: _.in([...ids]) })
}

/**
 * A page of documents by id, so that one that cannot be dealt with does not come back at the head of each batch.
 * @param after the id that the page before ended with; '' for the first
 */
export async function pageOf(
  budget: Budget,
  name: string,
  { condition, after, most }: { condition: object; after: string; most: number },
): Promise<{ data: unknown[]; next?: string }> {
  const place = after === '' ? condition : { ...condition, _id: _.gt(after) }
  const { data } = await ask(budget, collection(name).where(place).orderBy('_id', 'asc').limit(most).get())
  const last = idsOf(data).at(-1)
  return data.length === most && typeof last === 'string' ? { data, next: last } : { data }
}

/**
 * Documents by id from a place on; past the end it goes on at the beginning. One or two round trips.
 * @param only the field that is wanted of each, besides the id; absent for whole documents
 */
export async function stretchFrom(
  budget: Budget,
  name: string,
  { start, most, only }: { start: string; most: number; only?: string },
): Promise<unknown[]> {
  const stretch = async (place: object) => {
    const query = collection(name).where(place).orderBy('_id', 'asc')
    const wanted = only === undefined ? query : query.field({ [only]: true })
    return (await ask(budget, wanted.limit(most).get())).data
  }
  const after = await stretch({ _id: _.gte(start) })
  return after.length < most ? [...after, ...(await stretch({ _id: _.lt(start) }))] : after
}

/** A place among ids of base64url, another one every hour: in time every stretch has its turn. */
export function placeOf(now: number): string {
  const hour = Math.floor(now / (60 * 60 * 1000))
  return createHash('sha256').update(String(hour)).digest('base64url').slice(0, 8)
}
