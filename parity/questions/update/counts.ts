import type { Question } from '../../core/question.ts'
import { asks } from '../forms.ts'

const settles = ['database-updated-counts']
const ROWS = [
  { _id: 'a', n: 1 },
  { _id: 'b', n: 2 },
  { _id: 'c', n: 2 },
]

/** What `updated` and `removed` count, and what is changed without a condition. */
export const COUNT_QUESTIONS: readonly Question[] = [
  asks(
    'update.unchanged-document-counts',
    ROWS,
    async (c) => (await c.documents.doc('a').update({ data: { n: 1 } })).stats,
    settles,
  ),
  asks(
    'update.where-unchanged-documents-count',
    ROWS,
    async (c) => (await c.documents.where({ n: c._.gte(1) }).update({ data: { n: 2 } })).stats,
    settles,
  ),
  asks(
    'update.where-none-found',
    ROWS,
    async (c) => (await c.documents.where({ n: 9 }).update({ data: { n: 1 } })).stats,
  ),
  asks(
    'update.doc-missing',
    ROWS,
    async (c) => (await c.documents.doc('z').update({ data: { n: 1 } })).stats,
  ),
  asks(
    'update.where-one-of-many',
    ROWS,
    async (c) => (await c.documents.where({ n: 2 }).update({ data: { n: 3 }, multi: false })).stats,
  ),
  asks('update.without-where', ROWS, async (c) => (await c.documents.update({ data: { n: 9 } })).stats, [
    'database-update-without-where',
  ]),
  asks(
    'update.where-empty',
    ROWS,
    async (c) => (await c.documents.where({}).update({ data: { n: 9 } })).stats,
  ),
  asks(
    'update.where-ignores-limit',
    ROWS,
    async (c) =>
      (
        await c.documents
          .where({ n: 2 })
          .limit(1)
          .update({ data: { n: 3 } })
      ).stats,
  ),
  asks('update.positional', [{ _id: 'a', l: [1, 5, 9] }], async (c) => {
    const { stats } = await c.documents.where({ _id: 'a', l: 5 }).update({ data: { 'l.$': 7 } })
    return [stats, (await c.documents.doc('a').get()).data]
  }),
  asks('update.positional-without-condition', [{ _id: 'a', l: [1] }], (c) =>
    c.documents.where({ _id: 'a' }).update({ data: { 'l.$': 7 } }),
  ),
  asks(
    'update.one-of-many-fails',
    [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 'x' },
    ],
    async (c) => {
      const outcome = await c.documents
        .where({ _id: c._.in(['a', 'b']) })
        .update({ data: { n: c._.inc(1) } })
        .catch(({ errCode }: { errCode: number }) => errCode)
      return [outcome, (await c.documents.orderBy('_id', 'asc').get()).data]
    },
    ['database-write-to-many'],
  ),
  asks('remove.doc', ROWS, async (c) => (await c.documents.doc('a').remove()).stats),
  asks('remove.doc-missing', ROWS, async (c) => (await c.documents.doc('z').remove()).stats),
  asks('remove.where', ROWS, async (c) => (await c.documents.where({ n: 2 }).remove()).stats),
  asks(
    'remove.where-one-of-many',
    ROWS,
    async (c) => (await c.documents.where({ n: 2 }).remove({ multi: false })).stats,
  ),
  asks('remove.without-where', ROWS, async (c) => (await c.documents.remove()).stats, [
    'database-update-without-where',
  ]),
  asks('remove.where-empty', ROWS, async (c) => (await c.documents.where({}).remove()).stats),
]
