import { Decimal128, Long } from 'bson'
import { requestFailed } from '../../failures.ts'
import {
  arithmetic,
  fromInteger,
  isNumeric,
  type Numeric,
  toInteger,
  toNumber,
} from '../../values/numbers.ts'
import { typeName } from '../../values/types.ts'
import { onMany, onOne, onTwo, onValues } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'
import { roundTo, truncateTo } from './rounding.ts'

/** Arithmetic: null where an operand is null or missing, an error where it is no number. */

export function requireNumber(value: unknown, name: string): Numeric {
  if (value instanceof Decimal128) throw requestFailed(`${name} does not take Decimal128 in the emulator`)
  if (isNumeric(value)) return value
  throw requestFailed(`${name} only supports numeric types, not ${typeName(value)}`)
}

export function ofNumber(compute: (value: number, name: string) => number): Operator {
  return onOne((value, name) =>
    isNothing(value) ? null : compute(toNumber(requireNumber(value, name)), name),
  )
}

function ofTwoNumbers(compute: (left: Numeric, right: Numeric, name: string) => Numeric): Operator {
  return onTwo((left, right, name) =>
    isNothing(left) || isNothing(right)
      ? null
      : compute(requireNumber(left, name), requireNumber(right, name), name),
  )
}

/** Whole numbers stay exact up to 64 bits; beyond, the result is a double, as in MongoDB. */
export function combine(operation: 'add' | 'multiply', left: Numeric, right: Numeric): Numeric {
  const result = arithmetic(operation, left, right)
  if (result !== undefined) return result
  return operation === 'add' ? toNumber(left) + toNumber(right) : toNumber(left) * toNumber(right)
}

/** A date as milliseconds, moved by a number of them. @throws DATABASE_REQUEST_FAILED beyond the last date */
function moveDate(date: Date, milliseconds: Numeric): Date {
  const moved = new Date(date.getTime() + Math.round(toNumber(milliseconds)))
  if (Number.isNaN(moved.getTime())) throw requestFailed('date overflow')
  return moved
}

const add = onMany((values, name) => {
  if (values.some(isNothing)) return null
  const dates = values.filter((value) => value instanceof Date)
  if (dates.length > 1) throw requestFailed('only one date allowed in an $add expression')
  const sum = values
    .filter((value) => !(value instanceof Date))
    .map((value) => requireNumber(value, name))
    .reduce<Numeric>((total, value) => combine('add', total, value), 0)
  return dates[0] ? moveDate(dates[0], sum) : sum
})

const subtract = onTwo((left, right, name) => {
  if (isNothing(left) || isNothing(right)) return null
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime()
  const amount = negate(requireNumber(right, name))
  if (left instanceof Date) return moveDate(left, amount)
  return combine('add', requireNumber(left, name), amount)
})

function negate(value: Numeric): Numeric {
  return typeof value === 'number' ? -value : combine('multiply', value, -1)
}

const multiply = onMany((values, name) => {
  if (values.some(isNothing)) return null
  return values
    .map((value) => requireNumber(value, name))
    .reduce<Numeric>((product, value) => combine('multiply', product, value), 1)
})

const divide = ofTwoNumbers((left, right) => {
  if (toNumber(right) === 0) throw requestFailed("can't $divide by zero")
  return toNumber(left) / toNumber(right)
})

/** The sign is the dividend's. */
const modulo = ofTwoNumbers((left, right) => {
  if (toNumber(right) === 0) throw requestFailed("can't $mod by zero")
  const [dividend, divisor] = [toInteger(left), toInteger(right)]
  if (dividend !== undefined && divisor !== undefined) return fromInteger(dividend % divisor)
  return toNumber(left) % toNumber(right)
})

const power = ofTwoNumbers((base, exponent) => {
  if (toNumber(base) === 0 && toNumber(exponent) < 0) {
    throw requestFailed('$pow cannot take a base of 0 and a negative exponent')
  }
  return toNumber(base) ** toNumber(exponent)
})

const logarithm = ofTwoNumbers((value, base) => {
  if (toNumber(value) <= 0) throw requestFailed("$log's argument must be a positive number")
  if (toNumber(base) <= 0 || toNumber(base) === 1) {
    throw requestFailed("$log's base must be a positive number not equal to 1")
  }
  return Math.log(toNumber(value)) / Math.log(toNumber(base))
})

function positive(compute: (value: number) => number): (value: number, name: string) => number {
  return (value, name) => {
    if (value <= 0) throw requestFailed(`${name}'s argument must be a positive number`)
    return compute(value)
  }
}

function squareRoot(value: number): number {
  if (value < 0) throw requestFailed("$sqrt's argument must be greater than or equal to 0")
  return Math.sqrt(value)
}

/** Whole numbers pass unchanged, also those that a double would not hold. */
function toWhole(compute: (value: number) => number): Operator {
  return onOne((value, name) => {
    if (isNothing(value)) return null
    const number = requireNumber(value, name)
    return number instanceof Long ? number : compute(number as number)
  })
}

const absolute = onOne((value, name) => {
  if (isNothing(value)) return null
  const number = requireNumber(value, name)
  return toNumber(number) < 0 ? negate(number) : number
})

/** To a number of decimal places, 0 without it; negative ones are places before the point. */
function toPlaces(compute: (value: Numeric, places: number) => Numeric): Operator {
  return onValues(1, 2, ([value, places = 0], name) => {
    if (isNothing(value) || places === null) return null
    const number = requireNumber(value, name)
    const digits = toNumber(requireNumber(places, name))
    if (!Number.isInteger(digits))
      throw requestFailed(`precision argument to ${name} must be a integral value`)
    if (digits < -20 || digits > 100) {
      throw requestFailed(`cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`)
    }
    return compute(number, digits)
  })
}

export const arithmeticOperators: Readonly<Record<string, Operator>> = {
  $abs: absolute,
  $add: add,
  $ceil: toWhole(Math.ceil),
  $divide: divide,
  $exp: ofNumber(Math.exp),
  $floor: toWhole(Math.floor),
  $ln: ofNumber(positive(Math.log)),
  $log: logarithm,
  $log10: ofNumber(positive(Math.log10)),
  $mod: modulo,
  $multiply: multiply,
  $pow: power,
  $round: toPlaces(roundTo),
  $sqrt: ofNumber(squareRoot),
  $subtract: subtract,
  $trunc: toPlaces(truncateTo),
}
