import { requestFailed } from '../failures.ts'
import { withElements } from '../values/field-path.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { parseTypes, typeName } from '../values/types.ts'
import { isTruthy, type Operator, type ValuesTest } from './operator.ts'

function exists(operand: unknown): ValuesTest {
  const wanted = isTruthy(operand)
  return (values) => values.some((value) => value !== undefined) === wanted
}

function type(operand: unknown): ValuesTest {
  const types = parseTypes(operand)
  return (values) => withElements(values).some((value) => types.has(typeName(value)))
}

function modulo(operand: unknown): ValuesTest {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumeric)) {
    throw requestFailed('malformed mod, needs to be an array of two numbers')
  }
  const [divisor, remainder] = operand.map((item) => Math.trunc(toNumber(item))) as [number, number]
  if (!Number.isFinite(divisor) || !Number.isFinite(remainder))
    throw requestFailed('malformed mod, not finite')
  if (divisor === 0) throw requestFailed('divisor cannot be 0')
  return (values) =>
    withElements(values).some((value) => {
      if (!isNumeric(value) || !Number.isFinite(toNumber(value))) return false
      // Adding zero turns -0, the remainder of negative multiples, into 0.
      return (Math.trunc(toNumber(value)) % divisor) + 0 === remainder + 0
    })
}

export const elementOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$exists', exists],
  ['$type', type],
  ['$mod', modulo],
])
