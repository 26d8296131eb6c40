import { BSONRegExp } from 'bson'
import { isOrdered } from '../storage/ordered-text.ts'
import { isArrayIndex, isDocument } from '../values/document.ts'
import { compareValues, typeRank } from '../values/ordering.ts'

/** A bound of a field's values. */
export interface Bound {
  readonly value: unknown
  readonly isIncluded: boolean
}

/** What a query asks of one field, as far as an index can serve it. */
export interface FieldCondition {
  /** The field equals one of these. */
  readonly values?: readonly unknown[]
  /** Bounds are of values of one type alone, which {@link isOrdered}. */
  readonly above?: Bound
  readonly below?: Bound
}

/** By field, in dotted form: conditions that every matching document meets. */
export type Conditions = ReadonlyMap<string, FieldCondition>

/** Reads the conditions that all have to hold: those of the query itself, of `$and` and of `$elemMatch`. */
export function readConditions(query: unknown): Conditions {
  const found = new Map<string, FieldCondition>()
  for (const [field, condition] of listConditions(query, '')) {
    found.set(field, { ...condition, ...narrower(found.get(field), condition) })
  }
  return found
}

/** The parts of the first `$or` that has to hold, of the query itself or of its `$and`. */
export function readAlternatives(query: unknown): readonly unknown[] | undefined {
  if (!isDocument(query)) return undefined
  const { $or, $and } = query
  if (Array.isArray($or)) return $or
  if (!Array.isArray($and)) return undefined
  for (const part of $and) {
    const found = readAlternatives(part)
    if (found) return found
  }
  return undefined
}

function narrower(known: FieldCondition | undefined, other: FieldCondition): FieldCondition {
  const values = known?.values ?? other.values
  const above = tighter(known?.above, other.above, 1)
  const below = tighter(known?.below, other.below, -1)
  return { ...(values && { values }), ...(above && { above }), ...(below && { below }) }
}

/** @param direction 1: the higher bound holds more back; -1: the lower one */
function tighter(left: Bound | undefined, right: Bound | undefined, direction: 1 | -1): Bound | undefined {
  if (!left || !right) return left ?? right
  const order = compareValues(left.value, right.value) * direction
  if (order === 0) return left.isIncluded ? right : left
  return order > 0 ? left : right
}

function* listConditions(query: unknown, prefix: string): Generator<[string, FieldCondition]> {
  if (!isDocument(query)) return
  for (const [name, operand] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(operand))
      for (const part of operand) yield* listConditions(part, prefix)
    if (name.startsWith('$')) continue
    const field = prefix + name
    // `sessions.0.id` is one place of an array, and an index lists them all.
    if (field.split('.').some(isArrayIndex)) continue
    yield* fieldConditions(field, operand)
  }
}

function* fieldConditions(field: string, operand: unknown): Generator<[string, FieldCondition]> {
  if (operand instanceof BSONRegExp) {
    const condition = patternCondition(operand.pattern, operand.options)
    if (condition) yield [field, condition]
    return
  }
  if (!isDocument(operand) || !Object.keys(operand)[0]?.startsWith('$')) {
    if (isKey(operand)) yield [field, { values: [operand] }]
    return
  }
  for (const [operator, value] of Object.entries(operand)) {
    const condition =
      operator === '$regex' ? regexCondition(value, operand['$options']) : operatorCondition(operator, value)
    if (condition) yield [field, condition]
    if (operator === '$elemMatch') yield* listConditions(value, `${field}.`)
    if (operator === '$and' && Array.isArray(value))
      for (const part of value) yield* fieldConditions(field, part)
  }
}

function regexCondition(pattern: unknown, options: unknown): FieldCondition | undefined {
  if (options !== undefined && options !== '') return undefined
  if (pattern instanceof BSONRegExp) return patternCondition(pattern.pattern, pattern.options)
  return typeof pattern === 'string' ? patternCondition(pattern, '') : undefined
}

/** A pattern that begins with the text's beginning and some literals finds only texts that begin so. */
function patternCondition(pattern: string, options: string): FieldCondition | undefined {
  const [, start = ''] = /^\^([\w \-:/@,;=<>]*)/.exec(pattern) ?? []
  const rest = pattern.slice(start.length + 1)
  // What follows may make the last character optional, or the whole one of several.
  const literal = /^[*?{+]/.test(rest) ? start.slice(0, -1) : start
  if (literal === '' || options !== '' || rest.includes('|')) return undefined
  return {
    above: { value: literal, isIncluded: true },
    below: { value: `${literal}\u{10ffff}`, isIncluded: true },
  }
}

function operatorCondition(operator: string, value: unknown): FieldCondition | undefined {
  if (operator === '$eq') return isKey(value) ? { values: [value] } : undefined
  if (operator === '$in') return Array.isArray(value) && value.every(isKey) ? { values: value } : undefined
  if (!isOrdered(value)) return undefined
  if (operator === '$gt' || operator === '$gte') return { above: { value, isIncluded: operator === '$gte' } }
  if (operator === '$lt' || operator === '$lte') return { below: { value, isIncluded: operator === '$lte' } }
  return undefined
}

/** Whether everything equal to the value is listed under its key: arrays are listed by element, a regular expression
 * matches more than itself. */
function isKey(value: unknown): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp)
}

export function isNullish(value: unknown): boolean {
  return value === null || value === undefined
}

/** Bounds of different types leave nothing between them; such a pair is no range of an index. */
export function isOneType({ above, below }: FieldCondition): boolean {
  return !above || !below || typeRank(above.value) === typeRank(below.value)
}

/** Each condition in words, for people: `userId =`, `at <`, `phoneHash $exists`. */
export function describeConditions(query: unknown): string[] {
  if (!isDocument(query)) return []
  return Object.entries(query).flatMap(([field, operand]) => {
    if (field === '$and' && Array.isArray(operand)) return operand.flatMap(describeConditions)
    if (field.startsWith('$')) return [`${field}(${listParts(operand)})`]
    return describeOperand(field, operand)
  })
}

function listParts(operand: unknown): string {
  return Array.isArray(operand) ? operand.map((part) => describeConditions(part).join(', ')).join(' | ') : ''
}

const SIGNS: Readonly<Record<string, string>> = {
  $eq: '=',
  $in: '=',
  $gt: '>',
  $gte: '>',
  $lt: '<',
  $lte: '<',
}

function describeOperand(field: string, operand: unknown): string[] {
  if (!isDocument(operand) || !Object.keys(operand)[0]?.startsWith('$')) return [`${field} =`]
  return Object.entries(operand).flatMap(([operator, value]) => {
    if (operator === '$elemMatch') return describeConditions(value).map((text) => `${field}.${text}`)
    if (operator === '$and' && Array.isArray(value))
      return value.flatMap((part) => describeOperand(field, part))
    return [`${field} ${SIGNS[operator] ?? operator}`]
  })
}
