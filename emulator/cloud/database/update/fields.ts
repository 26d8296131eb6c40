import { Timestamp } from 'bson'
import { writeFailed } from '../failures.ts'
import { cloneValue, isDocument } from '../values/document.ts'
import { arithmetic, fromInteger, isNumeric, toInt64 } from '../values/numbers.ts'
import { compareValues } from '../values/ordering.ts'
import { typeName } from '../values/types.ts'
import type { UpdateContext, UpdateOperator } from './operator.ts'

function compute(name: string, operation: 'add' | 'multiply'): UpdateOperator {
  const verb = operation === 'add' ? 'increment' : 'multiply'
  return (operand) => {
    if (!isNumeric(operand)) throw writeFailed(`Cannot ${verb} with non-numeric argument`)
    return (value, field) => {
      if (value === undefined) return operation === 'add' ? operand : 0
      if (!isNumeric(value)) {
        throw writeFailed(
          `Cannot apply ${name} to a value of non-numeric type. Field '${field}' is of type ${typeName(value)}`,
        )
      }
      const result = arithmetic(operation, value, operand)
      if (result === undefined)
        throw writeFailed(`Failed to apply ${name} operations to current value of '${field}'`)
      return result
    }
  }
}

/** `$min` and `$max`, in the order of all types. */
function extreme(isBetter: (order: number) => boolean): UpdateOperator {
  return (operand) => (value) =>
    value === undefined || isBetter(compareValues(operand, value)) ? cloneValue(operand) : undefined
}

const BITS: ReadonlyMap<string, (a: bigint, b: bigint) => bigint> = new Map([
  ['and', (a: bigint, b: bigint) => a & b],
  ['or', (a: bigint, b: bigint) => a | b],
  ['xor', (a: bigint, b: bigint) => a ^ b],
])

const bit: UpdateOperator = (operand) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    throw writeFailed('$bit needs and, or or xor')
  const steps = Object.entries(operand).map(([name, mask]) => {
    const apply = BITS.get(name)
    const integer = toInt64(mask)
    if (!apply || integer === undefined) throw writeFailed('$bit needs and, or or xor with an integer')
    return (value: bigint) => apply(value, integer)
  })
  return (value, field) => {
    const integer = value === undefined ? 0n : toInt64(value)
    if (integer === undefined)
      throw writeFailed(`Cannot apply $bit to a value of non-integral type: '${field}'`)
    return fromInteger(
      BigInt.asIntN(
        64,
        steps.reduce((result, step) => step(result), integer),
      ),
    )
  }
}

const currentDate: UpdateOperator = (operand) => {
  const type = isDocument(operand) ? operand['$type'] : operand
  if (type === 'timestamp') {
    return (_value, _field, { now }) => new Timestamp({ t: Math.floor(now / 1000), i: 1 })
  }
  if (typeof type !== 'boolean' && type !== 'date') throw writeFailed('$currentDate needs true or a $type')
  return (_value, _field, { now }: UpdateContext) => new Date(now)
}

export const fieldOperators: ReadonlyMap<string, UpdateOperator> = new Map<string, UpdateOperator>([
  ['$set', (operand) => () => cloneValue(operand)],
  [
    '$setOnInsert',
    (operand) =>
      (_value, _field, { isInsert }) =>
        isInsert ? cloneValue(operand) : undefined,
  ],
  ['$inc', compute('$inc', 'add')],
  ['$mul', compute('$mul', 'multiply')],
  ['$min', extreme((order) => order < 0)],
  ['$max', extreme((order) => order > 0)],
  ['$bit', bit],
  ['$currentDate', currentDate],
])
