import type { CollectionName } from '../shared/database/collection-names.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Budget } from '../shared/request/budget.ts'
import type { Batch } from './batch.ts'

/** Documents of the first batch. They are neither read nor named: the database deletes them by their age. */
const BATCH_BY_AGE = 250

/** Documents that are old enough to be deleted. */
export interface AgedDocuments {
  name: CollectionName
  /** The field with their time, which an index has. */
  field: string
  /** Documents of an earlier time are deleted. */
  before: Date
  /** What else must be true of them. */
  further?: object
}

/** Condition: the documents that are old enough. A time that is no date never is. */
export function agedCondition({ field, before, further = {} }: AgedDocuments): object {
  return { ...further, [field]: _.lt(before) }
}

/**
 * Deletes the oldest of these documents, by the condition that makes them old: one that is written meanwhile stays. Two
 * round trips, however many documents there are.
 * @param scale how many times larger than the first the batch is
 */
export async function removeAged(budget: Budget, aged: AgedDocuments, scale: number): Promise<Batch> {
  const { name, field, before } = aged
  const due = agedCondition(aged)
  const lastOfBatch = collection(name)
    .where(due)
    .orderBy(field, 'asc')
    .skip(BATCH_BY_AGE * scale - 1)
    .field({ [field]: true })
    .limit(1)
  const [last] = (await query(budget, lastOfBatch.get())).data
  const until = (last as Readonly<Record<string, unknown>> | undefined)?.[field]
  const isMore = until instanceof Date
  const batch = isMore ? { ...due, [field]: _.lt(before).and(_.lte(until)) } : due
  const { stats } = await query(budget, collection(name).where(batch).remove())
  return isMore ? { count: stats.removed, next: '' } : { count: stats.removed }
}
