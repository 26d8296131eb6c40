import type { Access, Candidate } from '../access/access.ts'
import type { Order } from '../query/order.ts'
import type { Collection, IndexDefinition } from '../storage/collection-catalog.ts'
import { keyText, prefixText } from '../storage/index-keys.ts'
import { BEHIND, orderedText, typeBounds } from '../storage/ordered-text.ts'
import type { KeyRange } from '../storage/records.ts'
import {
  type Conditions,
  type FieldCondition,
  isNullish,
  isOneType,
  readAlternatives,
  readConditions,
} from './conditions.ts'

/**
 * How the documents of a query are reached. An index serves a query by its first fields:
 *
 *     fields held to one or some values   then a field held between bounds   or the fields of the order asked for
 *     where({ userId, at: _.lt(t) }).orderBy('at', 'desc')  with the index  userId, at:  read from t downwards
 *
 * The index with the most such fields is taken; without any, all documents are read.
 */
export interface Plan {
  /** At least the documents that match. */
  readonly candidates: Iterable<Candidate>
  /** Whether they come in the order asked for. */
  readonly isSorted: boolean
  /** Its name; undefined when all documents are read. */
  readonly index: string | undefined
}

/** Above every text of a key. */
const AFTER_ALL = '\u{10ffff}'

/** Keys beyond this number are no better than reading everything. */
const MAXIMUM_KEYS = 10_000

/** @param isLimited only the first documents are wanted, so that an index is of use for its order alone */
export function planOf(
  access: Access,
  collection: Collection,
  query: unknown,
  order: Order | undefined,
  isLimited: boolean,
): Plan {
  const conditions = readConditions(query)
  const uses = collection.indexes.flatMap(
    (index) => useOf(access, collection, index, conditions, order) ?? [],
  )
  const best = uses.sort((left, right) => right.worth - left.worth)[0]
  if (!best || best.isForOrderAlone) {
    const alternatives = alternativesOf(access, collection, query)
    if (alternatives) return alternatives
  }
  if (!best || (best.isForOrderAlone && !isLimited)) {
    return { candidates: access.scan(collection), isSorted: false, index: undefined }
  }
  return { candidates: best.read(), isSorted: best.isSorted, index: best.index.name }
}

/** `$or`, where an index serves each alternative: reads each, and returns a document that several find once. */
function alternativesOf(access: Access, collection: Collection, query: unknown): Plan | undefined {
  const parts = readAlternatives(query)
  if (!parts || parts.length === 0) return undefined
  const plans = parts.map((part) => planOf(access, collection, part, undefined, false))
  const names = plans.map(({ index }) => index)
  if (names.includes(undefined)) return undefined
  const candidates = readAll(plans, (plan) => plan.candidates)
  return { candidates, isSorted: false, index: [...new Set(names)].join(', ') }
}

interface Use {
  readonly index: IndexDefinition
  /** The more it holds back the better. */
  readonly worth: number
  readonly isSorted: boolean
  readonly isForOrderAlone: boolean
  read(): Iterable<Candidate>
}

function useOf(
  access: Access,
  collection: Collection,
  index: IndexDefinition,
  conditions: Conditions,
  order: Order | undefined,
): Use | undefined {
  const keys = equalKeys(index, conditions)
  const isWhole = keys.equal === index.keys.length
  if (isWhole) {
    const read = () => access.lookup(collection, index, keys.prefixes.map(keyText))
    // A unique key leads to one document; else an index that also has the order is better.
    const worth = 4 * keys.equal + (index.unique ? 100 : 0.5)
    return { index, worth, isSorted: false, isForOrderAlone: false, read }
  }
  const { ranges } = access
  if (!ranges) return undefined
  const next = index.keys[keys.equal]
  const range = next && next.direction !== '2dsphere' ? conditions.get(next.field) : undefined
  const bounds = boundsOf(range, () => ranges.isSingleKeyed(collection, index))
  const direction = orderDirection(index, keys.equal, order)
  const isSorted =
    direction !== undefined &&
    keys.prefixes.length === 1 &&
    ranges.isSingleKeyed(collection, index) &&
    ranges.isInOrder(collection, index)
  const worth = 4 * keys.equal + (bounds ? 2 : 0) + (isSorted ? 1 : 0)
  const holdsBack = keys.equal > 0 || bounds !== undefined
  if (worth === 0 || (!holdsBack && index.sparse)) return undefined
  const parts = keys.prefixes.map((values) => partOf(prefixText(values), bounds))
  const isDownwards = direction === -1
  const read = () => readAll(parts, (part) => ranges.read(collection, index, part, isDownwards))
  return { index, worth, isSorted, isForOrderAlone: !holdsBack, read }
}

