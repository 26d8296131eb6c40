import { requestFailed } from '../failures.ts'
import { isDocument } from '../values/document.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { equalsTest } from './comparison.ts'
import { type Compiler, isOperators, type Operator, type Test, type ValuesTest } from './operator.ts'

const LOGICAL = new Set(['$and', '$or', '$nor', '$expr', '$jsonSchema', '$comment'])

/**
 * The test of one element that `$elemMatch` and `$pull` share: conditions on the element itself, or a query on the
 * embedded document it must then be.
 */
export function elementTest(operand: unknown, compiler: Compiler): Test {
  if (!isDocument(operand)) throw requestFailed('$elemMatch needs an Object')
  const first = Object.keys(operand)[0]
  if (first !== undefined && !LOGICAL.has(first) && isOperators(operand)) {
    const test = compiler.conditions(operand)
    return (element) => test([element])
  }
  const test = compiler.query(operand)
  return (element) => (isDocument(element) || Array.isArray(element)) && test(element)
}

function elementMatch(operand: unknown, compiler: Compiler): ValuesTest {
  const test = elementTest(operand, compiler)
  return (values) => values.some((value) => Array.isArray(value) && value.some(test))
}

function size(operand: unknown): ValuesTest {
  const length = isNumeric(operand) ? toNumber(operand) : Number.NaN
  if (!Number.isInteger(length) || length < 0) throw requestFailed('$size must be a whole number')
  return (values) => values.some((value) => Array.isArray(value) && value.length === length)
}

function allOf(operand: unknown, compiler: Compiler): ValuesTest {
  if (!Array.isArray(operand)) throw requestFailed('$all needs an array')
  const tests = operand.map((item) => {
    if (!isOperators(item)) return equalsTest(item)
    if (Object.keys(item)[0] !== '$elemMatch') throw requestFailed('no $ expressions in $all')
    return elementMatch(item['$elemMatch'], compiler)
  })
  return (values) => tests.length > 0 && tests.every((test) => test(values))
}

export const arrayOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$elemMatch', elementMatch],
  ['$size', size],
  ['$all', allOf],
])
