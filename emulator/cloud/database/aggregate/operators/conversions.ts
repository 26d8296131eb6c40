import { Binary, BSONSymbol, Decimal128, Long, ObjectId, Timestamp } from 'bson'
import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { fromInteger, isNumeric, toNumber } from '../../values/numbers.ts'
import { parseTypes, typeName } from '../../values/types.ts'
import { namedOperands, onOne } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { requireMoment, validDate } from './date-parts.ts'
import { parseDateText } from './date-text.ts'

/** Values of one type made into another. */
type Convert = (value: unknown) => unknown

function unsupported(value: unknown, to: string) {
  return requestFailed(
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  )
}

function unparsable(value: unknown) {
  return requestFailed(`Failed to parse number '${String(value)}' in $convert with no onError value`)
}

const toText: Convert = (value) => {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof Date) return value.toISOString()
  if (isNumeric(value)) return value.toString()
  if (value instanceof BSONSymbol) return String(value)
  if (value instanceof Binary) return value.toString('base64')
  throw unsupported(value, 'string')
}

const toBoolean: Convert = (value) => isTruthy(isNumeric(value) ? toNumber(value) : value)

const toDouble: Convert = (value) => {
  if (typeof value === 'boolean') return Number(value)
  if (isNumeric(value)) return toNumber(value)
  if (value instanceof Date) return value.getTime()
  if (typeof value !== 'string') throw unsupported(value, 'double')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw unparsable(value)
  return Number(value)
}

/** Fractions are cut off; what the type can not hold is an error. */
function toWhole(to: string, bits: number, takesDates: boolean): Convert {
  return (value) => {
    const integer = wholeOf(value, to, takesDates)
    if (BigInt.asIntN(bits, integer) !== integer) {
      throw requestFailed('Conversion would overflow target type in $convert with no onError value')
    }
    return fromInteger(integer)
  }
}

function wholeOf(value: unknown, to: string, takesDates: boolean): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value instanceof Long && !(value instanceof Timestamp)) return value.toBigInt()
  if (value instanceof Date && takesDates) return BigInt(value.getTime())
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw unparsable(value)
    return BigInt(value.replace(/^\+/, ''))
  }
  if (!isNumeric(value)) throw unsupported(value, to)
  const number = toNumber(value)
  if (!Number.isFinite(number)) {
    throw requestFailed(
      `Attempt to convert ${number} value to integer type in $convert with no onError value`,
    )
  }
  return BigInt(Math.trunc(number))
}

const toDecimal: Convert = (value) => {
  if (value instanceof Decimal128) return value
  const number =
    typeof value === 'string' ? value : value instanceof Long ? value.toString() : String(toDouble(value))
  try {
    return Decimal128.fromStringWithRounding(number)
  } catch {
    throw unparsable(value)
  }
}

const toDate: Convert = (value) => {
  if (typeof value === 'string') return parseDateText(value)
  if (isNumeric(value)) return validDate(Math.trunc(toNumber(value)))
  if (value instanceof Date || value instanceof ObjectId || value instanceof Timestamp) {
    return new Date(requireMoment(value))
  }
  throw unsupported(value, 'date')
}

const toObjectId: Convert = (value) => {
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string') throw unsupported(value, 'objectId')
  if (!/^[0-9a-f]{24}$/i.test(value)) {
    throw requestFailed(`Failed to parse objectId '${value}' in $convert with no onError value`)
  }
  return new ObjectId(value)
}

const CONVERSIONS: ReadonlyMap<string, Convert> = new Map([
  ['string', toText],
  ['bool', toBoolean],
  ['double', toDouble],
  ['int', toWhole('int', 32, false)],
  ['long', toWhole('long', 64, true)],
  ['decimal', toDecimal],
  ['date', toDate],
  ['objectId', toObjectId],
])

/** @throws DATABASE_REQUEST_FAILED for a type that does not exist, or that nothing is converted to */
function conversionTo(type: unknown): Convert {
  const [name = ''] =
    typeof type === 'string' || isNumeric(type)
      ? [...parseTypes(isNumeric(type) ? toNumber(type) : type)]
      : []
  const convert = CONVERSIONS.get(name)
  if (!convert) throw requestFailed(`$convert's 'to' argument is no type to convert to: ${String(type)}`)
  return convert
}

const convert: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['input', 'to'], ['onError', 'onNull'])
  const { to } = fields
  if (isNumeric(to) || (typeof to === 'string' && !to.startsWith('$'))) conversionTo(to)
  const optional = (field: string) =>
    Object.hasOwn(fields, field) ? compiler.compile(fields[field]) : undefined
  const [input, type] = [compiler.compile(fields['input']), compiler.compile(to)]
  const [onError, onNull] = [optional('onError'), optional('onNull')]
  return (scope) => {
    const value = input(scope)
    if (isNothing(value)) return onNull ? onNull(scope) : null
    const target = type(scope)
    if (isNothing(target)) return null
    const apply = conversionTo(target)
    try {
      return apply(value)
    } catch (error) {
      if (onError) return onError(scope)
      throw error
    }
  }
}

function conversion(apply: Convert): Operator {
  return onOne((value) => (isNothing(value) ? null : apply(value)))
}

export const conversionOperators: Readonly<Record<string, Operator>> = {
  $convert: convert,
  $isNumber: onOne(isNumeric),
  $toBool: conversion(toBoolean),
  $toDate: conversion(toDate),
  $toDecimal: conversion(toDecimal),
  $toDouble: conversion(toDouble),
  $toInt: conversion(toWhole('int', 32, false)),
  $toLong: conversion(toWhole('long', 64, true)),
  $toObjectId: conversion(toObjectId),
  $toString: conversion(toText),
  $type: onOne(typeName),
}
