import type { Question } from '../../core/question.ts'
import { asks } from '../forms.ts'

function nested(levels: number): object {
  let value: object = {}
  for (let level = 1; level < levels; level += 1) value = { v: value }
  return value
}

export const LIMIT_QUESTIONS: readonly Question[] = [
  asks(
    'limit.documents-without-limit',
    [],
    async (c) => {
      await c.documents.add({ data: Array.from({ length: 130 }, (_, n) => ({ _id: `n${n}` })) })
      return (await c.documents.get()).data.length
    },
    ['database-default-limit'],
  ),
  asks('limit.documents-of-largest-limit', [], async (c) => {
    await c.documents.add({ data: Array.from({ length: 1010 }, (_, n) => ({ _id: `n${n}` })) })
    return [
      (await c.documents.limit(1000).get()).data.length,
      (await c.documents.limit(5000).get()).data.length,
    ]
  }),
  asks('limit.where-update-of-many', [], async (c) => {
    await c.documents.add({ data: Array.from({ length: 1010 }, (_, n) => ({ _id: `n${n}` })) })
    return (await c.documents.where({ _id: c._.exists(true) }).update({ data: { n: 1 } })).stats
  }),
  asks('limit.document-of-1-mb', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', t: 'x'.repeat(1024 * 1024) } })
    return (await c.documents.where({ _id: 'a' }).count()).total
  }),
  asks('limit.depth-of-20', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', v: nested(20) } })
    return (await c.documents.count()).total
  }),
  asks('limit.depth-of-120', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', v: nested(120) } })
    return (await c.documents.count()).total
  }),
  asks('limit.fields-of-a-document', [], async (c) => {
    const fields = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`f${n}`, n]))
    await c.documents.add({ data: { _id: 'a', ...fields } })
    return Object.keys((await c.documents.doc('a').get()).data).length
  }),
  asks('limit.length-of-a-field-name', [], async (c) => {
    await c.documents.add({ data: { _id: 'a', ['x'.repeat(2000)]: 1 } })
    return (await c.documents.count()).total
  }),
  asks('limit.length-of-an-id', [], async (c) => {
    await c.documents.add({ data: { _id: 'x'.repeat(2000) } })
    return (await c.documents.count()).total
  }),
  asks(
    'limit.values-of-in',
    [{ _id: 'a', n: 1 }],
    async (c) =>
      (await c.documents.where({ n: c._.in(Array.from({ length: 2000 }, (_, n) => n)) }).count()).total,
  ),
  asks(
    'limit.conditions-of-or',
    [{ _id: 'a', n: 1 }],
    async (c) =>
      (await c.documents.where(c._.or(Array.from({ length: 200 }, (_, n) => ({ n })))).count()).total,
  ),
  asks('limit.stages-of-a-pipeline', [{ _id: 'a', n: 1 }], async (c) => {
    let pipeline = c.documents.aggregate()
    for (let stage = 0; stage < 60; stage += 1) pipeline = pipeline.addFields({ [`f${stage}`]: stage })
    return Object.keys((await pipeline.end()).list[0] ?? {}).length
  }),
  asks('limit.add-of-an-array', [], async (c) => {
    await c.documents.add({ data: Array.from({ length: 500 }, (_, n) => ({ _id: `n${n}` })) })
    return (await c.documents.count()).total
  }),
]
