import type { Question, QuestionCloud } from '../../core/question.ts'
import { asks, idsOf } from '../forms.ts'

/** One of each type, in MongoDB's order of types. */
const TYPES = [
  { _id: 'bool', v: false },
  { _id: 'date', v: new Date(0) },
  { _id: 'empty', v: [] },
  { _id: 'list', v: [3, 100] },
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'number', v: 5 },
  { _id: 'object', v: { n: 1 } },
  { _id: 'regex', v: /a/ },
  { _id: 'text', v: 'a' },
]
const NUMBERS = Array.from({ length: 5 }, (_, index) => ({ _id: `n${index}`, n: index, parity: index % 2 }))

async function order(cloud: QuestionCloud, direction: string): Promise<unknown[]> {
  return idsOf((await cloud.documents.orderBy('v', direction).orderBy('_id', 'asc').get()).data)
}

export const ORDER_QUESTIONS: readonly Question[] = [
  asks('read.order-of-types', TYPES, (c) => order(c, 'asc')),
  asks('read.order-of-types-descending', TYPES, (c) => order(c, 'desc')),
  asks('read.order-by-two-fields', NUMBERS, async (c) =>
    idsOf((await c.documents.orderBy('parity', 'desc').orderBy('n', 'asc').get()).data),
  ),
  asks(
    'read.order-by-path',
    [
      { _id: 'a', p: { q: 2 } },
      { _id: 'b', p: { q: 1 } },
    ],
    async (c) => idsOf((await c.documents.orderBy('p.q', 'asc').get()).data),
  ),
  asks('read.order-by-unknown-direction', NUMBERS, (c) => c.documents.orderBy('n', 'up').get()),
  asks(
    'read.order-of-nan',
    [
      { _id: 'a', v: 1 },
      { _id: 'b', v: Number.NaN },
      { _id: 'c', v: -1 },
    ],
    (c) => order(c, 'asc'),
  ),
  asks(
    'read.order-of-arrays-descending',
    [
      { _id: 'a', v: [1, 9] },
      { _id: 'b', v: [5] },
    ],
    (c) => order(c, 'desc'),
  ),
  asks('read.order-without-order-is-that-of-adding', [], async (c) => {
    for (const _id of ['c', 'a', 'b']) await c.documents.add({ data: { _id } })
    return idsOf((await c.documents.get()).data)
  }),
  asks('read.skip-and-limit', NUMBERS, async (c) =>
    idsOf((await c.documents.orderBy('n', 'asc').skip(1).limit(2).get()).data),
  ),
  asks('read.skip-beyond', NUMBERS, async (c) => (await c.documents.skip(100).get()).data),
  asks('read.skip-negative', NUMBERS, async (c) => idsOf((await c.documents.skip(-1).get()).data)),
  asks('read.limit-zero', NUMBERS, async (c) => (await c.documents.limit(0).get()).data.length),
  asks('read.limit-negative', NUMBERS, async (c) => (await c.documents.limit(-1).get()).data.length),
  asks('read.limit-fraction', NUMBERS, async (c) => (await c.documents.limit(1.5).get()).data.length),
  asks('read.count', NUMBERS, async (c) => (await c.documents.where({ parity: 1 }).count()).total),
  asks(
    'read.count-ignores-skip-and-limit',
    NUMBERS,
    async (c) => (await c.documents.skip(1).limit(1).count()).total,
  ),
]
