import type { Question } from '../../core/question.ts'
import { asks } from '../forms.ts'

export const INDEX_QUESTIONS: readonly Question[] = [
  asks(
    'index.duplicate',
    [],
    async (c) => {
      const unique = await c.unique()
      await unique.add({ data: { _id: 'a', key: 'x' } })
      return unique.add({ data: { _id: 'b', key: 'x' } })
    },
    ['database-duplicate-key'],
  ),
  asks(
    'index.missing-is-null',
    [],
    async (c) => {
      const unique = await c.unique()
      await unique.add({ data: { _id: 'a' } })
      return unique.add({ data: { _id: 'b', key: null } })
    },
    ['database-unique-missing-is-null'],
  ),
  asks(
    'index.missing-twice',
    [],
    async (c) => {
      const unique = await c.unique()
      await unique.add({ data: { _id: 'a' } })
      return unique.add({ data: { _id: 'b' } })
    },
    ['database-unique-missing-is-null'],
  ),
  asks('index.number-is-not-text', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: 1 } })
    return unique.add({ data: { _id: 'b', key: '1' } })
  }),
  asks('index.elements-of-one-array', [], async (c) => {
    const unique = await c.unique()
    return unique.add({ data: { _id: 'a', key: [1, 1] } })
  }),
  asks('index.elements-of-two-arrays', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: [1, 2] } })
    return unique.add({ data: { _id: 'b', key: [2, 3] } })
  }),
  asks('index.empty-array-and-missing', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: [] } })
    return unique.add({ data: { _id: 'b' } })
  }),
  asks('index.objects-in-another-order', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: { x: 1, y: 2 } } })
    return unique.add({ data: { _id: 'b', key: { y: 2, x: 1 } } })
  }),
  asks('index.update-to-a-duplicate', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: 'x' } })
    await unique.add({ data: { _id: 'b', key: 'y' } })
    return unique.doc('b').update({ data: { key: 'x' } })
  }),
  asks('index.set-to-a-duplicate', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: 'x' } })
    return unique.doc('b').set({ data: { key: 'x' } })
  }),
  asks('index.key-is-free-after-removal', [], async (c) => {
    const unique = await c.unique()
    await unique.add({ data: { _id: 'a', key: 'x' } })
    await unique.doc('a').remove()
    return (await unique.add({ data: { _id: 'b', key: 'x' } }))['_id']
  }),
  asks('index.long-key', [], async (c) => {
    const unique = await c.unique()
    return (await unique.add({ data: { _id: 'a', key: 'x'.repeat(5000) } }))['_id']
  }),
  asks('index.add-of-an-array-with-a-duplicate', [], async (c) => {
    const unique = await c.unique()
    const outcome = await unique
      .add({
        data: [
          { _id: 'a', key: 1 },
          { _id: 'b', key: 1 },
        ],
      })
      .catch(({ errCode }: { errCode: number }) => errCode)
    return [outcome, (await unique.count()).total]
  }),
]
