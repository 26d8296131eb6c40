import { evalExpr } from 'mingo/core'
import { $push as collect } from 'mingo/operators/accumulator'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import { isTruthy } from '../query/operator.ts'
import { keyText } from '../storage/index-keys.ts'
import { isDocument } from '../values/document.ts'
import { compareValues, equalValues } from '../values/ordering.ts'
import { typeName } from '../values/types.ts'

/** An expression operator: the document, the operand, mingo's options. */
export type Expression = (document: unknown, operand: unknown, options: Options) => unknown

/** An accumulator: the documents of a group, the expression, mingo's options. */
export type Accumulator = (documents: unknown[], expression: unknown, options: Options) => unknown

/**
 * Where mingo's operators answer differently from MongoDB's: it ignores the order of fields and of elements in
 * comparisons, has its own order of types, and takes a missing value for null.
 */

function values(
  document: unknown,
  operand: unknown,
  options: Options,
  name: string,
  count: number,
): unknown[] {
  if (!Array.isArray(operand) || operand.length !== count) {
    throw requestFailed(`Expression ${name} takes exactly ${count} arguments`)
  }
  return operand.map((expression) => evalExpr(document, expression, options))
}

function comparison(name: string, answer: (order: number) => unknown): Expression {
  return (document, operand, options) => {
    const [left, right] = values(document, operand, options, name, 2)
    return answer(Math.sign(compareValues(left, right)))
  }
}

/** The distinct values in MongoDB's order, by the text that is the same for equal values. */
export function distinct(list: readonly unknown[]): unknown[] {
  return [...new Map(list.map((value) => [keyText([value]), value])).values()].sort(compareValues)
}

function arrays(list: readonly unknown[], name: string): unknown[][] {
  if (!list.every(Array.isArray)) throw requestFailed(`All operands of ${name} must be arrays`)
  return list as unknown[][]
}

function evaluateList(document: unknown, operand: unknown, options: Options): unknown[] {
  const list = Array.isArray(operand) ? operand : [operand]
  return list.map((expression) => evalExpr(document, expression, options))
}

/** The operators on sets answer null when an operand is null or missing. */
function setOperator(name: string, combine: (sets: unknown[][]) => unknown): Expression {
  return (document, operand, options) => {
    const list = evaluateList(document, operand, options)
    if (list.some((value) => value === null || value === undefined)) return null
    return combine(arrays(list, name))
  }
}

function includes(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => equalValues(item, value))
}

const isIn: Expression = (document, operand, options) => {
  const [item, list] = values(document, operand, options, '$in', 2)
  if (!Array.isArray(list)) throw requestFailed('$in requires an array as a second argument')
  return includes(list, item)
}

const indexOfArray: Expression = (document, operand, options) => {
  const [list, item, start = 0, end = Number.POSITIVE_INFINITY] = evaluateList(document, operand, options)
  if (list === null || list === undefined) return null
  if (!Array.isArray(list)) throw requestFailed('$indexOfArray requires an array as a first argument')
  return list.findIndex((value, at) => at >= Number(start) && at < Number(end) && equalValues(value, item))
}

const not: Expression = (document, operand, options) => {
  const [value] = evaluateList(document, operand, options)
  return !isTruthy(value)
}

export const expressionOperators: Readonly<Record<string, Expression>> = {
  $cmp: comparison('$cmp', (order) => order),
  $eq: comparison('$eq', (order) => order === 0),
  $ne: comparison('$ne', (order) => order !== 0),
  $gt: comparison('$gt', (order) => order > 0),
  $gte: comparison('$gte', (order) => order >= 0),
  $lt: comparison('$lt', (order) => order < 0),
  $lte: comparison('$lte', (order) => order <= 0),
  $in: isIn,
  $indexOfArray: indexOfArray,
  $and: (document, operand, options) => evaluateList(document, operand, options).every(isTruthy),
  $or: (document, operand, options) => evaluateList(document, operand, options).some(isTruthy),
  $not: not,
  $type: (document, operand, options) => typeName(evaluateList(document, operand, options)[0]),
  $setUnion: setOperator('$setUnion', (sets) => distinct(sets.flat())),
  $setIntersection: setOperator('$setIntersection', ([first = [], ...others]) =>
    distinct(first.filter((item) => others.every((set) => includes(set, item)))),
  ),
  $setDifference: setOperator('$setDifference', ([first = [], second = []]) =>
    first.filter((item, at) => !includes(second, item) && !includes(first.slice(0, at), item)),
  ),
  $setEquals: setOperator('$setEquals', ([first = [], ...others]) =>
    others.every((set) => keyText(distinct(set)) === keyText(distinct(first))),
  ),
  $setIsSubset: setOperator('$setIsSubset', ([first = [], second = []]) =>
    first.every((item) => includes(second, item)),
  ),
}

/** The expression's value for each document of the group, without those for which it is missing. */
function present(documents: unknown[], expression: unknown, options: Options): unknown[] {
  // Inside an array mingo keeps a missing value apart from null.
  const collected: unknown = collect(documents, expression === null ? null : [expression], options)
  const list = collected as unknown[]
  return (expression === null ? list : list.map((item) => (item as unknown[])[0])).filter(
    (item) => item !== undefined,
  )
}

function extreme(isBetter: (order: number) => boolean): Accumulator {
  return (documents, expression, options) => {
    const list = present(documents, expression, options).filter((value) => value !== null)
    if (list.length === 0) return null
    return list.reduce((best, value) => (isBetter(compareValues(value, best)) ? value : best))
  }
}

const mergeObjects: Accumulator = (documents, expression, options) => {
  const list = present(documents, expression, options).filter((value) => value !== null)
  if (!list.every(isDocument)) throw requestFailed('$mergeObjects requires object inputs')
  return Object.assign({}, ...list)
}

export const accumulators: Readonly<Record<string, Accumulator>> = {
  $push: present,
  $addToSet: (documents, expression, options) => distinct(present(documents, expression, options)),
  $min: extreme((order) => order < 0),
  $max: extreme((order) => order > 0),
  $mergeObjects: mergeObjects,
}
