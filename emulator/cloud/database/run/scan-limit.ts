import type { Access } from '../access/access.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { scansTooMuch } from '../failures.ts'
import type { Comparator } from '../query/order.ts'
import { compileQuery } from '../query/query.ts'
import type { Collection, IndexDefinition } from '../storage/catalog.ts'
import type { Document } from '../values/document.ts'
import { type Conditions, conditionsOf, type IndexCondition } from './index-conditions.ts'

/** The order a query asks for, and how many documents it wants in it. */
export interface Wanted {
  /** As `{ field: 1 | -1, … }`. */
  readonly order?: Document | undefined
  readonly compare?: Comparator | undefined
  /** Documents after which it stops. */
  readonly end?: number
}

/** A way to the documents: those that the index lists under its bounds, or all. */
interface Plan {
  /** What the documents that are read have in common. */
  readonly bounds: readonly IndexCondition[]
  /** Whether only documents that match are read. */
  readonly isExact: boolean
  /** Whether they come in the order asked for, so that reading may end early. */
  readonly isOrdered: boolean
}

/**
 * Refuses a query for which more documents are read than the cloud is set to allow, unless an index, `_id` among
 * them, leads to just those that match, in the order asked for. Indexes serve as in MongoDB: fields held to values
 * first, then those of the order, then one with a range.
 * @throws DATABASE_REQUEST_FAILED that names the collection, the condition's fields and the count
 */
export function checkScan(access: Access, collection: Collection, query: unknown, wanted: Wanted = {}): void {
  const { maximumScannedDocuments: limit } = access
  if (limit === undefined || access.count(collection) <= limit) return
  const examined = countExamined(access, collection, query, wanted)
  if (examined <= limit) return
  const fields = [...new Set(fieldsOf(conditionsOf(query)))]
  throw scansTooMuch({
    collection: collection.name,
    fields,
    order: Object.keys(wanted.order ?? {}),
    examined,
    limit,
  })
}

function fieldsOf({ all, alternatives }: Conditions): string[] {
  const inner = alternatives.flat().flatMap((branch) => fieldsOf(conditionsOf(branch)))
  return [...all.map(({ field }) => field), ...inner]
}

/** By the best plan; each alternative of an `$or` may have its own. */
function countExamined(access: Access, collection: Collection, query: unknown, wanted: Wanted): number {
  const { all, alternatives } = conditionsOf(query)
  const counts = plansFor(collection, all, alternatives.length > 0, wanted).map((plan) =>
    countOf(access, collection, query, plan, wanted),
  )
  const [branches] = alternatives
  if (branches && alternatives.length === 1) {
    const shared = all.map((condition) => condition.query)
    const sum = branches.reduce<number>(
      (total, branch) => total + countExamined(access, collection, { $and: [...shared, branch] }, wanted),
      0,
    )
    counts.push(sum)
  }
  return Math.min(...counts)
}

function plansFor(
  collection: Collection,
  conditions: readonly IndexCondition[],
  hasAlternatives: boolean,
  { order, compare }: Wanted,
): Plan[] {
  const scan: Plan = { bounds: [], isExact: conditions.length === 0 && !hasAlternatives, isOrdered: !compare }
  const isExact = (bounds: readonly IndexCondition[]) =>
    !hasAlternatives && conditions.every((condition) => condition.isExact && bounds.includes(condition))
  const byIndex = collection.indexes.flatMap((index): Plan[] => {
    const { bounds, isOrdered } = boundsOf(index, conditions, order)
    if (bounds.length === 0 && !(order && isOrdered)) return []
    const isNearest = bounds.some(({ kind }) => kind === 'geo')
    return [{ bounds, isExact: isExact(bounds), isOrdered: isOrdered || (!order && (!compare || isNearest)) }]
  })
  return [scan, ...byIndex]
}

/** Walks along an index: equalities, then the order, then one range. */
function boundsOf(
  index: IndexDefinition,
  conditions: readonly IndexCondition[],
  order: Document | undefined,
): { bounds: IndexCondition[]; isOrdered: boolean } {
  const usable = (field: string, direction: unknown) =>
    conditions.filter(
      (condition) =>
        condition.field === field &&
        condition.kind !== 'nothing' &&
        (direction === '2dsphere') === (condition.kind === 'geo') &&
        !(index.sparse && condition.takesMissing),
    )
  const bounds: IndexCondition[] = []
  const keys = [...index.keys]
  const held = new Set<string>()
  for (let key = keys[0]; key; key = keys[0]) {
    const found = usable(key.field, key.direction)
    if (!found.some(({ kind }) => kind === 'equality')) break
    bounds.push(...found)
    held.add(key.field)
    keys.shift()
  }
  const ordering = Object.entries(order ?? {}).filter(([field]) => !held.has(field))
  const isOrdered =
    order !== undefined && followsOrder(keys, ordering) && (bounds.length > 0 || !index.sparse)
  const rest = isOrdered ? keys.slice(0, ordering.length + 1) : keys.slice(0, 1)
  for (const key of rest) {
    const found = usable(key.field, key.direction)
    bounds.push(...found)
    if (found.length > 0) break
  }
  return { bounds, isOrdered }
}

/** An index is read forwards or backwards. */
function followsOrder(keys: IndexDefinition['keys'], ordering: readonly [string, unknown][]): boolean {
  const turns = ordering.map(([field, direction], at) => {
    const key = keys[at]
    return key?.field === field && key.direction !== '2dsphere' ? Number(direction) * key.direction : 0
  })
  return turns.every((turn) => turn !== 0 && turn === turns[0])
}

function countOf(
  access: Access,
  collection: Collection,
  query: unknown,
  { bounds, isExact, isOrdered }: Plan,
  { compare, end = Number.POSITIVE_INFINITY }: Wanted,
): number {
  if (bounds.length > 0 && isExact && isOrdered) return 0
  const inBounds = compileQuery(
    { $and: [{}, ...bounds.map((condition) => condition.query)] },
    compileExpression,
  )
  const documents = [...access.scan(collection)]
    .map(({ document }) => document)
    .filter((document) => inBounds(document))
  if (!isOrdered || end === Number.POSITIVE_INFINITY) return documents.length
  const test = compileQuery(query, compileExpression)
  let matched = 0
  const ordered = compare ? documents.sort(compare) : documents
  const last = ordered.findIndex((document) => {
    if (test(document)) matched += 1
    return matched >= end
  })
  return last < 0 ? documents.length : last + 1
}
