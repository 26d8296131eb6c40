import { Binary, calculateObjectSize, Timestamp } from 'bson'
import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { typeName } from '../../values/types.ts'
import { onOne, unlessNothing } from '../expression/arguments.ts'
import type { Operator } from '../expression/scope.ts'

/** Constants, chance, and the sizes of values. */

/** The operand as it stands there, whatever it looks like. */
const literal: Operator = (operand) => () => operand

const random: Operator = (operand, _compiler, name) => {
  const isEmpty = Array.isArray(operand)
    ? operand.length === 0
    : isDocument(operand) && Object.keys(operand).length === 0
  if (!isEmpty) throw requestFailed(`${name} does not currently accept arguments`)
  return () => Math.random()
}

const sampleRate: Operator = (operand, _compiler, name) => {
  const rate = isNumeric(operand) ? toNumber(operand) : Number.NaN
  if (!(rate >= 0 && rate <= 1)) throw requestFailed(`numeric argument to ${name} must be in [0, 1]`)
  return () => Math.random() < rate
}

const binarySize = unlessNothing((value, name) => {
  if (value instanceof Binary) return value.length()
  if (typeof value === 'string') return Buffer.byteLength(value)
  throw requestFailed(`${name} requires a string or BinData argument, found: ${typeName(value)}`)
})

const bsonSize = unlessNothing((value, name) => {
  if (isDocument(value)) return calculateObjectSize(value)
  throw requestFailed(`${name} requires a document input, found: ${typeName(value)}`)
})

function ofTimestamp(read: (timestamp: Timestamp) => number): Operator {
  return onOne(
    unlessNothing((value, name) => {
      if (value instanceof Timestamp) return read(value)
      throw requestFailed(`Argument to ${name} must be a timestamp, but is ${typeName(value)}`)
    }),
  )
}

export const valueOperators: Readonly<Record<string, Operator>> = {
  $literal: literal,
  $rand: random,
  $sampleRate: sampleRate,
  $binarySize: onOne(binarySize),
  $bsonSize: onOne(bsonSize),
  $tsSecond: ofTimestamp((timestamp) => timestamp.getHighBitsUnsigned()),
  $tsIncrement: ofTimestamp((timestamp) => timestamp.getLowBitsUnsigned()),
}
