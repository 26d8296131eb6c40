import type { JsonDocument } from '../../../control/documents.ts'
import { type Kind, parseValue } from './value'

export const OPERATORS = {
  eq: '=',
  ne: '≠',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  contains: '包含',
  exists: '有这个字段',
  missing: '没有这个字段',
  type: '类型是',
} as const

export type Operator = keyof typeof OPERATORS

/** What somebody looks for in one field. */
export interface Condition {
  field: string
  operator: Operator
  text: string
  kind: Kind
}

/** Whether the operator takes a value. */
export function takesValue(operator: Operator): boolean {
  return operator !== 'exists' && operator !== 'missing'
}

/**
 * The MongoDB query of conditions that all have to hold. Those without a field are left out.
 * @throws Error with the reason in words
 */
export function filterOf(conditions: readonly Condition[]): JsonDocument {
  const parts = conditions.filter(({ field }) => field.trim() !== '').map(partOf)
  if (parts.length > 1) return { $and: parts }
  return parts[0] ?? {}
}

function partOf({ field, operator, text, kind }: Condition): JsonDocument {
  const name = field.trim()
  switch (operator) {
    case 'exists':
      return { [name]: { $exists: true } }
    case 'missing':
      return { [name]: { $exists: false } }
    case 'type':
      return { [name]: { $type: text.trim() || 'string' } }
    case 'contains':
      return { [name]: { $regex: text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), $options: 'i' } }
    default:
      return { [name]: { [`$${operator}`]: parseValue(kind, text) } }
  }
}

/** The query of documents by their ids. */
export function filterOfIds(ids: readonly unknown[]): JsonDocument {
  return { _id: { $in: ids } }
}
