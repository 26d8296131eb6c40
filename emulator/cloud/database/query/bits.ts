import { Binary } from 'bson'
import { requestFailed } from '../failures.ts'
import { withElements } from '../values/field-path.ts'
import { toInt64, toInteger } from '../values/numbers.ts'
import type { Operator } from './operator.ts'

/** A mask as `$bitsAllSet` and its kin take it: a number, binary data, or a list of bit positions. */
function parseMask(operand: unknown): bigint {
  if (Array.isArray(operand)) {
    return operand.reduce((mask: bigint, position) => mask | (1n << bitPosition(position)), 0n)
  }
  const mask = bits(operand)
  if (mask === undefined || mask < 0n)
    throw requestFailed('a bit mask must be a number, binary data or positions')
  return mask
}

function bitPosition(value: unknown): bigint {
  const position = toInteger(value)
  if (position === undefined || position < 0n || position > 4096n) throw requestFailed('bad bit position')
  return position
}

/** Whole numbers of up to 64 bits and binary data have bits; a date has none, nor has a larger number. */
function bits(value: unknown): bigint | undefined {
  if (!(value instanceof Binary)) return toInt64(value)
  return value.value().reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n)
}

function bitOperator(accepts: (set: bigint, mask: bigint) => boolean): Operator {
  return (operand) => {
    const mask = parseMask(operand)
    return (values) =>
      withElements(values).some((value) => {
        const number = bits(value)
        return number !== undefined && accepts(number & mask, mask)
      })
  }
}

export const bitOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$bitsAllSet', bitOperator((set, mask) => set === mask)],
  ['$bitsAllClear', bitOperator((set) => set === 0n)],
  ['$bitsAnySet', bitOperator((set) => set !== 0n)],
  ['$bitsAnyClear', bitOperator((set, mask) => set !== mask)],
])
