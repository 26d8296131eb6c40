import { Long } from 'bson'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compileExpression } from '../aggregate/expression.ts'
import { compilerOf } from '../query/query.ts'
import { DatabaseServer, type Untyped } from '../testing/database-server.ts'
import type { Document } from '../values/document.ts'
import { compileUpdate } from './update.ts'

const apply = (update: Document, document: Document, isInsert = false, query: Document = {}) =>
  compileUpdate(update, compilerOf(compileExpression))(document, { now: 1000, isInsert, query })

/** An update, a document before it, the document after it. */
const cases: [update: Document, before: Document, after: Document][] = [
  [{ $set: { a: 1, 'b.c': 2 } }, { a: 0 }, { a: 1, b: { c: 2 } }],
  [{ $set: { 'a.1': 9 } }, { a: [1, 2] }, { a: [1, 9] }],
  [{ $set: { 'a.3': 9 } }, { a: [1] }, { a: [1, null, null, 9] }],
  [{ $set: { 'a.0.x': 1 } }, { a: [{ y: 1 }] }, { a: [{ y: 1, x: 1 }] }],
  [{ $set: { constructor: 1, 'prototype.x': 2 } }, {}, { constructor: 1, prototype: { x: 2 } }],
  [{ $unset: { a: '', 'b.c': '' } }, { a: 1, b: { c: 1, d: 1 } }, { b: { d: 1 } }],
  [{ $unset: { 'a.1': '', 'a.0.x': '' } }, { a: [{ x: 1, y: 1 }, 2, 3] }, { a: [{ y: 1 }, null, 3] }],
  [{ $unset: { 'a.b.c': '' } }, { a: 5 }, { a: 5 }],
  [{ $inc: { a: 2, b: -0.05, c: 1 } }, { a: 1, b: 0.2 }, { a: 3, b: 0.2 - 0.05, c: 1 }],
  [{ $inc: { a: 1 } }, { a: Number.MAX_SAFE_INTEGER }, { a: Long.fromString('9007199254740992') }],
  [{ $mul: { a: 3, b: 3 } }, { a: 2 }, { a: 6, b: 0 }],
  [{ $min: { a: 1, b: 5, c: 3 } }, { a: 2, b: 'x' }, { a: 1, b: 5, c: 3 }],
  [{ $max: { a: 1, b: 5, c: new Date(1) } }, { a: 2, b: 'x', c: 99 }, { a: 2, b: 'x', c: new Date(1) }],
  [{ $rename: { a: 'b.c' } }, { a: 1, b: { d: 2 } }, { b: { d: 2, c: 1 } }],
  [{ $rename: { a: 'b' } }, { c: 1 }, { c: 1 }],
  [{ $bit: { a: { xor: 5 }, b: { or: 1 } } }, { a: 3 }, { a: 6, b: 1 }],
  [{ $currentDate: { a: true } }, {}, { a: new Date(1000) }],
  [{ $setOnInsert: { a: 1 }, $set: { b: 1 } }, {}, { b: 1 }],
  [{ $push: { a: 1, b: { x: 1 } } }, { a: [0] }, { a: [0, 1], b: [{ x: 1 }] }],
  [{ $push: { a: { $each: [4, 5, 6], $sort: -1, $slice: 3 } } }, { a: [1, 2] }, { a: [6, 5, 4] }],
  [{ $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 2] }, { a: [1, 9, 2] }],
  [{ $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 2] }, { a: [1, 9, 2] }],
  [
    { $push: { a: { $each: [{ n: 2 }], $sort: { n: 1 }, $slice: -1 } } },
    { a: [{ n: 3 }] },
    { a: [{ n: 3 }] },
  ],
  [{ $push: { a: { $each: [], $slice: 0 } } }, { a: [1] }, { a: [] }],
  [
    { $addToSet: { a: 1, b: { $each: [1, { x: 1 }, 1] } } },
    { a: [1], b: [{ x: 1 }] },
    { a: [1], b: [{ x: 1 }, 1] },
  ],
  [{ $addToSet: { a: { each: [1] } } }, { a: [] }, { a: [{ each: [1] }] }],
  [{ $pop: { a: 1, b: -1, c: 1 } }, { a: [1, 2], b: [1, 2] }, { a: [1], b: [2] }],
  [{ $pull: { a: 2, b: { $in: ['x', 'y'] } } }, { a: [1, 2, 2], b: ['x', 'z'] }, { a: [1], b: ['z'] }],
  [{ $pull: { a: { n: { $gte: 2 } } } }, { a: [{ n: 1 }, { n: 2, m: 1 }, 5] }, { a: [{ n: 1 }, 5] }],
  [{ $pull: { a: [1] } }, { a: [[1], 1] }, { a: [1] }],
  [{ $pull: { missing: 1 } }, { a: 1 }, { a: 1 }],
  [{ $pullAll: { a: [1, { x: 1 }] } }, { a: [1, 2, { x: 1 }, 1] }, { a: [2] }],
]

