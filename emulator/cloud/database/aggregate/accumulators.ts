import { invalidOperator, requestFailed } from '../failures.ts'
import { compileOrder } from '../query/order.ts'
import { type Document, isDocument } from '../values/document.ts'
import { namedOperands } from './expression/arguments.ts'
import { type Compiler, type Scope, scopeOf } from './expression/scope.ts'
import { requireCount } from './operators/arrays.ts'
import { mergeAll } from './operators/objects.ts'
import { greatest, least } from './operators/ranking.ts'
import { distinct } from './operators/sets.ts'
import { average, compileQuantiles, deviation, extreme, sum } from './operators/statistics.ts'

/** What a group gives for its members. `group` is the scope of the group itself, whose document is its `_id`. */
export type Fold = (members: readonly Scope[], group: Scope) => unknown

/** Compiles one accumulator with its operand. */
export type Accumulator = (operand: unknown, compiler: Compiler, name: string) => Fold

/** One expression, evaluated for each member. */
function ofValues(fold: (values: unknown[], name: string) => unknown): Accumulator {
  return (operand, compiler, name) => {
    if (Array.isArray(operand)) throw requestFailed(`The ${name} accumulator is a unary operator`)
    const evaluate = compiler.compile(operand)
    return (members) => fold(members.map(evaluate), name)
  }
}

const isThere = (value: unknown) => value !== undefined

/** `n` is computed from the group's `_id`, not from its members. */
function compileCount(expression: unknown, compiler: Compiler): (group: Scope) => number {
  const evaluate = compiler.compile(expression)
  return (group) => requireCount(evaluate(group))
}

function ofSome(choose: (values: unknown[], count: number) => unknown[]): Accumulator {
  return (operand, compiler, name) => {
    const { n, input } = namedOperands(operand, name, ['n', 'input'])
    const count = compileCount(n, compiler)
    const evaluate = compiler.compile(input)
    return (members, group) =>
      choose(
        members.map((member) => evaluate(member) ?? null),
        count(group),
      )
  }
}

/** `$top` and its kin: by an order of the documents. */
function ranked(end: 'top' | 'bottom', isMany: boolean): Accumulator {
  return (operand, compiler, name) => {
    const { n, output, sortBy } = namedOperands(operand, name, ['output', 'sortBy', ...(isMany ? ['n'] : [])])
    if (!isDocument(sortBy) || Object.keys(sortBy).length === 0)
      throw requestFailed(`${name} requires sortBy to be an object`)
    const compare = compileOrder(sortBy)
    const count = isMany ? compileCount(n, compiler) : () => 1
    const evaluate = compiler.compile(output)
    return (members, group) => {
      const ordered = [...members].sort((left, right) => compare(rootOf(left), rootOf(right)))
      const most = count(group)
      const chosen = end === 'top' ? ordered.slice(0, most) : ordered.slice(-most)
      const values = chosen.map((member) => evaluate(member) ?? null)
      return isMany ? values : (values[0] ?? null)
    }
  }
}

function rootOf(scope: Scope): Document {
  const document = scope['CURRENT']
  return isDocument(document) ? document : {}
}

const count: Accumulator = (operand, _compiler, name) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0) {
    throw requestFailed(`${name} takes no arguments, i.e. $count:{}`)
  }
  return (members) => members.length
}

const quantiles: Accumulator = (operand, compiler, name) => {
  const { input, of } = compileQuantiles(operand, compiler, name)
  return (members) => of(members.map(input))
}

const ACCUMULATORS: Readonly<Record<string, Accumulator>> = {
  $addToSet: ofValues((values) => distinct(values.filter(isThere))),
  $avg: ofValues(average),
  $bottom: ranked('bottom', false),
  $bottomN: ranked('bottom', true),
  $count: count,
  $first: ofValues((values) => values[0] ?? null),
  $firstN: ofSome((values, n) => values.slice(0, n)),
  $last: ofValues((values) => values.at(-1) ?? null),
  $lastN: ofSome((values, n) => values.slice(-n)),
  $max: ofValues(extreme(1)),
  $maxN: ofSome(greatest),
  $median: quantiles,
  $mergeObjects: ofValues(mergeAll),
  $min: ofValues(extreme(-1)),
  $minN: ofSome(least),
  $percentile: quantiles,
  $push: ofValues((values) => values.filter(isThere)),
  $stdDevPop: ofValues(deviation(false)),
  $stdDevSamp: ofValues(deviation(true)),
  $sum: ofValues(sum),
  $top: ranked('top', false),
  $topN: ranked('top', true),
}

/** One field of a group: `{ $accumulator: operand }`. */
export function compileAccumulator(field: string, specification: unknown, compiler: Compiler): Fold {
  if (field.includes('.')) throw requestFailed(`The field name '${field}' cannot contain '.'`)
  if (field.startsWith('$')) throw requestFailed(`The field name '${field}' cannot be an operator name`)
  const [name, ...others] = isDocument(specification) ? Object.keys(specification) : []
  if (!isDocument(specification) || !name?.startsWith('$')) {
    throw requestFailed(`The field '${field}' must be an accumulator object`)
  }
  if (others.length > 0) throw requestFailed(`The field '${field}' must specify one accumulator`)
  const accumulator = Object.hasOwn(ACCUMULATORS, name) ? ACCUMULATORS[name] : undefined
  if (!accumulator) throw invalidOperator(`unknown group operator '${name}'`)
  return accumulator(specification[name], compiler, name)
}

/** All fields of a group. Gives its document, without `_id`. */
export function compileFields(
  fields: Document,
  compiler: Compiler,
): (members: readonly Scope[], id: unknown) => Document {
  const folds = Object.entries(fields).map(
    ([field, specification]) => [field, compileAccumulator(field, specification, compiler)] as const,
  )
  return (members, id) => {
    const group = scopeOf(isDocument(id) ? id : {})
    return Object.fromEntries(folds.map(([field, fold]) => [field, fold(members, group)]))
  }
}
