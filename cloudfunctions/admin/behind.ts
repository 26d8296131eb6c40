import { command as _ } from '../shared/database/database.ts'

/** Documents in the order of a field, and of `_id` where several have the same value. */
export interface PageOrder {
  field: string
  direction: 'asc' | 'desc'
  /** Which documents. */
  condition: object
}

/** The last document of a page. */
export interface Place {
  value: string | Date
  id: string
}

/** Condition: the documents of an order behind a place. The bound on the field alone is what an index serves. */
export function behind({ field, direction, condition }: PageOrder, { value, id }: Place): object {
  const [further, notBefore, furtherId] =
    direction === 'asc' ? [_.gt(value), _.gte(value), _.gt(id)] : [_.lt(value), _.lte(value), _.lt(id)]
  return _.and([
    condition,
    { [field]: notBefore },
    _.or([{ [field]: further }, { [field]: value, _id: furtherId }]),
  ])
}