describe('an update', () => {
  it.each(cases)('%o on %o', (update, before, after) => {
    const kept = structuredClone(before)
    expect(apply(update, before)).toEqual(after)
    expect(JSON.stringify(before)).toBe(JSON.stringify(kept))
  })

  it.each<[query: Document, update: Document, before: Document, after: Document]>([
    [{ 'a.n': 2 }, { $set: { 'a.$.m': 9 } }, { a: [{ n: 1 }, { n: 2 }] }, { a: [{ n: 1 }, { n: 2, m: 9 }] }],
    [{ a: { $gt: 1 } }, { $inc: { 'a.$': 5 } }, { a: [1, 2, 3] }, { a: [1, 7, 3] }],
    [{ a: 3 }, { $unset: { 'a.$': '' } }, { a: [1, 3] }, { a: [1, null] }],
    [
      { $and: [{ a: { $elemMatch: { n: 2, m: 2 } } }] },
      { $set: { 'a.$': 0 } },
      {
        a: [
          { n: 2, m: 1 },
          { n: 2, m: 2 },
        ],
      },
      { a: [{ n: 2, m: 1 }, 0] },
    ],
    [{}, { $inc: { 'a.$[].n': 1 } }, { a: [{ n: 1 }, {}] }, { a: [{ n: 2 }, { n: 1 }] }],
  ])('after %o, %o reaches the element that matched, or all', (query, update, before, after) => {
    expect(apply(update, before, false, query)).toEqual(after)
  })

  it('$setOnInsert counts for an insert', () => {
    expect(apply({ $setOnInsert: { a: 1 } }, {}, true)).toEqual({ a: 1 })
  })

  const refused: [update: Document, document: Document, message: RegExp][] = [
    [{}, {}, /empty/],
    [{ $set: {} }, {}, /empty/],
    [{ a: 1 }, {}, /modifier/],
    [{ $set: 5 }, {}, /scalar/],
    [{ $inc: { a: 1 } }, { a: 'x' }, /non-numeric/],
    [{ $inc: { a: 1 } }, { a: null }, /non-numeric/],
    [{ $inc: { a: '1' } }, { a: 1 }, /non-numeric/],
    [{ $inc: { a: 1 } }, { a: Long.MAX_VALUE }, /Failed to apply/],
    [{ $mul: { a: 2 } }, { a: [1] }, /non-numeric/],
    [{ $push: { a: 1 } }, { a: 5 }, /must be an array/],
    [{ $push: { a: 1 } }, { a: null }, /must be an array but is of type null/],
    [{ $addToSet: { a: 1 } }, { a: null }, /must be an array but is of type null/],
    [{ $push: { a: { $each: 5 } } }, {}, /must be an array/],
    [{ $push: { a: { $each: [], $nonsense: 1 } } }, {}, /clause/],
    [{ $push: { a: { $each: [], $slice: 1.5 } } }, {}, /integer/],
    [{ $push: { a: { $each: [], $sort: 2 } } }, {}, /sort/],
    [{ $addToSet: { a: 1 } }, { a: {} }, /must be an array/],
    [{ $pop: { a: 1 } }, { a: 'x' }, /must be an array/],
    [{ $pop: { a: 2 } }, { a: [] }, /1 or -1/],
    [{ $pull: { a: 1 } }, { a: 1 }, /must be an array/],
    [{ $pullAll: { a: 1 } }, { a: [1] }, /array/],
    [{ $bit: { a: { and: 1.5 } } }, {}, /integer/],
    [{ $bit: { a: { or: 1 } } }, { a: 'x' }, /non-integral/],
    [{ $currentDate: { a: 'x' } }, {}, /currentDate/],
    [{ $rename: { a: 5 } }, {}, /string/],
    [{ $rename: { 'a.0': 'b' } }, { a: [1] }, /array/],
    [{ $set: { 'a.x': 1 } }, { a: null }, /Cannot create field 'x' in element {a: null}/],
    [{ $set: { 'a.b.x': 1 } }, { a: { b: 5 } }, /Cannot create field 'x' in element {b: 5}/],
    [{ $set: { 'a.x': 1 } }, { a: [1] }, /Cannot create field 'x' in element {a: \[1\]}/],
    [{ $set: { 'a.9999999': 1 } }, { a: [] }, /backfill/],
    [{ $set: { a: 1, 'a.b': 2 } }, {}, /conflict/],
    [{ $set: { a: 1 }, $inc: { a: 2 } }, {}, /conflict/],
    [{ $set: { 'a..b': 1 } }, {}, /empty field name/],
    [{ $set: { 'a.$x': 1 } }, {}, /dollar/],
    [{ $set: { $: 1 } }, {}, /dollar/],
    [{ $set: { 'a.$': 1 } }, { a: [1] }, /did not find the match/],
    [{ $set: { 'a.$[]': 1 } }, { a: 1 }, /non-array/],
    [{ $set: { 'a.$[x]': 1 } }, { a: [1] }, /array filter/],
    [{ $rename: { 'a.$': 'b' } }, { a: [1] }, /dynamic/],
    [{ $set: { _id: 2 } }, { _id: 1 }, /_id/],
    [{ $unset: { _id: '' } }, { _id: 1 }, /_id/],
    [{ $rename: { a: '_id' } }, { _id: 1, a: 2 }, /_id/],
    [{ $set: { '__proto__.x': 1 } }, {}, /__proto__/],
    [{ $rename: { a: '__proto__.x' } }, { a: 1 }, /__proto__/],
  ]
  it.each(refused)('refuses %o on %o', (update, document, message) => {
    expect(() => apply(update, document)).toThrow(
      expect.objectContaining({ code: 'DATABASE_REQUEST_FAILED' }),
    )
    expect(() => apply(update, document)).toThrow(message)
  })

  it('refuses an operator that does not exist', () => {
    const code = 'DATABASE_INVALID_OPERRATOR'
    expect(() => apply({ $nonsense: { a: 1 } }, {})).toThrow(expect.objectContaining({ code }))
  })

  it('never touches what JavaScript objects inherit', () => {
    apply({ $set: { 'constructor.prototype.polluted': 1, 'toString.x': 1 } }, {})
    expect(() => apply({ $push: { 'constructor.name': 1 } }, {})).not.toThrow()
    expect(({} as Document)['polluted']).toBeUndefined()
    expect(Object.hasOwn(Object.prototype.toString, 'x')).toBe(false)
  })
})

