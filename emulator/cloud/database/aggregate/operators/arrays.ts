import { requestFailed } from '../../failures.ts'
import { isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { equalValues } from '../../values/ordering.ts'
import { typeName } from '../../values/types.ts'
import {
  namedOperands,
  onMany,
  onNamed,
  onOne,
  onTwo,
  onValues,
  requireArray,
  requireInteger,
  unlessNothing,
} from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'

/** Parts of arrays, and arrays made of arrays. */

/** Beyond the ends there is nothing; a negative position counts from the end. */
const arrayElementAt = onTwo((list, position, name) => {
  if (isNothing(list) || isNothing(position)) return null
  if (!Array.isArray(list)) {
    throw requestFailed(`${name}'s first argument must be an array, but is ${typeName(list)}`)
  }
  const at = requireInteger(position, name)
  return list[at < 0 ? list.length + at : at]
})

/** Of an empty array there is no first element and no last. */
function atEnd(position: 0 | -1): Operator {
  return onOne(unlessNothing((value, name) => requireArray(value, name).at(position)))
}

const concatArrays = onMany((lists, name) => {
  const isNull = lists.some(isNothing)
  for (const list of lists) {
    if (!isNothing(list) && !Array.isArray(list)) {
      throw requestFailed(`${name} only supports arrays, not ${typeName(list)}`)
    }
  }
  return isNull ? null : lists.flat()
})

const isIn = onTwo((item, list, name) => {
  if (!Array.isArray(list)) {
    throw requestFailed(`${name} requires an array as a second argument, found: ${typeName(list)}`)
  }
  return list.some((element) => equalValues(element, item))
})

/** A position to search from or up to. */
export function requirePosition(value: unknown, name: string): number {
  const position = requireInteger(value, name)
  if (position < 0) throw requestFailed(`${name} requires a nonnegative starting and ending index`)
  return position
}

const indexOfArray = onValues(2, 4, ([list, item, start = 0, end], name) => {
  if (isNothing(list)) return null
  if (!Array.isArray(list)) {
    throw requestFailed(`${name} requires an array as a first argument, found: ${typeName(list)}`)
  }
  const from = requirePosition(start, name)
  const to = end === undefined ? list.length : requirePosition(end, name)
  return list.findIndex((element, at) => at >= from && at < to && equalValues(element, item))
})

/** Numbers that a `$range` may have; MongoDB's limit is the memory of a stage. */
const MAXIMUM_RANGE = 1_000_000

const range = onValues(2, 3, ([start, end, step = 1], name) => {
  const [from, to, by] = [start, end, step].map((value) => requireInteger(value, name)) as [
    number,
    number,
    number,
  ]
  if (by === 0) throw requestFailed('$range requires a non-zero step value')
  const length = Math.max(0, Math.ceil((to - from) / by))
  if (length > MAXIMUM_RANGE) throw requestFailed('$range would use too much memory')
  return Array.from({ length }, (_, at) => from + at * by)
})

const slice = onValues(2, 3, ([list, first, count], name) => {
  if (isNothing(list) || isNothing(first)) return null
  if (!Array.isArray(list)) throw requestFailed(`First argument to ${name} must be an array`)
  const position = requireInteger(first, name)
  if (count === undefined) return position < 0 ? list.slice(position) : list.slice(0, position)
  if (count === null) return null
  const length = requireInteger(count, name)
  if (length <= 0) throw requestFailed(`Third argument to ${name} must be positive: ${length}`)
  const start = position < 0 ? Math.max(0, list.length + position) : position
  return list.slice(start, start + length)
})

const toObject = onOne(
  unlessNothing((value, name) => {
    const list = requireArray(value, name)
    const pairs = list.map((item) => pairOf(item, Array.isArray(list[0])))
    return Object.fromEntries(pairs)
  }),
)

/** All of an array's pairs are written in the same way: `[key, value]` or `{ k, v }`. */
function pairOf(item: unknown, isList: boolean): [string, unknown] {
  if (isList !== Array.isArray(item) || !(isList || isDocument(item))) {
    throw requestFailed(
      '$arrayToObject requires a consistent input format: arrays of two, or objects with k and v',
    )
  }
  const pair = isDocument(item) ? Object.values(pickPair(item)) : (item as unknown[])
  if (pair.length !== 2) throw requestFailed('$arrayToObject requires an array of size 2 arrays')
  const [key, value] = pair
  if (typeof key !== 'string') {
    throw requestFailed(`$arrayToObject requires keys of type 'string', found type: ${typeName(key)}`)
  }
  if (key.includes('\0') || key === '__proto__') throw requestFailed(`a field can not be named '${key}'`)
  return [key, value]
}

function pickPair(item: Record<string, unknown>): { k: unknown; v: unknown } {
  if (Object.keys(item).length !== 2 || !Object.hasOwn(item, 'k') || !Object.hasOwn(item, 'v')) {
    throw requestFailed("$arrayToObject requires an object with keys 'k' and 'v'")
  }
  return { k: item['k'], v: item['v'] }
}

/** `defaults` stand in for elements that shorter arrays do not have. */
const zip: Operator = (operand, compiler, name) => {
  const fields = namedOperands(operand, name, ['inputs'], ['useLongestLength', 'defaults'])
  const { inputs, useLongestLength = false, defaults } = fields
  if (typeof useLongestLength !== 'boolean') throw requestFailed('useLongestLength must be a bool')
  if (!Array.isArray(inputs) || inputs.length === 0) {
    throw requestFailed('$zip requires at least one input array')
  }
  if (defaults !== undefined) {
    if (!Array.isArray(defaults)) throw requestFailed('defaults must be an array of expressions')
    if (!useLongestLength) throw requestFailed('cannot specify defaults unless useLongestLength is true')
    if (defaults.length !== inputs.length)
      throw requestFailed('defaults and inputs must have the same length')
  }
  const arrays = inputs.map((input) => compiler.compile(input))
  const fillers = Array.isArray(defaults) ? defaults.map((filler) => compiler.compile(filler)) : []
  return (scope) => {
    const lists = arrays.map((evaluate) => evaluate(scope))
    if (lists.some(isNothing)) return null
    const rows = lists.map((list) => requireArray(list, name))
    const lengths = rows.map((row) => row.length)
    const length = useLongestLength ? Math.max(...lengths) : Math.min(...lengths)
    return Array.from({ length }, (_, at) =>
      rows.map((row, column) => (at < row.length ? row[at] : (fillers[column]?.(scope) ?? null))),
    )
  }
}

/** The number of elements that `$firstN` and its kin are to give. */
export function requireCount(value: unknown): number {
  const count = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isInteger(count))
    throw requestFailed(`Value for 'n' must be of integral type, but found ${typeName(value)}`)
  if (count <= 0) throw requestFailed(`'n' must be greater than 0, found ${count}`)
  return count
}

/** `$firstN` and its kin on the elements of one array. */
export function ofElements(choose: (elements: unknown[], count: number) => unknown[]): Operator {
  return onNamed(['n', 'input'], [], ({ n, input }, name) =>
    choose(requireArray(input, name), requireCount(n)),
  )
}

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $arrayElemAt: arrayElementAt,
  $arrayToObject: toObject,
  $concatArrays: concatArrays,
  $first: atEnd(0),
  $last: atEnd(-1),
  $firstN: ofElements((elements, count) => elements.slice(0, count)),
  $lastN: ofElements((elements, count) => elements.slice(-count)),
  $in: isIn,
  $indexOfArray: indexOfArray,
  $isArray: onOne(Array.isArray),
  $range: range,
  $reverseArray: onOne(unlessNothing((value, name) => [...requireArray(value, name)].reverse())),
  $size: onOne((value, name) => requireArray(value, name).length),
  $slice: slice,
  $zip: zip,
}
