import { requestFailed } from '../../failures.ts'
import type { Comparator } from '../../query/order.ts'
import { isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { namedOperands } from '../expression/arguments.ts'
import { type Compiler, type Evaluate, isNothing, type Scope } from '../expression/scope.ts'
import { requireUnit } from '../operators/date-arithmetic.ts'
import { documentOf } from './partitions.ts'
import type { WindowOf } from './window.ts'

/** What a window function is compiled with. */
export interface WindowContext {
  readonly compiler: Compiler
  readonly windowOf: WindowOf
  readonly hasWindow: boolean
  readonly compare: Comparator | undefined
  /** The only field of `sortBy`. */
  readonly sortField: Evaluate | undefined
}

/** Gives a value for each member of a partition that is in order. */
export type WindowFunction = (members: readonly Scope[]) => unknown[]

type CompileWindowFunction = (operand: unknown, context: WindowContext, name: string) => WindowFunction

/** Functions of the whole partition take no window. */
function withoutWindow(compile: CompileWindowFunction): CompileWindowFunction {
  return (operand, context, name) => {
    if (context.hasWindow) throw requestFailed(`${name} does not accept a 'window' field`)
    return compile(operand, context, name)
  }
}

/** Places in the order; documents that are equal in it share one. */
function rank(next: (rank: number, at: number) => number): CompileWindowFunction {
  return withoutWindow((operand, { compare }, name) => {
    if (!isDocument(operand) || Object.keys(operand).length > 0)
      throw requestFailed(`${name} takes no arguments`)
    if (!compare) throw requestFailed(`${name} must be specified with a top level sortBy expression`)
    return (members) => {
      let current = 0
      return members.map((member, at) => {
        const previous = members[at - 1]
        const isTie = previous !== undefined && compare(documentOf(previous), documentOf(member)) === 0
        if (!isTie) current = next(current, at)
        return current
      })
    }
  })
}

const documentNumber = withoutWindow((operand, { compare }, name) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0)
    throw requestFailed(`${name} takes no arguments`)
  if (!compare) throw requestFailed(`${name} must be specified with a top level sortBy expression`)
  return (members) => members.map((_, at) => at + 1)
})

const shift = withoutWindow((operand, { compiler, compare }, name) => {
  const fields = namedOperands(operand, name, ['output', 'by'], ['default'])
  const by = isNumeric(fields['by']) ? toNumber(fields['by']) : Number.NaN
  if (!Number.isInteger(by)) throw requestFailed(`'${name}:by' field must be an integer`)
  if (!compare) throw requestFailed(`${name} requires a sortBy`)
  const output = compiler.compile(fields['output'])
  const otherwise = compiler.compile(fields['default'] ?? null)({}) ?? null
  return (members) =>
    members.map((_, at) => {
      const member = members[at + by]
      return member ? (output(member) ?? null) : otherwise
    })
})

/** Weights fall with the distance: `N` documents, or `alpha` as the weight of the newest. */
const movingAverage = withoutWindow((operand, { compiler, compare }, name) => {
  const fields = namedOperands(operand, name, ['input'], ['N', 'alpha'])
  const { N, alpha } = fields
  if ((N === undefined) === (alpha === undefined))
    throw requestFailed(`${name} requires either an 'N' field or an 'alpha' field`)
  if (N !== undefined && !(typeof N === 'number' && Number.isInteger(N) && N > 0))
    throw requestFailed("'N' field must be an integer greater than zero")
  if (alpha !== undefined && !(typeof alpha === 'number' && alpha > 0 && alpha < 1))
    throw requestFailed("'alpha' must be between 0 and 1 (exclusive)")
  if (!compare) throw requestFailed(`${name} requires a sortBy`)
  const weight = typeof N === 'number' ? 2 / (N + 1) : Number(alpha)
  const input = compiler.compile(fields['input'])
  return (members) => {
    let average: number | undefined
    return members.map((member) => {
      const value = input(member)
      if (!isNumeric(value)) return average ?? null
      const number = toNumber(value)
      average = average === undefined ? number : number * weight + average * (1 - weight)
      return average
    })
  }
})

