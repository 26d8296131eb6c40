import type { Transaction } from '../../core/database.ts'
import type { Question, QuestionCloud } from '../../core/question.ts'
import { asks } from '../forms.ts'

const ROW = [{ _id: 'a', n: 1 }]
const documents = (transaction: Transaction) => transaction.collection('parity_documents')

async function stored(c: QuestionCloud): Promise<unknown> {
  return (await c.documents.orderBy('_id', 'asc').get()).data
}

/** The SDK leaves other things of a transaction's error than of other errors. */
function thrown(error: unknown): unknown {
  const { errCode, code, message } = error as { errCode?: number; code?: string; message?: string }
  return {
    errCode,
    code,
    conflict: /conflict/i.test(message ?? ''),
    missing: /not exist/i.test(message ?? ''),
  }
}

export const TRANSACTION_QUESTIONS: readonly Question[] = [
  asks('transaction.result', ROW, (c) =>
    c.db.runTransaction(async (t) => {
      const { data } = await documents(t).doc('a').get()
      await documents(t)
        .doc('a')
        .update({ data: { n: Number(data['n']) + 1 } })
      return data['n']
    }),
  ),
  asks('transaction.rolled-back', ROW, async (c) => {
    const outcome = await c.db
      .runTransaction(async (t) => {
        await documents(t)
          .doc('a')
          .update({ data: { n: 9 } })
        await t.rollback('because')
      })
      .catch((error: unknown) => error)
    return [outcome, await stored(c)]
  }),
  asks('transaction.thrown', ROW, async (c) => {
    const outcome = await c.db
      .runTransaction(async (t) => {
        await documents(t)
          .doc('a')
          .update({ data: { n: 9 } })
        throw new TypeError('mine')
      })
      .catch((error: unknown) => error)
    return [outcome, await stored(c)]
  }),
  asks('transaction.reads-its-own-writes', ROW, (c) =>
    c.db.runTransaction(async (t) => {
      await documents(t)
        .doc('a')
        .update({ data: { n: 5 } })
      return (await documents(t).doc('a').get()).data
    }),
  ),
  asks('transaction.others-do-not-read-its-writes', ROW, async (c) => {
    const t = await c.db.startTransaction()
    await documents(t)
      .doc('a')
      .update({ data: { n: 5 } })
    const outside = (await c.documents.doc('a').get()).data
    await t.rollback()
    return outside
  }),
  asks('transaction.where-reads-its-own-writes', ROW, (c) =>
    c.db.runTransaction(async (t) => {
      await documents(t).add({ data: { _id: 'b', n: 2 } })
      return (await documents(t).where({ n: 2 }).get()).data
    }),
  ),
  asks('transaction.count-is-outside', ROW, async (c) =>
    c.db.runTransaction(async (t) => {
      await documents(t).add({ data: { _id: 'b', n: 2 } })
      return (await documents(t).where({ n: 2 }).count()).total
    }),
  ),
  asks('transaction.snapshot', ROW, async (c) => {
    const t = await c.db.startTransaction()
    const before = (await documents(t).doc('a').get()).data
    await c.documents.doc('a').update({ data: { n: 7 } })
    const after = (await documents(t).doc('a').get()).data
    await t.rollback()
    return [before, after]
  }),
  asks(
    'transaction.conflict-with-a-write-outside',
    ROW,
    async (c) => {
      const t = await c.db.startTransaction()
      await documents(t).doc('a').get()
      await c.documents.doc('a').update({ data: { n: 7 } })
      const write = await documents(t)
        .doc('a')
        .update({ data: { n: 8 } })
        .catch(thrown)
      const commit = await t.commit().catch(thrown)
      return [write, commit, await stored(c)]
    },
    ['database-conflict-at-the-write'],
  ),
  asks(
    'transaction.conflict-of-two',
    ROW,
    async (c) => {
      const [first, second] = [await c.db.startTransaction(), await c.db.startTransaction()]
      await documents(first)
        .doc('a')
        .update({ data: { n: 2 } })
      const write = await documents(second)
        .doc('a')
        .update({ data: { n: 3 } })
        .catch(thrown)
      await first.commit()
      const commit = await second.commit().catch(thrown)
      return [write, commit, await stored(c)]
    },
    ['database-conflict-at-the-write'],
  ),
  asks(
    'transaction.write-skew',
    [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 1 },
    ],
    async (c) => {
      const [first, second] = [await c.db.startTransaction(), await c.db.startTransaction()]
      await documents(first).doc('a').get()
      await documents(second).doc('b').get()
      await documents(first)
        .doc('b')
        .update({ data: { n: 0 } })
      await documents(second)
        .doc('a')
        .update({ data: { n: 0 } })
      await first.commit()
      return [await second.commit().then(() => 'committed', thrown), await stored(c)]
    },
  ),
  asks(
    'transaction.failed-write-ends-it',
    ROW,
    async (c) => {
      const t = await c.db.startTransaction()
      await documents(t)
        .doc('b')
        .set({ data: { n: 1 } })
      const write = await documents(t)
        .add({ data: { _id: 'a' } })
        .catch(thrown)
      const commit = await t.commit().then(() => 'committed', thrown)
      return [write, commit, await stored(c)]
    },
    ['database-failed-write-in-transaction'],
  ),
  asks('transaction.commit-twice', ROW, async (c) => {
    const t = await c.db.startTransaction()
    await documents(t)
      .doc('a')
      .update({ data: { n: 2 } })
    await t.commit()
    return t.commit().then(() => 'committed', thrown)
  }),
  asks('transaction.rollback-after-commit', ROW, async (c) => {
    const t = await c.db.startTransaction()
    await t.commit()
    return t.rollback().then(() => 'rolled back', thrown)
  }),
  asks('transaction.write-after-commit', ROW, async (c) => {
    const t = await c.db.startTransaction()
    await t.commit()
    return documents(t)
      .doc('a')
      .update({ data: { n: 2 } })
  }),
  asks('transaction.set-created', [], (c) =>
    c.db.runTransaction((t) =>
      documents(t)
        .doc('new')
        .set({ data: { n: 1 } }),
    ),
  ),
  asks(
    'transaction.parallel-requests',
    [{ _id: 'a' }, { _id: 'b' }],
    async (c) => {
      const t = await c.db.startTransaction()
      const all = await Promise.all(
        ['a', 'b'].map((id) =>
          documents(t)
            .doc(id)
            .update({ data: { n: 1 } })
            .then(({ stats }) => stats, thrown),
        ),
      )
      await t.rollback().catch(thrown)
      return all
    },
    ['database-transaction-busy'],
  ),
  asks('transaction.doc-missing', [], (c) => c.db.runTransaction((t) => documents(t).doc('none').get())),
  asks('transaction.collection-missing', [], (c) =>
    c.db.runTransaction((t) => t.collection('parity_missing').add({ data: { n: 1 } })),
  ),
  asks('transaction.unique-index', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: 1 } })
    return c.db.runTransaction((t) => t.collection('parity_unique').add({ data: { _id: 'b', key: 1 } }))
  }),
  asks('transaction.same-new-id', [], async (c) => {
    const [first, second] = [await c.db.startTransaction(), await c.db.startTransaction()]
    await documents(first).add({ data: { _id: 'new', n: 1 } })
    const write = await documents(second)
      .add({ data: { _id: 'new', n: 2 } })
      .then(() => 'added', thrown)
    await first.commit()
    await second.rollback().catch(thrown)
    return [write, await stored(c)]
  }),
  asks('transaction.empty', [], (c) => c.db.runTransaction(async () => 'nothing')),
]
