import { BSONRegExp } from 'bson'
import type { Condition, Conditions } from '../../rules/unknown-value.ts'
import { type Document, isDocument } from '../values/document.ts'

/** Alternatives that are compared one by one; of a query with more, its `$or` counts for nothing. */
const MAXIMUM_ALTERNATIVES = 50

/**
 * What a query says of the fields of the documents it finds: one set of conditions for each alternative of its `$or`.
 * Conditions that this does not understand are left out, so that the query seems to find more than it does.
 */
export function conditionsOf(query: Document): Conditions[] {
  return alternativesOf(query)
}

type Alternative = Map<string, Condition[]>

function alternativesOf(query: Document): Alternative[] {
  let alternatives: Alternative[] = [new Map()]
  for (const [key, operand] of Object.entries(query)) {
    const more = entryAlternatives(key, operand)
    if (alternatives.length * more.length > MAXIMUM_ALTERNATIVES) continue
    alternatives = alternatives.flatMap((before) => more.map((added) => merge(before, added)))
  }
  return alternatives
}

function entryAlternatives(key: string, operand: unknown): Alternative[] {
  if (!key.startsWith('$')) return [new Map([[key, conditionsOn(operand)]])]
  const parts = Array.isArray(operand) ? operand.filter(isDocument) : []
  if (key === '$and') {
    return parts.map(alternativesOf).reduce(
      (all, more) => {
        if (all.length * more.length > MAXIMUM_ALTERNATIVES) return all
        return all.flatMap((before) => more.map((added) => merge(before, added)))
      },
      [new Map()] as Alternative[],
    )
  }
  if (key === '$or' && parts.length > 0) {
    const all = parts.flatMap(alternativesOf)
    return all.length > MAXIMUM_ALTERNATIVES ? [new Map()] : all
  }
  return [new Map()]
}

function merge(left: Alternative, right: Alternative): Alternative {
  const merged: Alternative = new Map(left)
  for (const [path, conditions] of right) merged.set(path, [...(merged.get(path) ?? []), ...conditions])
  return merged
}

function conditionsOn(operand: unknown): Condition[] {
  if (operand instanceof BSONRegExp) return []
  const isOperators = isDocument(operand) && Object.keys(operand)[0]?.startsWith('$')
  if (!isOperators) return [{ operator: '$eq', operand }]
  return Object.entries(operand).map(([operator, value]) => {
    // One value to choose from is that value.
    const isSingle = operator === '$in' && Array.isArray(value) && value.length === 1
    return isSingle ? { operator: '$eq', operand: value[0] } : { operator, operand: value }
  })
}
