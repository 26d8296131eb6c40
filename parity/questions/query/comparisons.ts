import type { Question } from '../../core/question.ts'
import { finds } from '../forms.ts'

const NUMBERS = [
  { _id: 'a', n: 1 },
  { _id: 'b', n: 2 },
  { _id: 'c', n: 3 },
  { _id: 'd' },
  { _id: 'e', n: null },
]
const MIXED = [
  { _id: 'array', v: [1, 5] },
  { _id: 'false', v: false },
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'number', v: 5 },
  { _id: 'object', v: { n: 1 } },
  { _id: 'text', v: '5' },
]

export const COMPARISON_QUESTIONS: readonly Question[] = [
  finds('query.eq', NUMBERS, (_) => ({ n: _.eq(2) })),
  finds('query.eq-null-finds-missing', NUMBERS, (_) => ({ n: _.eq(null) })),
  finds('query.plain-null-finds-missing', NUMBERS, () => ({ n: null })),
  finds('query.neq', NUMBERS, (_) => ({ n: _.neq(2) })),
  finds('query.neq-null', NUMBERS, (_) => ({ n: _.neq(null) })),
  finds('query.gt', NUMBERS, (_) => ({ n: _.gt(1) })),
  finds('query.gte-null-finds-missing', NUMBERS, (_) => ({ n: _.gte(null) })),
  finds('query.lt', NUMBERS, (_) => ({ n: _.lt(3) })),
  finds('query.lte', NUMBERS, (_) => ({ n: _.lte(2) })),
  finds('query.in', NUMBERS, (_) => ({ n: _.in([1, 3]) })),
  finds('query.in-empty', NUMBERS, (_) => ({ n: _.in([]) })),
  finds('query.in-null-finds-missing', NUMBERS, (_) => ({ n: _.in([null, 1]) })),
  finds('query.in-regex', MIXED, (_) => ({ v: _.in([/^5/]) })),
  finds('query.nin', NUMBERS, (_) => ({ n: _.nin([1, null]) })),
  finds('query.gt-other-types-of-number', MIXED, (_) => ({ v: _.gt(0) })),
  finds('query.gt-text', MIXED, (_) => ({ v: _.gt('') })),
  finds('query.gt-object', MIXED, (_) => ({ v: _.gt({}) })),
  finds('query.gte-array-compares-arrays', MIXED, (_) => ({ v: _.gte([1]) })),
  finds('query.lt-true', MIXED, (_) => ({ v: _.lt(true) })),
  finds('query.eq-array-exactly', MIXED, (_) => ({ v: _.eq([1, 5]) })),
  finds('query.eq-element-of-array', MIXED, (_) => ({ v: 5 })),
  finds(
    'query.eq-object-by-order',
    [
      { _id: 'a', v: { x: 1, y: 2 } },
      { _id: 'b', v: { y: 2, x: 1 } },
    ],
    (_) => ({
      v: _.eq({ x: 1, y: 2 }),
    }),
  ),
  finds(
    'query.eq-empty-object',
    [
      { _id: 'a', v: {} },
      { _id: 'b', v: { x: 1 } },
    ],
    (_) => ({ v: _.eq({}) }),
  ),
  finds(
    'query.plain-empty-object',
    [
      { _id: 'a', v: {} },
      { _id: 'b', v: { x: 1 } },
    ],
    () => ({ v: {} }),
  ),
  finds(
    'query.eq-nan',
    [
      { _id: 'a', v: Number.NaN },
      { _id: 'b', v: 1 },
    ],
    (_) => ({ v: _.eq(Number.NaN) }),
  ),
  finds(
    'query.gt-nan',
    [
      { _id: 'a', v: Number.NaN },
      { _id: 'b', v: 1 },
    ],
    (_) => ({ v: _.gt(Number.NaN) }),
  ),
  finds(
    'query.gte-nan',
    [
      { _id: 'a', v: Number.NaN },
      { _id: 'b', v: 1 },
    ],
    (_) => ({ v: _.gte(Number.NaN) }),
  ),
  finds(
    'query.lt-infinity',
    [
      { _id: 'a', v: 1e308 },
      { _id: 'b', v: Number.POSITIVE_INFINITY },
    ],
    (_) => ({
      v: _.lt(Number.POSITIVE_INFINITY),
    }),
  ),
  finds(
    'query.gt-date',
    [
      { _id: 'a', v: new Date(1000) },
      { _id: 'b', v: new Date(2000) },
      { _id: 'c', v: 3000 },
    ],
    (_) => ({ v: _.gt(new Date(1500)) }),
  ),
  finds('query.two-conditions-of-one-field', NUMBERS, (_) => ({ n: _.gt(1).lt(3) })),
]