describe('through the SDK', () => {
  let server: DatabaseServer
  let db: Untyped
  let _: Untyped

  beforeAll(async () => {
    server = await DatabaseServer.start()
    db = server.nodeSdk()
    _ = db.command
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    server.database.clear()
    server.database.createCollection('c')
    await c().add({
      _id: 'x',
      k: 'Life',
      tags: ['Go', 'Python'],
      nums: [1, 2, 3],
      arr: [{ n: 'A', o: {} }, { n: 'B' }],
    })
  })

  const c = () => db.collection('c')
  const changed = async (data: object) => {
    expect((await c().where({ _id: 'x' }).update(data)).updated).toBe(1)
    return (await c().doc('x').get()).data[0]
  }

  it('commands do what they say', async () => {
    expect((await changed({ tags: _.addToSet('Java') })).tags).toEqual(['Go', 'Python', 'Java'])
    expect((await changed({ tags: _.pullAll(['Java']) })).tags).toEqual(['Go', 'Python'])
    expect(await changed({ tags: _.pull(_.in(['Go'])), nums: _.pull(1) })).toMatchObject({
      tags: ['Python'],
      nums: [2, 3],
    })
    expect((await changed({ nums: _.pull(_.gte(3)) })).nums).toEqual([2])
    expect((await changed({ nums: _.push([5, 4]) })).nums).toEqual([2, 5, 4])
    expect((await changed({ nums: _.push({ each: [6], sort: -1, slice: 2 }) })).nums).toEqual([6, 5])
    expect((await changed({ nums: _.unshift(1) })).nums).toEqual([1, 6, 5])
    expect((await changed({ nums: _.pop() })).nums).toEqual([1, 6])
    expect((await changed({ nums: _.shift() })).nums).toEqual([6])
    expect(await changed({ k: _.rename('category'), n: _.inc(5) })).toMatchObject({ category: 'Life', n: 5 })
    expect((await changed({ n: _.max(9) })).n).toBe(9)
    expect((await changed({ n: _.mul(2) })).n).toBe(18)
    expect((await changed({ n: _.min(0) })).n).toBe(0)
    expect((await changed({ n: _.bit({ or: 5 }) })).n).toBe(5)
    expect((await changed({ arr: { 0: { o: _.remove() }, 1: _.remove() } })).arr).toEqual([{ n: 'A' }, null])
    expect((await changed({ o: { a: null, b: 1 } })).o).toEqual({ a: null, b: 1 })
    expect((await changed({ o: _.set({ c: 1 }) })).o).toEqual({ c: 1 })
    expect((await changed({ nums: [] })).nums).toEqual([])
  })

  it('one element of an array, by its place in the query', async () => {
    expect(
      (
        await c()
          .where({ _id: 'x', 'arr.n': 'B' })
          .update({ 'arr.$.n': 'C', 'arr.$.count': _.inc(1) })
      ).updated,
    ).toBe(1)
    expect((await c().doc('x').get()).data[0].arr).toEqual([
      { n: 'A', o: {} },
      { n: 'C', count: 1 },
    ])
  })

  it('server dates are the cloud clock, by the same moment in one request', async () => {
    const document = await changed({
      now: db.serverDate(),
      later: db.serverDate({ offset: 60_000 }),
      list: _.push([db.serverDate()]),
    })
    expect(document.later.getTime() - document.now.getTime()).toBe(60_000)
    expect(document.list[0]).toEqual(document.now)
    expect(Math.abs(document.now.getTime() - server.clock.now())).toBeLessThan(5000)
  })

  it('a server date the SDK does not translate is stored as it comes', async () => {
    expect((await changed({ list: _.push({ each: [db.serverDate()] }) })).list).toEqual([{ offset: 0 }])
  })

  it('all documents that match, or only one', async () => {
    await c().add([{ k: 'Life' }, { k: 'Life' }])
    expect((await c().where({ k: 'Life' }).update({ n: 1 })).updated).toBe(3)
    expect((await c().where({ k: 'Life' }).options({ multiple: false }).update({ n: 2 })).updated).toBe(1)
    expect((await c().where({ n: 1 }).options({ multiple: false }).remove()).deleted).toBe(1)
    expect((await c().where({}).remove()).deleted).toBe(2)
  })

  it('fails as a whole', async () => {
    await c().add([{ n: 1 }, { n: 'text' }])
    await expect(
      c()
        .where({ n: _.exists(true) })
        .update({ n: _.inc(1) }),
    ).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
    expect((await c().where({ n: 1 }).count()).total).toBe(1)
    await expect(c().add([{ _id: 'a' }, { _id: 'x' }])).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
    expect((await c().where({ _id: 'a' }).count()).total).toBe(0)
  })

  it('updateAndReturn gives the document back', async () => {
    expect(await c().where({ _id: 'x' }).updateAndReturn({ k: 'New' })).toMatchObject({
      updated: 1,
      doc: { _id: 'x', k: 'New' },
    })
    expect((await c().where({ _id: 'x' }).updateAndReturn({ k: 'New' })).updated).toBe(1)
    expect(await c().where({ _id: 'y' }).updateAndReturn({ k: 'New' })).toMatchObject({
      updated: 0,
      doc: null,
    })
  })

  it('needs a condition, and something to do', async () => {
    await expect(c().update({ a: 1 })).rejects.toMatchObject({ code: 'INVALID_PARAM' })
    await expect(c().remove()).rejects.toMatchObject({ code: 'INVALID_PARAM' })
    await expect(c().where({ _id: 'x' }).update({ a: {} })).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
  })

  it('upserts when a raw client asks so', async () => {
    const request = {
      collectionName: 'c',
      query: '{"k":"Upsert","n":{"$eq":{"$numberInt":"5"}}}',
      data: '{"$inc":{"count":{"$numberInt":"1"}},"$setOnInsert":{"made":true}}',
      merge: true,
      upsert: true,
    }
    const { data } = (await server.database.handle('database.modifyDocument', request)) as { data: Document }
    expect(data).toEqual({ updated: 0, upsert_id: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect((await c().doc(data['upsert_id']).get()).data).toEqual([
      { _id: data['upsert_id'], k: 'Upsert', n: 5, count: 1, made: true },
    ])
  })
})
