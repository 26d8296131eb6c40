import { requestFailed } from '../../failures.ts'
import { isNumeric, type Numeric, toNumber } from '../../values/numbers.ts'
import { compareValues } from '../../values/ordering.ts'
import { argumentList, compileArguments, evaluateAll, namedOperands } from '../expression/arguments.ts'
import { type Compiler, type Evaluate, isNothing, type Operator, type Scope } from '../expression/scope.ts'
import { combine, requireNumber } from './arithmetic.ts'

/** What is computed of many values, in expressions as in groups. Values that are no numbers do not count. */

function numbersOf(values: readonly unknown[], name: string): Numeric[] {
  return values.filter(isNumeric).map((value) => requireNumber(value, name))
}

export function sum(values: readonly unknown[], name: string): Numeric {
  return numbersOf(values, name).reduce<Numeric>((total, value) => combine('add', total, value), 0)
}

/** Null without numbers. */
export function average(values: readonly unknown[], name: string): number | null {
  const numbers = numbersOf(values, name)
  return numbers.length === 0 ? null : toNumber(sum(numbers, name)) / numbers.length
}

/** The greatest or the least, null where there is none. */
export function extreme(sign: 1 | -1) {
  return (values: readonly unknown[]): unknown => {
    const present = values.filter((value) => !isNothing(value))
    if (present.length === 0) return null
    return present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best))
  }
}

/** @param isSample whether the values are a sample of all: one value alone then says nothing */
export function deviation(isSample: boolean) {
  return (values: readonly unknown[], name: string): number | null => {
    const numbers = numbersOf(values, name).map(toNumber)
    const divisor = numbers.length - (isSample ? 1 : 0)
    if (divisor <= 0) return null
    const mean = numbers.reduce((total, value) => total + value, 0) / numbers.length
    return Math.sqrt(numbers.reduce((total, value) => total + (value - mean) ** 2, 0) / divisor)
  }
}

/** The value below or at which that share of the numbers lies; null without numbers. */
function percentiles(values: readonly unknown[], shares: readonly number[], name: string): unknown[] {
  const numbers = numbersOf(values, name)
    .map(toNumber)
    .sort((left, right) => left - right)
  return shares.map((share) => numbers[Math.max(0, Math.ceil(share * numbers.length) - 1)] ?? null)
}

/** How `$median` and `$percentile` are written; `p` is evaluated without a document. */
export function compileQuantiles(operand: unknown, compiler: Compiler, name: string) {
  const isMedian = name === '$median'
  const fields = namedOperands(operand, name, isMedian ? ['input', 'method'] : ['input', 'p', 'method'])
  if (fields['method'] !== 'approximate') {
    throw requestFailed("Currently only 'approximate' can be used as a percentile 'method'.")
  }
  const shares: unknown = isMedian ? [0.5] : compiler.compile(fields['p'])({})
  const isShare = (share: unknown) => isNumeric(share) && toNumber(share) >= 0 && toNumber(share) <= 1
  if (!Array.isArray(shares) || shares.length === 0 || !shares.every(isShare)) {
    throw requestFailed("The $percentile 'p' field must be an array of numbers from [0.0, 1.0]")
  }
  const numbers = shares.map((share) => toNumber(share as Numeric))
  const of = (values: readonly unknown[]) => {
    const found = percentiles(values, numbers, name)
    return isMedian ? found[0] : found
  }
  return { input: compiler.compile(fields['input']), of }
}

/** One argument that is an array stands for its elements. */
function overArguments(compute: (values: readonly unknown[], name: string) => unknown): Operator {
  return (operand, compiler, name) => {
    const args = compileArguments(operand, compiler, name, 0, Number.POSITIVE_INFINITY)
    return (scope) => compute(operandValues(args, operand, scope), name)
  }
}

function operandValues(args: readonly Evaluate[], operand: unknown, scope: Scope): unknown[] {
  const values = evaluateAll(args, scope)
  const [only] = values
  return argumentList(operand).length === 1 && Array.isArray(only) ? only : values
}

const quantiles: Operator = (operand, compiler, name) => {
  const { input, of } = compileQuantiles(operand, compiler, name)
  return (scope) => {
    const values = input(scope)
    return of(Array.isArray(values) ? values : [values])
  }
}

export const statisticOperators: Readonly<Record<string, Operator>> = {
  $avg: overArguments(average),
  $max: overArguments(extreme(1)),
  $median: quantiles,
  $min: overArguments(extreme(-1)),
  $percentile: quantiles,
  $stdDevPop: overArguments(deviation(false)),
  $stdDevSamp: overArguments(deviation(true)),
  $sum: overArguments(sum),
}
