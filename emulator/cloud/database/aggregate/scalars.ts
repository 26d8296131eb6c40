import { Decimal128, Long, ObjectId } from 'bson'
import { evalExpr } from 'mingo/core'
import { $toString as mingoToString, $trunc as mingoTrunc } from 'mingo/operators/expression'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import { isTruthy } from '../query/operator.ts'
import { isDocument } from '../values/document.ts'
import { typeName } from '../values/types.ts'
import type { Expression } from './expressions.ts'

/** Operators on single values that mingo lacks, or that refuse less or take less than MongoDB's. */

const toText: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options)
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof Long || value instanceof Decimal128) return value.toString()
  return mingoToString(document as never, { $literal: value }, options)
}

const toObjectId: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options)
  if (value === null || value === undefined) return null
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string' || !/^[0-9a-f]{24}$/i.test(value)) {
    throw requestFailed(`Failed to parse objectId '${String(value)}' in $convert with no onError value`)
  }
  return new ObjectId(value)
}

const truncate: Expression = (document, operand, options) =>
  mingoTrunc(document as never, (Array.isArray(operand) ? operand : [operand, 0]) as never, options)

const size: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options)
  if (Array.isArray(value)) return value.length
  throw requestFailed(`The argument to $size must be an array, but was of type: ${typeName(value)}`)
}

function changeCase(name: string, change: (text: string) => string): Expression {
  return (document, operand, options) => {
    const value = evalExpr(document, operand, options)
    if (value === null || value === undefined) return ''
    if (value instanceof Date) return change(value.toISOString())
    if (typeof value !== 'string' && typeof value !== 'number') throw requestFailed(`${name} needs a string`)
    return change(String(value))
  }
}

/** ASCII letters only, as the server does it. */
const toLower = changeCase('$toLower', (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()))
const toUpper = changeCase('$toUpper', (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()))

/** Without a default, a value that fits no branch is an error. */
const switchOf: Expression = (document, operand, options) => {
  if (!isDocument(operand) || !Array.isArray(operand['branches']))
    throw requestFailed('$switch needs branches')
  for (const branch of operand['branches']) {
    if (!isDocument(branch)) throw requestFailed('$switch expected each branch to be an object')
    if (isTruthy(evalExpr(document, branch['case'], options)))
      return evalExpr(document, branch['then'], options)
  }
  if (Object.hasOwn(operand, 'default')) return evalExpr(document, operand['default'], options)
  throw requestFailed('$switch could not find a matching branch for an input, and no default was specified.')
}

/** Weeks begin on Sundays; the days before the first one are week 0. */
const week: Expression = (document, operand, options) => {
  const part = (name: string) => evalExpr(document, { [name]: operand }, options as Options)
  const [dayOfYear, dayOfWeek] = [part('$dayOfYear'), part('$dayOfWeek')]
  if (typeof dayOfYear !== 'number' || typeof dayOfWeek !== 'number') return null
  return Math.floor((dayOfYear + 7 - dayOfWeek) / 7)
}

export const scalarOperators: Readonly<Record<string, Expression>> = {
  $toString: toText,
  $toObjectId: toObjectId,
  $trunc: truncate,
  $size: size,
  $toLower: toLower,
  $toUpper: toUpper,
  $switch: switchOf,
  $week: week,
}
