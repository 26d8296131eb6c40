import type { Question } from '../../core/question.ts'
import { asks, idsOf } from '../forms.ts'

const all = { field: { _id: true } }

export const ADD_QUESTIONS: readonly Question[] = [
  asks('add.generated-id', [], async (c) => {
    const { _id } = await c.documents.add({ data: { n: 1 } })
    return [typeof _id, String(_id).length, /^[0-9a-f]+$/.test(String(_id))]
  }),
  asks('add.generated-id-is-found', [], async (c) => {
    const { _id } = await c.documents.add({ data: { n: 1 } })
    return (await c.documents.doc(_id).get()).data
  }),
  asks('add.openid-is-not-added', [], async (c) => {
    const { _id } = await c.documents.add({ data: { n: 1 } })
    return Object.keys((await c.documents.doc(_id).get()).data)
  }),
  asks('add.openid-by-function', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', _openid: 'somebody' } })
    return (await c.documents.doc('a').get()).data
  }),
  asks('add.array', [], (c) => c.documents.add({ data: [{ _id: 'a' }, { _id: 'b' }] }), [
    'database-add-array',
  ]),
  asks(
    'add.array-with-a-duplicate',
    [{ _id: 'b' }],
    async (c) => {
      const outcome = await c.documents
        .add({ data: [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }] })
        .catch(errorNumber)
      return [outcome, idsOf((await c.documents.field(all.field).get()).data).sort()]
    },
    ['database-add-array'],
  ),
  asks('add.array-empty', [], (c) => c.documents.add({ data: [] })),
  asks('add.empty-document', [], async (c) => {
    await c.documents.add({ data: {} })
    return (await c.documents.count()).total
  }),
  asks('add.duplicate-id', [{ _id: 'a' }], (c) => c.documents.add({ data: { _id: 'a' } }), [
    'database-duplicate-key',
  ]),
  asks('add.id-number', [], async (c) => (await c.documents.add({ data: { _id: 7 } }))['_id']),
  asks('add.id-null', [], async (c) => (await c.documents.add({ data: { _id: null } }))['_id']),
  asks('add.id-array', [], (c) => c.documents.add({ data: { _id: [1] } })),
  asks('add.id-object', [], async (c) => (await c.documents.add({ data: { _id: { n: 1 } } }))['_id']),
  asks('add.id-empty-text', [], async (c) => (await c.documents.add({ data: { _id: '' } }))['_id']),
  asks('add.id-object-id', [], async (c) => {
    await c.documents.add({ data: { _id: { $oid: '0123456789abcdef01234567' } } })
    const [document] = (await c.documents.get()).data
    return [
      typeof document?.['_id'],
      (await c.documents.where({ _id: '0123456789abcdef01234567' }).count()).total,
    ]
  }),
  asks('add.dollar-field', [], (c) => c.documents.add({ data: { $n: 1 } })),
  asks('add.dotted-field', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', 'p.q': 1 } })
    return (await c.documents.doc('a').get()).data
  }),
  asks('add.empty-field-name', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', '': 1 } })
    return (await c.documents.doc('a').get()).data
  }),
  asks('add.field-with-nul', [], (c) => c.documents.add({ data: { 'n\0m': 1 } })),
  asks('add.no-object', [], (c) => c.documents.add({ data: 'x' })),
  asks('add.nothing', [], (c) => c.documents.add({ data: undefined })),
  asks('add.command', [], (c) => c.documents.add({ data: { _id: 'a', n: c._.inc(1) } })),
  asks('set.new', [], (c) => c.documents.doc('a').set({ data: { n: 1 } })),
  asks('set.replaces', [{ _id: 'a', n: 1, m: 1 }], async (c) => {
    const outcome = await c.documents.doc('a').set({ data: { n: 2 } })
    return [outcome, (await c.documents.doc('a').get()).data]
  }),
  asks('set.unchanged-counts', [{ _id: 'a', n: 1 }], (c) => c.documents.doc('a').set({ data: { n: 1 } })),
  asks('set.empty', [{ _id: 'a', n: 1 }], async (c) => {
    await c.documents.doc('a').set({ data: {} })
    return (await c.documents.doc('a').get()).data
  }),
  asks('set.with-id', [{ _id: 'a', n: 1 }], (c) => c.documents.doc('a').set({ data: { _id: 'a', n: 2 } })),
  asks('set.command', [{ _id: 'a', n: 1 }], (c) => c.documents.doc('a').set({ data: { n: c._.inc(1) } })),
  asks('set.dotted-field', [], async (c) => {
    await c.documents.doc('a').set({ data: { 'p.q': 1 } })
    return (await c.documents.doc('a').get()).data
  }),
  asks('set.number-id', [], (c) => c.documents.doc(7).set({ data: { n: 1 } })),
]

function errorNumber({ errCode }: { errCode?: number }): unknown {
  return { errCode }
}
