import type { Question } from '../../core/question.ts'
import { computes } from '../forms.ts'

const L = {
  l: [3, 1, 2],
  m: [2, 4],
  o: { b: 1, a: 2 },
  pairs: [
    ['x', 1],
    ['y', 2],
  ],
  z: null,
  none: [],
  bools: [true, 0],
}

export const ARRAY_EXPRESSION_QUESTIONS: readonly Question[] = [
  computes('expression.array-elem-at', L, ({ $ }) => [
    $.arrayElemAt(['$l', 0]),
    $.arrayElemAt(['$l', -1]),
    $.arrayElemAt(['$l', 9]),
  ]),
  computes('expression.array-to-object', L, ({ $ }) => $.arrayToObject('$pairs')),
  computes('expression.object-to-array', L, ({ $ }) => $.objectToArray('$o')),
  computes('expression.concat-arrays', L, ({ $ }) => [
    $.concatArrays(['$l', '$m']),
    $.concatArrays(['$l', '$z']),
  ]),
  computes('expression.filter', L, ({ $ }) => $.filter({ input: '$l', as: 'x', cond: $.gte(['$$x', 2]) })),
  computes('expression.in', L, ({ $ }) => [$.in([1, '$l']), $.in([9, '$l'])]),
  computes('expression.in-null', L, ({ $ }) => $.in([1, '$z'])),
  computes('expression.index-of-array', L, ({ $ }) => [
    $.indexOfArray(['$l', 2]),
    $.indexOfArray(['$l', 9]),
    $.indexOfArray(['$z', 9]),
  ]),
  computes('expression.is-array', L, ({ $ }) => [$.isArray('$l'), $.isArray('$o')]),
  computes('expression.map', L, ({ $ }) => $.map({ input: '$l', as: 'x', in: $.multiply(['$$x', 2]) })),
  computes('expression.reduce', L, ({ $ }) =>
    $.reduce({ input: '$l', initialValue: 0, in: $.add(['$$value', '$$this']) }),
  ),
  computes('expression.range', L, ({ $ }) => [$.range([0, 10, 3]), $.range([3, 0, -1]), $.range([0, 0])]),
  computes('expression.range-step-zero', L, ({ $ }) => $.range([0, 10, 0])),
  computes('expression.reverse-array', L, ({ $ }) => [$.reverseArray('$l'), $.reverseArray('$z')]),
  computes('expression.size', L, ({ $ }) => $.size('$l')),
  computes('expression.size-of-null', L, ({ $ }) => $.size('$z')),
  computes('expression.slice', L, ({ $ }) => [
    $.slice(['$l', 2]),
    $.slice(['$l', -2]),
    $.slice(['$l', 1, 1]),
    $.slice(['$l', -9, 2]),
  ]),
  computes('expression.slice-zero', L, ({ $ }) => $.slice(['$l', 1, 0])),
  computes('expression.zip', L, ({ $ }) => [
    $.zip({ inputs: ['$l', '$m'] }),
    $.zip({ inputs: ['$l', '$m'], useLongestLength: true, defaults: [0, 9] }),
  ]),
  computes('expression.sets', L, ({ $ }) => [
    $.setDifference(['$l', '$m']),
    $.setEquals(['$l', [1, 2, 3, 3]]),
    $.setIntersection(['$l', '$m']),
    $.setIsSubset([[1], '$l']),
    $.setUnion(['$l', '$m']),
  ]),
  computes('expression.elements-true', L, ({ $ }) => [
    $.allElementsTrue(['$bools']),
    $.anyElementTrue(['$bools']),
    $.allElementsTrue(['$none']),
    $.anyElementTrue(['$none']),
  ]),
  computes('expression.merge-objects', L, ({ $ }) => $.mergeObjects(['$o', { a: 9 }, '$z'])),
  computes('expression.path-into-array', { l: [{ x: 1 }, {}, { x: [2] }] }, () => '$l.x'),
  computes('expression.path-by-number', { l: [{ x: 1 }] }, () => '$l.0'),
  computes('expression.sum-avg-of-array', L, ({ $ }) => [$.sum('$l'), $.avg('$l'), $.min('$l'), $.max('$l')]),
]