/** All ways in which the first fields of the index are held to values, as far as they are. */
function equalKeys(index: IndexDefinition, conditions: Conditions): { prefixes: unknown[][]; equal: number } {
  let prefixes: unknown[][] = [[]]
  for (const [place, { field, direction }] of index.keys.entries()) {
    const values = conditions.get(field)?.values
    const isUsable = values && direction !== '2dsphere' && !(index.sparse && values.some(isNullish))
    if (!isUsable || prefixes.length * values.length > MAXIMUM_KEYS) return { prefixes, equal: place }
    prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]))
  }
  return { prefixes, equal: index.keys.length }
}

/** Two bounds may be met by two elements of an array: then one of them is all that an index can look for. */
function boundsOf(
  condition: FieldCondition | undefined,
  isSingleKeyed: () => boolean,
): FieldCondition | undefined {
  if (!condition) return undefined
  const { above, below } = condition
  if (!above && !below) return undefined
  if (above && below && !(isOneType(condition) && isSingleKeyed())) return { above }
  return condition
}

function partOf(prefix: string, bounds: FieldCondition | undefined): KeyRange {
  const sample = (bounds?.above ?? bounds?.below)?.value
  if (!bounds || sample === undefined) return { low: cut(prefix, ''), high: cut(prefix, '') + AFTER_ALL }
  const { above, below } = bounds
  const type = typeBounds(sample)
  const low = above ? orderedText(above.value) + (above.isIncluded ? '' : BEHIND) : type.low
  const high = below ? orderedText(below.value) + (below.isIncluded ? BEHIND : '') : type.high
  return { low: cut(prefix + low, ''), high: cut(prefix + high, AFTER_ALL) }
}

/** The store's keys are limited; whatever lies between a bound and its beginning is read as well. */
const MAXIMUM_BOUND_CHARACTERS = 400

function cut(text: string, ending: string): string {
  if (text.length <= MAXIMUM_BOUND_CHARACTERS) return text
  return text.slice(0, MAXIMUM_BOUND_CHARACTERS).replace(/[\ud800-\udbff]$/, '') + ending
}

/** 1 or -1 when the index, after its first fields, has the fields of the order one after the other. */
function orderDirection(index: IndexDefinition, first: number, order: Order | undefined): 1 | -1 | undefined {
  if (!order || order.length === 0) return undefined
  const rest = index.keys.slice(first)
  const isSame = order.every(({ path, direction }, place) => {
    const key = rest[place]
    return key?.field === path.join('.') && key.direction !== '2dsphere' && direction === order[0]?.direction
  })
  return isSame ? order[0]?.direction : undefined
}

function* readAll<Part>(
  parts: readonly Part[],
  read: (part: Part) => Iterable<Candidate>,
): Generator<Candidate> {
  const seen = new Set<number | undefined>()
  for (const part of parts) {
    for (const candidate of read(part)) {
      // A document with an array, or one of a key too long, may be listed in several parts.
      if (parts.length > 1 && seen.has(candidate.number)) continue
      seen.add(candidate.number)
      yield candidate
    }
  }
}
