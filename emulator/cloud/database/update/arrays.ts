import { BSONRegExp } from 'bson'
import { writeFailed } from '../failures.ts'
import { elementTest } from '../query/arrays.ts'
import { equalsTest } from '../query/comparison.ts'
import type { Compiler, Test } from '../query/operator.ts'
import { compileOrder } from '../query/order.ts'
import { cloneValue, type Document, isDocument } from '../values/document.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { compareValues, equalValues } from '../values/ordering.ts'
import { typeName } from '../values/types.ts'
import type { UpdateOperator } from './operator.ts'

function requireArray(value: unknown, field: string, name: string): unknown[] {
  if (Array.isArray(value)) return value
  throw writeFailed(
    `The field '${field}' must be an array but is of type ${typeName(value)}: cannot apply ${name} to it`,
  )
}

type Arrange = (array: unknown[]) => unknown[]

const PUSH_MODIFIERS = new Set(['$each', '$position', '$sort', '$slice'])

const push: UpdateOperator = (operand) => {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) {
    return (value, field) => [
      ...requireArray(value === undefined ? [] : value, field, '$push'),
      cloneValue(operand),
    ]
  }
  const stray = Object.keys(operand).find((key) => !PUSH_MODIFIERS.has(key))
  if (stray !== undefined) throw writeFailed(`Unrecognized clause in $push: ${stray}`)
  const each = operand['$each']
  if (!Array.isArray(each)) throw writeFailed('The argument to $each in $push must be an array')
  const position = integer(operand, '$position')
  const sort = parseSort(operand['$sort'])
  const slice = parseSlice(integer(operand, '$slice'))
  return (value, field) => {
    const array = [...requireArray(value === undefined ? [] : value, field, '$push')]
    array.splice(position ?? array.length, 0, ...each.map(cloneValue))
    return slice(sort(array))
  }
}

function integer(operand: Document, name: string): number | undefined {
  const value = operand[name]
  if (value === undefined) return undefined
  const number = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isInteger(number)) throw writeFailed(`The value for ${name} must be an integer value`)
  return number
}

function parseSort(order: unknown): Arrange {
  if (order === undefined) return (array) => array
  if (order === 1 || order === -1) return (array) => [...array].sort((a, b) => compareValues(a, b) * order)
  if (!isDocument(order) || Object.keys(order).length === 0) {
    throw writeFailed(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    )
  }
  const compare = compileOrder(order)
  const asDocument = (element: unknown) => (isDocument(element) ? element : {})
  return (array) => [...array].sort((a, b) => compare(asDocument(a), asDocument(b)))
}

function parseSlice(count: number | undefined): Arrange {
  if (count === undefined) return (array) => array
  return (array) => (count < 0 ? array.slice(count) : array.slice(0, count))
}

const addToSet: UpdateOperator = (operand) => {
  const items = isDocument(operand) && Object.hasOwn(operand, '$each') ? operand['$each'] : [operand]
  if (!Array.isArray(items)) throw writeFailed('The argument to $each in $addToSet must be an array')
  return (value, field) => {
    const array = [...requireArray(value === undefined ? [] : value, field, '$addToSet')]
    for (const item of items) {
      if (!array.some((element) => equalValues(element, item))) array.push(cloneValue(item))
    }
    return array
  }
}

const pop: UpdateOperator = (operand) => {
  const end = isNumeric(operand) ? toNumber(operand) : operand
  if (end !== 1 && end !== -1) throw writeFailed('$pop expects 1 or -1')
  return (value, field) => {
    if (value === undefined) return undefined
    const array = requireArray(value, field, '$pop')
    return end === 1 ? array.slice(0, -1) : array.slice(1)
  }
}

function without(array: unknown[], test: Test): unknown[] {
  return array.filter((element) => !test(element))
}

const pull: UpdateOperator = (operand, compiler) => {
  const test = pullTest(operand, compiler)
  return (value, field) =>
    value === undefined ? undefined : without(requireArray(value, field, '$pull'), test)
}

/** A document is a condition on the elements; anything else is the very element to take out. */
function pullTest(operand: unknown, compiler: Compiler): Test {
  if (isDocument(operand)) return elementTest(operand, compiler)
  if (operand instanceof BSONRegExp) {
    const matches = equalsTest(operand)
    return (element) => matches([element])
  }
  return (element) => equalValues(element, operand)
}

const pullAll: UpdateOperator = (operand) => {
  if (!Array.isArray(operand)) throw writeFailed('$pullAll requires an array argument')
  return (value, field) =>
    value === undefined
      ? undefined
      : without(requireArray(value, field, '$pullAll'), (element) =>
          operand.some((item) => equalValues(item, element)),
        )
}

export const arrayUpdateOperators: ReadonlyMap<string, UpdateOperator> = new Map<string, UpdateOperator>([
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
])
