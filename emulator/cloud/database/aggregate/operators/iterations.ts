import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { compileOrder } from '../../query/order.ts'
import { isDocument } from '../../values/document.ts'
import { compareValues } from '../../values/ordering.ts'
import { namedOperands, requireArray } from '../expression/arguments.ts'
import { type Compiler, isNothing, type Operator } from '../expression/scope.ts'
import { requireCount } from './arrays.ts'

/** Operators that evaluate an expression for each element of an array. */

/** @throws DATABASE_REQUEST_FAILED unless it is a name for the element; `this` without one */
function elementName(as: unknown): string {
  if (as === undefined) return 'this'
  if (typeof as === 'string' && as !== '') return as
  throw requestFailed("'as' must be the name of a variable")
}

/** A missing value becomes null. */
const map: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['input', 'in'], ['as'])
  const variable = elementName(fields['as'])
  const input = compiler.compile(fields['input'])
  const inner = compiler.withNames([variable]).compile(fields['in'])
  return (scope) => {
    const list = input(scope)
    if (isNothing(list)) return null
    return requireArray(list, name).map((element) => inner({ ...scope, [variable]: element }) ?? null)
  }
}

const filter: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['input', 'cond'], ['as', 'limit'])
  const variable = elementName(fields['as'])
  const input = compiler.compile(fields['input'])
  const limit = compiler.compile(fields['limit'] ?? null)
  const condition = compiler.withNames([variable]).compile(fields['cond'])
  return (scope) => {
    const list = input(scope)
    if (isNothing(list)) return null
    const most = limit(scope)
    const count = isNothing(most) ? Number.POSITIVE_INFINITY : requireCount(most)
    const found: unknown[] = []
    for (const element of requireArray(list, name)) {
      if (found.length >= count) break
      if (isTruthy(condition({ ...scope, [variable]: element }))) found.push(element)
    }
    return found
  }
}

const reduce: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['input', 'initialValue', 'in'])
  const input = compiler.compile(fields['input'])
  const initial = compiler.compile(fields['initialValue'])
  const step = compiler.withNames(['this', 'value']).compile(fields['in'])
  return (scope) => {
    const list = input(scope)
    if (isNothing(list)) return null
    return requireArray(list, name).reduce(
      (value: unknown, element) => step({ ...scope, this: element, value }),
      initial(scope),
    )
  }
}

/** `1`, `-1`, or fields of the elements. */
const sortArray: Operator = (operand, compiler, name) => {
  const { input, sortBy } = namedOperands(operand, name, ['input', 'sortBy'])
  const compare = elementOrder(sortBy)
  const list = compiler.compile(input)
  return (scope) => {
    const value = list(scope)
    return isNothing(value) ? null : [...requireArray(value, name)].sort(compare)
  }
}

function elementOrder(sortBy: unknown): (left: unknown, right: unknown) => number {
  if (sortBy === 1) return compareValues
  if (sortBy === -1) return (left, right) => compareValues(right, left)
  if (!isDocument(sortBy) || Object.keys(sortBy).length === 0) {
    throw requestFailed('$sortArray requires sortBy to be 1, -1 or an object of fields')
  }
  const compare = compileOrder(sortBy)
  return (left, right) => compare(isDocument(left) ? left : {}, isDocument(right) ? right : {})
}

/** The variables do not see each other. */
const letIn: Operator = (operand, compiler, name) => {
  const { vars, in: inner } = namedOperands(operand, name, ['vars', 'in'])
  const variables = compileVariables(vars, compiler)
  const result = compiler.withNames(variables.map(([variable]) => variable)).compile(inner)
  return (scope) =>
    result({
      ...scope,
      ...Object.fromEntries(variables.map(([variable, evaluate]) => [variable, evaluate(scope)])),
    })
}

/** The variables of `$let`, and those of `$lookup`. */
export function compileVariables(variables: unknown, compiler: Compiler) {
  if (!isDocument(variables)) throw requestFailed('invalid parameter: expected an object of variables')
  return Object.entries(variables).map(
    ([variable, expression]) => [variable, compiler.compile(expression)] as const,
  )
}

export const iterationOperators: Readonly<Record<string, Operator>> = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $sortArray: sortArray,
  $let: letIn,
}
