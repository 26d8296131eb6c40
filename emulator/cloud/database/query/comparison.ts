import { BSONRegExp, MaxKey, MinKey } from 'bson'
import { requestFailed } from '../failures.ts'
import { withElements } from '../values/field-path.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { compareValues, equalValues, typeRank } from '../values/ordering.ts'
import { isOperators, type Operator, type ValuesTest } from './operator.ts'
import { regexTest } from './regex.ts'

/**
 * Equality as a bare value in a query means it: null also matches a missing field, a regular expression matches
 * strings, an array matches itself or an element.
 */
export function equalsTest(operand: unknown): ValuesTest {
  if (operand instanceof BSONRegExp) return regexTest(operand, undefined)
  return exactTest(operand)
}

function exactTest(operand: unknown): ValuesTest {
  if (operand === null || operand === undefined) {
    return (values) => withElements(values).some((value) => value === null || value === undefined)
  }
  return (values) => withElements(values).some((value) => value !== undefined && equalValues(value, operand))
}

type Accepts = (order: number) => boolean

/** `$gt` and its kin compare within one type only; null is equal to itself and to a missing field. */
function orderTest(operand: unknown, accepts: Accepts): ValuesTest {
  if (operand instanceof BSONRegExp) throw requestFailed('Can not have RegEx as arg to a comparison')
  if (operand === null) return accepts(0) ? exactTest(null) : () => false
  if (isNotANumber(operand)) return accepts(0) ? exactTest(operand) : () => false
  const rank = typeRank(operand)
  const anyType = operand instanceof MinKey || operand instanceof MaxKey
  return (values) =>
    withElements(values).some((value) => {
      if (value === undefined || isNotANumber(value)) return false
      return (anyType || typeRank(value) === rank) && accepts(compareValues(value, operand))
    })
}

function isNotANumber(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(toNumber(value))
}

function membership(name: string, operand: unknown): ValuesTest {
  if (!Array.isArray(operand)) throw requestFailed(`${name} needs an array`)
  if (operand.some((item) => isOperators(item))) throw requestFailed(`cannot nest $ under ${name}`)
  const tests = operand.map(equalsTest)
  return (values) => tests.some((test) => test(values))
}

function not(test: ValuesTest): ValuesTest {
  return (values) => !test(values)
}

export const comparisonOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$eq', (operand) => exactTest(operand)],
  [
    '$ne',
    (operand) => {
      if (operand instanceof BSONRegExp) throw requestFailed("Can't have regex as arg to $ne.")
      return not(exactTest(operand))
    },
  ],
  ['$gt', (operand) => orderTest(operand, (order) => order > 0)],
  ['$gte', (operand) => orderTest(operand, (order) => order >= 0)],
  ['$lt', (operand) => orderTest(operand, (order) => order < 0)],
  ['$lte', (operand) => orderTest(operand, (order) => order <= 0)],
  ['$in', (operand) => membership('$in', operand)],
  ['$nin', (operand) => not(membership('$nin', operand))],
  ['$regex', (operand, _compiler, conditions) => regexTest(operand, conditions['$options'])],
])
