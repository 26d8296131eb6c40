import { createHash } from 'node:crypto'
import type { CollectionName } from '../shared/database/collection-names.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Budget } from '../shared/request/budget.ts'

/** Documents of one batch. A function reads and writes them well within its time. */
export const BATCH = 100

/** How many times larger than its first a batch of a task becomes, while batches are quick. */
export const LARGEST_SCALE = 16

/** The result of one batch of a task. */
export interface Batch {
  /** How many documents were processed. */
  count: number
  /**
   * Where the next batch of this run continues, if there may be more documents: after this id, or '' for a task whose
   * processed documents no longer match its condition.
   */
  next?: string
}

/** @returns the ids of documents, of any type: an id that is not a text does not stop a task */
export function idsOf(documents: readonly unknown[]): unknown[] {
  return documents.map((document) => (document as { _id?: unknown })._id)
}

export function withIds(collectionName: string, ids: readonly unknown[]) {
  return collection(collectionName).where({ _id: _.in([...ids]) })
}

/**
 * A page of documents in the order of their ids, so that a document that cannot be processed is not read again by each
 * batch.
 * @param after the last id of the previous page; '' for the first page
 */
export async function pageOf(
  budget: Budget,
  name: string,
  { condition, after, most }: { condition: object; after: string; most: number },
): Promise<{ data: unknown[]; next?: string }> {
  const range = after === '' ? condition : { ...condition, _id: _.gt(after) }
  const { data } = await query(budget, collection(name).where(range).orderBy('_id', 'asc').limit(most).get())
  const last = idsOf(data).at(-1)
  return data.length === most && typeof last === 'string' ? { data, next: last } : { data }
}

interface Due {
  condition: object
  /** The field with the time when a document is due, which an index has. */
  field: string
  /** Documents of an earlier time are due. */
  before: Date
  after: string
  most: number
}

/**
 * A page of due documents, those that have waited longest first, so that the index gives a page without sorting all that
 * wait. A document that cannot be processed is not read again by each batch. One or two round trips.
 * @param after where the previous page ended: its last time, and the last id of those of that time; '' for the first page
 */
export async function duePage(
  budget: Budget,
  name: CollectionName,
  { condition, field, before, after, most }: Due,
): Promise<{ data: unknown[]; next?: string }> {
  const read = async (range: object, order: string, limit: number) =>
    (
      await query(
        budget,
        collection(name)
          .where({ ...condition, ...range })
          .orderBy(order, 'asc')
          .limit(limit)
          .get(),
      )
    ).data
  const [time = '', id = ''] = after.split(' ')
  const from = new Date(Number(time))
  if (after === '') return pageUntil(field, await read({ [field]: _.lt(before) }, field, most), most)
  // Of the last time of the previous page, some may be left: the index does not give them in the order of their ids.
  const ofThatTime = id === '' ? { [field]: from } : { [field]: from, _id: _.gt(id) }
  const rest = await read(ofThatTime, '_id', most)
  if (rest.length === most) return { data: rest, next: `${time} ${idsOf(rest).at(-1)}` }
  const later = await read({ [field]: _.gt(from).and(_.lt(before)) }, field, most - rest.length)
  const page = pageUntil(field, later, most - rest.length)
  return { ...page, data: [...rest, ...later] }
}

function pageUntil(field: string, data: unknown[], most: number): { data: unknown[]; next?: string } {
  const time = (data.at(-1) as Readonly<Record<string, unknown>> | undefined)?.[field]
  return data.length === most && time instanceof Date ? { data, next: `${time.getTime()} ` } : { data }
}

/**
 * Documents in the order of their ids, beginning at `start`; continues with the first id after the last. One or two round
 * trips.
 * @param only the field to read besides the id; absent for whole documents
 */
export async function rangeFrom(
  budget: Budget,
  name: string,
  { start, most, only }: { start: string; most: number; only?: string },
): Promise<unknown[]> {
  const readRange = async (range: object) => {
    const selection = collection(name).where(range).orderBy('_id', 'asc')
    const fields = only === undefined ? selection : selection.field({ [only]: true })
    return (await query(budget, fields.limit(most).get())).data
  }
  const after = await readRange({ _id: _.gte(start) })
  return after.length < most ? [...after, ...(await readRange({ _id: _.lt(start) }))] : after
}

const RANGE_MILLISECONDS = 5 * 60 * 1000

/** Where to start among base64url ids: another position every five minutes, so that each run takes another range. */
export function rangeStart(now: number): string {
  const turn = Math.floor(now / RANGE_MILLISECONDS)
  return createHash('sha256').update(String(turn)).digest('base64url').slice(0, 8)
}