/** Pairs of numbers of a window; others do not count. */
function covariance(isSample: boolean): CompileWindowFunction {
  return (operand, { compiler, windowOf }, name) => {
    if (!Array.isArray(operand) || operand.length !== 2)
      throw requestFailed(`${name} takes exactly two expressions`)
    const [x, y] = operand.map((expression) => compiler.compile(expression)) as [Evaluate, Evaluate]
    return (members) =>
      members.map((_, at) => {
        const pairs = members.slice(...windowOf(members, at)).map((member) => [x(member), y(member)])
        const numbers = pairs
          .filter((pair) => pair.every(isNumeric))
          .map((pair) => pair.map(Number) as [number, number])
        const divisor = numbers.length - (isSample ? 1 : 0)
        if (divisor <= 0) return null
        const mean = (column: 0 | 1) => numbers.reduce((sum, pair) => sum + pair[column], 0) / numbers.length
        const [meanX, meanY] = [mean(0), mean(1)]
        return numbers.reduce((sum, [a, b]) => sum + (a - meanX) * (b - meanY), 0) / divisor
      })
  }
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

/** Over the value sorted by: its change from end to end of the window, or the area below. */
function overSortField(
  compute: (points: readonly [number, number][]) => number | null,
): CompileWindowFunction {
  return (operand, { compiler, windowOf, sortField }, name) => {
    const fields = namedOperands(operand, name, ['input'], ['unit'])
    if (!sortField) throw requestFailed(`${name} requires a sortBy of a single field`)
    const unit = fields['unit'] === undefined ? undefined : requireUnit(fields['unit'], name)
    const length = unit === undefined ? undefined : UNIT_MILLISECONDS[unit]
    if (unit !== undefined && length === undefined) throw requestFailed("unit must be 'week' or smaller")
    const input = compiler.compile(fields['input'])
    return (members) =>
      members.map((_, at) => {
        const points = members.slice(...windowOf(members, at)).flatMap((member): [number, number][] => {
          const value = input(member)
          if (isNothing(value)) return []
          return [[abscissa(sortField(member), length, name), numberOf(value, name)]]
        })
        return compute(points)
      })
  }
}

function abscissa(value: unknown, length: number | undefined, name: string): number {
  if (value instanceof Date && length !== undefined) return value.getTime() / length
  if (isNumeric(value) && length === undefined) return toNumber(value)
  throw requestFailed(`${name} requires the sortBy to be numbers, or dates with a unit`)
}

function numberOf(value: unknown, name: string): number {
  if (value instanceof Date) return value.getTime()
  if (isNumeric(value)) return toNumber(value)
  throw requestFailed(`${name} requires numeric input`)
}

const derivative = overSortField((points) => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2) return null
  if (first[0] === last[0]) throw requestFailed('$derivative can not divide by zero')
  return (last[1] - first[1]) / (last[0] - first[0])
})

const integral = overSortField((points) => {
  let area = 0
  for (const [at, [x, y]] of points.entries()) {
    const next = points[at + 1]
    if (next) area += ((next[1] + y) / 2) * (next[0] - x)
  }
  return points.length === 0 ? null : area
})

/** The last value before, where it is null or missing. */
export function carryForward(values: readonly unknown[]): unknown[] {
  let last: unknown = null
  return values.map((value) => {
    if (!isNothing(value)) last = value
    return last
  })
}

/** On the line between the values before and after, where it is null or missing; null at the ends. */
export function fillLinear(values: readonly unknown[], places: readonly unknown[], name: string): unknown[] {
  const xs = places.map((place) =>
    place instanceof Date ? place.getTime() : numberOf(place, `${name} sortBy`),
  )
  const known = values.flatMap((value, at) => (isNothing(value) ? [] : [{ at, y: numberOf(value, name) }]))
  return values.map((value, at) => {
    if (!isNothing(value)) return value
    const before = known.findLast((point) => point.at < at)
    const after = known.find((point) => point.at > at)
    if (!before || !after) return null
    const [x0, x1, x] = [xs[before.at] ?? 0, xs[after.at] ?? 0, xs[at] ?? 0]
    if (x0 === x1) throw requestFailed(`There can be no repeated values in the sort field of ${name}`)
    return before.y + ((after.y - before.y) * (x - x0)) / (x1 - x0)
  })
}

const linearFill = withoutWindow((operand, { compiler, sortField }, name) => {
  if (!sortField)
    throw requestFailed(
      `${name} must be specified with a top level sortBy expression with exactly one element`,
    )
  const input = compiler.compile(operand)
  return (members) => fillLinear(members.map(input), members.map(sortField), name)
})

const locf = withoutWindow((operand, { compiler }) => {
  const input = compiler.compile(operand)
  return (members) => carryForward(members.map(input))
})

/** Functions that only exist over windows; accumulators are the others. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, CompileWindowFunction>> = {
  $covariancePop: covariance(false),
  $covarianceSamp: covariance(true),
  $denseRank: rank((current) => current + 1),
  $derivative: derivative,
  $documentNumber: documentNumber,
  $expMovingAvg: movingAverage,
  $integral: integral,
  $linearFill: linearFill,
  $locf: locf,
  $rank: rank((_current, at) => at + 1),
  $shift: shift,
}
