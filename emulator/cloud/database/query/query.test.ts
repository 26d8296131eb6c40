import { Binary, BSONRegExp, Decimal128, Long, ObjectId } from 'bson'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compileExpression } from '../aggregate/expression.ts'
import { DatabaseServer, type Untyped } from '../testing/database-server.ts'
import type { Document } from '../values/document.ts'
import { compileOrder } from './order.ts'
import { compileQuery } from './query.ts'

const matches = (query: Document, document: Document) => compileQuery(query, compileExpression)(document)
const regex = (pattern: string, options = '') => new BSONRegExp(pattern, options)
const date = (milliseconds: number) => new Date(milliseconds)
const id = new ObjectId('5f1a2b3c4d5e6f7a8b9c0d1e')

/** A query, a document it matches, a document it does not. */
const cases: [query: Document, yes: Document, no: Document][] = [
  [{ a: 1 }, { a: 1 }, { a: '1' }],
  [{ a: 1 }, { a: [3, 1] }, { a: [[1]] }],
  [{ a: [1, 2] }, { a: [1, 2] }, { a: [2, 1] }],
  [{ a: [1] }, { a: [[1], 2] }, { a: [1, 2] }],
  [{ a: { x: 1, y: 2 } }, { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
  [{ a: {} }, { a: {} }, { a: { x: 1 } }],
  [{ a: null }, {}, { a: 0 }],
  [{ a: null }, { a: [1, null] }, { a: [] }],
  [{ 'a.b': null }, { a: [{ b: 1 }, {}] }, { a: [1, 2] }],
  [{ 'a.b': null }, { a: 5 }, { a: { b: 0 } }],
  [{ 'a.b': 1 }, { a: [{ b: 2 }, { b: 1 }] }, { a: [[{ b: 1 }]] }],
  [{ 'a.1': 5 }, { a: [4, 5] }, { a: [5, 4] }],
  [{ 'a.1.b': 5 }, { a: [4, { b: 5 }] }, { a: [{ b: 5 }] }],
  [{ 'a.1': 5 }, { a: [{ 1: 5 }] }, { a: [{ 2: 5 }] }],
  [{ a: regex('^x', 'i') }, { a: ['y', 'Xa'] }, { a: 'ax' }],
  [{ a: regex('^x') }, { a: regex('^x') }, { a: regex('^y') }],
  [{ a: id }, { a: new ObjectId(id.toHexString()) }, { a: id.toHexString() }],
  [{ a: date(5) }, { a: date(5) }, { a: 5 }],
  [{ a: 7 }, { a: Long.fromNumber(7) }, { a: 8 }],
  [{ a: 0.5 }, { a: Decimal128.fromString('0.5') }, { a: Decimal128.fromString('0.6') }],
  [
    { a: new Binary(Buffer.from('x')) },
    { a: new Binary(Buffer.from('x')) },
    { a: new Binary(Buffer.from('y')) },
  ],
  [{ a: { $eq: regex('x') } }, { a: regex('x') }, { a: 'x' }],
  [{ a: { $ne: 1 } }, {}, { a: [1, 2] }],
  [{ a: { $gt: 1 } }, { a: [0, 2] }, { a: '2' }],
  [{ a: { $gte: null } }, {}, { a: 1 }],
  [{ a: { $lt: 1 } }, { a: 0 }, { a: Number.NaN }],
  [{ a: { $gt: date(1) } }, { a: date(2) }, { a: 3 }],
  [{ a: { $lt: true } }, { a: [false] }, { a: 0 }],
  [{ a: { $gt: [1] } }, { a: [2] }, { a: 2 }],
  [{ a: { $gt: 1, $lt: 3 } }, { a: 2 }, { a: 3 }],
  [{ a: { $in: [1, regex('^x')] } }, { a: 'xy' }, { a: 'y' }],
  [{ a: { $in: [null] } }, {}, { a: 1 }],
  [{ a: { $nin: [1, 2] } }, {}, { a: [2, 3] }],
  [{ a: { $exists: true } }, { a: null }, {}],
  [{ a: { $exists: false } }, {}, { a: null }],
  [{ 'a.b': { $exists: false } }, { a: [1] }, { a: [{ b: 1 }] }],
  [{ a: { $size: 2 } }, { a: [1, 2] }, { a: [1] }],
  [{ a: { $mod: [4, 3] } }, { a: 7 }, { a: 8 }],
  [{ a: { $all: [1, 2] } }, { a: [2, 1, 3] }, { a: [1] }],
  [{ a: { $all: [1] } }, { a: 1 }, { a: 2 }],
  [
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    { a: [{ x: 1 }, { x: 2 }] },
    { a: [{ x: 1 }] },
  ],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [2] }, { a: [0, 4] }],
  [{ a: { $elemMatch: { x: { $gt: 0 } } } }, { a: [{ x: 1 }] }, { a: [1, 'x'] }],
  [{ a: { $elemMatch: { x: { $exists: true } } } }, { a: [{ x: 1 }] }, { a: ['x'] }],
  [{ a: { $elemMatch: { $ne: 'Go' } } }, { a: ['Go', 'C'] }, { a: ['Go'] }],
  [{ a: { $not: { $gt: 1 } } }, {}, { a: 2 }],
  [{ a: { $not: regex('x') } }, { a: 'y' }, { a: 'xy' }],
  [{ a: { $type: 'string' } }, { a: 'x' }, { a: 1 }],
  [{ a: { $type: ['int', 'null'] } }, { a: null }, { a: 1.5 }],
  [{ a: { $type: 'number' } }, { a: 1.5 }, { a: '1' }],
  [{ a: { $type: 4 } }, { a: [] }, { a: {} }],
  [{ a: { $regex: 'b.c', $options: 's' } }, { a: 'b\nc' }, { a: 'bc' }],
  [{ a: { $regex: regex('B', 'i') } }, { a: 'ab' }, { a: 'ac' }],
  [{ a: { $regex: '(?i)B' } }, { a: 'ab' }, { a: 'ac' }],
  [{ a: { $regex: 'a b # comment', $options: 'x' } }, { a: 'ab' }, { a: 'a b' }],
  [{ a: { $bitsAllSet: [0, 2] } }, { a: 5 }, { a: 4 }],
  [{ a: { $bitsAnySet: 6 } }, { a: 4 }, { a: 1 }],
  [{ a: { $bitsAllClear: 6 } }, { a: 1 }, { a: 3 }],
  [{ a: { $bitsAnyClear: [0, 1] } }, { a: 1 }, { a: 3 }],
  [{ $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }, { a: 1 }],
  [{ $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }, { c: 1 }],
  [{ $nor: [{ a: 1 }, { b: 2 }] }, {}, { a: 1 }],
  [{ $expr: { $gte: ['$a', 3] } }, { a: 3 }, { a: 2 }],
  [{ $comment: 'why', a: 1 }, { a: 1 }, { a: 2 }],
]

describe('a query', () => {
  it.each(cases)('%o', (query, yes, no) => {
    expect(matches(query, yes)).toBe(true)
    expect(matches(query, no)).toBe(false)
  })

  const schemas: [schema: Document, yes: unknown, no: unknown][] = [
    [{ required: ['a'] }, { a: 1 }, {}],
    [{ properties: { a: { bsonType: 'string' } } }, { a: 'x' }, { a: 1 }],
    [{ properties: { a: { type: 'number' } } }, { a: 1.5 }, { a: 'x' }],
    [{ properties: { a: { bsonType: ['objectId', 'null'] } } }, { a: id }, { a: id.toHexString() }],
    [{ properties: { a: { minimum: 1, exclusiveMinimum: true } } }, { a: 2 }, { a: 1 }],
    [{ properties: { a: { maximum: 1 } } }, { a: 1 }, { a: 2 }],
    [{ properties: { a: { multipleOf: 3 } } }, { a: 6 }, { a: 7 }],
    [{ properties: { a: { enum: [1, 'x'] } } }, { a: 'x' }, { a: 2 }],
    [{ properties: { a: { pattern: '^x' } } }, { a: 'xy' }, { a: 'y' }],
    [{ properties: { a: { minLength: 2, maxLength: 3 } } }, { a: '中文' }, { a: '中' }],
    [{ properties: { a: { minItems: 1, maxItems: 2, uniqueItems: true } } }, { a: [1, 2] }, { a: [1, 1] }],
    [{ properties: { a: { items: { bsonType: 'int' } } } }, { a: [1] }, { a: [1, 'x'] }],
    [
      { properties: { a: { items: [{ bsonType: 'int' }], additionalItems: false } } },
      { a: [1] },
      { a: [1, 2] },
    ],
    [{ properties: { a: {} }, additionalProperties: false }, { a: 1 }, { a: 1, b: 2 }],
    [{ patternProperties: { '^n': { bsonType: 'int' } } }, { n1: 1 }, { n1: 'x' }],
    [{ dependencies: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
    [{ minProperties: 1, maxProperties: 1 }, { a: 1 }, { a: 1, b: 2 }],
    [{ allOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, { a: 1 }],
    [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }, {}],
    [{ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }, { a: 1, b: 1 }],
    [{ not: { required: ['a'] } }, {}, { a: 1 }],
  ]
  it.each(schemas)('$jsonSchema %o', ($jsonSchema, yes, no) => {
    expect(matches({ $jsonSchema }, yes as Document)).toBe(true)
    expect(matches({ $jsonSchema }, no as Document)).toBe(false)
  })

  const refused: [query: Document, code: string][] = [
    [{ a: { $nonsense: 1 } }, 'DATABASE_INVALID_OPERRATOR'],
    [{ $nonsense: 1 }, 'DATABASE_INVALID_OPERRATOR'],
    [{ $where: 'true' }, 'DATABASE_INVALID_OPERRATOR'],
    [{ a: { $where: 'true' } }, 'DATABASE_INVALID_OPERRATOR'],
    [{ a: { $gt: 1, b: 2 } }, 'DATABASE_INVALID_OPERRATOR'],
    [{ $jsonSchema: { nonsense: 1 } }, 'DATABASE_INVALID_OPERRATOR'],
    [{ $jsonSchema: { required: 'a' } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $in: 1 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $in: [{ $gt: 1 }] } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $regex: '(' } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $regex: 5 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $regex: 'x', $options: 'q' } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $options: 'i' } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $size: 1.5 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $mod: [0, 1] } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $mod: [1] } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $all: 1 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $elemMatch: 1 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $not: 1 } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $type: 'nonsense' } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $gt: regex('x') } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $ne: regex('x') } }, 'DATABASE_REQUEST_FAILED'],
    [{ a: { $bitsAllSet: 'x' } }, 'DATABASE_REQUEST_FAILED'],
    [{ $or: [] }, 'DATABASE_REQUEST_FAILED'],
    [{ $and: { a: 1 } }, 'DATABASE_REQUEST_FAILED'],
  ]
  it.each(refused)('refuses %o before reading a document', (query, code) => {
    expect(() => compileQuery(query, compileExpression)).toThrow(expect.objectContaining({ code }))
  })
})

it('sorts all types in the order of the MongoDB manual', () => {
  const values = [
    null,
    Number.NaN,
    -1,
    0.5,
    Long.fromString('9007199254740993'),
    'A',
    'a',
    '\uffff',
    '𝒳',
    {},
    { a: 1 },
    { b: 1 },
    [0],
    new Binary(Buffer.from('x')),
    id,
    false,
    true,
    date(1),
    regex('x'),
  ]
  const documents: Document[] = values.map((a) => ({ a: Array.isArray(a) ? [a] : a }))
  const shuffled = [...documents].sort((left, right) =>
    JSON.stringify(left).localeCompare(JSON.stringify(right)),
  )
  expect(shuffled.sort(compileOrder({ a: 1 }))).toEqual(documents)
  expect(shuffled.sort(compileOrder({ a: -1 }))).toEqual([...documents].reverse())
})

it('sorts an array by its least element upwards, by its greatest downwards', () => {
  const documents = [{ a: [5, 1] }, { a: 3 }, { a: [] }, {}]
  expect([...documents].sort(compileOrder({ a: 1 }))).toEqual([{ a: [] }, {}, { a: [5, 1] }, { a: 3 }])
  expect([...documents].sort(compileOrder({ a: -1 }))).toEqual([{ a: [5, 1] }, { a: 3 }, {}, { a: [] }])
})

describe('through the SDK', () => {
  let server: DatabaseServer
  let db: Untyped
  let _: Untyped

  beforeAll(async () => {
    server = await DatabaseServer.start()
    db = server.weChat()
    _ = db.command
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.database.clear()
    server.database.createCollection('c')
  })

  const c = () => db.collection('c')
  const given = (documents: object[]) => c().add({ data: documents })
  const ids = async (condition: object) =>
    (await c().where(condition).get()).data.map((d: Document) => d['_id'])

  it('commands find what they say', async () => {
    await given([
      { _id: 1, n: 1, tags: ['Go'], date: date(1) },
      { _id: 2, n: 5, tags: ['C', 'Go'], o: { a: 1, b: 2 } },
      { _id: 3, tags: [{ value: 7 }], name: 'AbC' },
    ])
    expect(await ids({ n: _.gt(0).lt(5) })).toEqual([1])
    expect(await ids({ n: _.or(_.eq(1), _.eq(5)) })).toEqual([1, 2])
    expect(await ids({ n: _.not(_.gt(1)) })).toEqual([1, 3])
    expect(await ids({ n: _.nor(_.eq(1), _.eq(5)) })).toEqual([3])
    expect(await ids(_.or({ n: _.and(_.gte(1), _.lte(3)) }, { name: /abc/i }))).toEqual([1, 3])
    expect(await ids({ o: { b: 2 } })).toEqual([2])
    expect(await ids({ o: _.eq({ b: 2 }) })).toEqual([])
    expect(await ids({ o: _.eq({ a: 1, b: 2 }) })).toEqual([2])
    expect(await ids({ tags: _.all(['Go']) })).toEqual([1, 2])
    expect(await ids({ tags: _.elemMatch({ value: _.gt(0) }) })).toEqual([3])
    expect(await ids({ tags: _.size(2) })).toEqual([2])
    expect(await ids({ date: _.lte(date(1)).and(_.gte(date(1))) })).toEqual([1])
    expect(await ids({ date: _.lt(db.serverDate()) })).toEqual([1])
    expect(await ids({ name: db.RegExp({ regexp: '^abc$', options: 'i' }) })).toEqual([3])
    expect(await ids({ name: /b/g })).toEqual([3])
    expect(await ids(_.expr(_.aggregate.gte(['$n', 5])))).toEqual([2])
    expect(await ids({ _id: _.in([3, 1, 99]) })).toEqual([1, 3])
    expect(await ids({ _id: _.and(_.gt(1), _.lt(3)) })).toEqual([2])
    expect(
      (
        await c()
          .where({ n: _.exists(true) })
          .count()
      ).total,
    ).toBe(2)
    expect((await c().count()).total).toBe(3)
  })

  it('orders, skips, limits and projects', async () => {
    await given([
      { _id: 1, k: 'b', n: 2, tags: [1, 2, 3], o: { x: 1, y: 2 } },
      { _id: 2, k: 'a', n: 2 },
      { _id: 3, k: 'c', n: 1 },
    ])
    const order = async (query: { get(): Promise<{ data: Document[] }> }) =>
      (await query.get()).data.map((d) => d['_id'])
    expect(await order(c().orderBy('n', 'asc').orderBy('k', 'desc'))).toEqual([3, 1, 2])
    expect(await order(c().skip(1).limit(1))).toEqual([2])
    expect(await order(c().orderBy('k', 'asc').skip(2))).toEqual([3])
    const projected = async (field: object) => (await c().doc(1).field(field).get()).data
    expect(await projected({ k: true })).toEqual({ _id: 1, k: 'b' })
    expect(await projected({ _id: false, 'o.x': true })).toEqual({ o: { x: 1 } })
    expect(await projected({ tags: false, 'o.y': false })).toEqual({ _id: 1, k: 'b', n: 2, o: { x: 1 } })
    expect(await projected({ k: 1, tags: _.project.slice(-2) })).toEqual({ _id: 1, k: 'b', tags: [2, 3] })
    expect((await projected({ tags: _.project.slice([1, 1]) })).tags).toEqual([2])
    expect(await projected({ tags: { $elemMatch: { $gt: 1 } } })).toEqual({ _id: 1, tags: [2] })
  })

  it('gives 100 documents without a limit and never more than 1000', async () => {
    await given(Array.from({ length: 1001 }, (_value, n) => ({ n })))
    expect((await c().get()).data).toHaveLength(100)
    expect((await c().limit(1000).get()).data).toHaveLength(1000)
    const raw = await server.database.handle('database.getDocument', { collectionName: 'c', limit: 5000 })
    expect((raw['data'] as { list: unknown[] }).list).toHaveLength(1000)
  })

  it('finds the first in order among many, equal ones as they were inserted', async () => {
    await given(Array.from({ length: 4000 }, (_value, n) => ({ _id: n, rank: (n * 7919) % 100, n })))
    const { data } = await c().orderBy('rank', 'desc').orderBy('n', 'desc').skip(1).limit(3).get()
    expect(data.map((d: Document) => d['rank'])).toEqual([99, 99, 99])
    const byRank = server.database.documents('c', { sort: { rank: 1 }, limit: 41 })
    const first = byRank.filter(({ rank }) => rank === 0).map(({ n }) => n)
    expect(first).toEqual(Array.from({ length: 40 }, (_value, at) => at * 100))
    expect(byRank[40]?.['rank']).toBe(1)
  })

  it('tells an unknown operator by its code', async () => {
    const call = c()
      .where({ n: { $nonsense: 1 } })
      .get()
    await expect(call).rejects.toMatchObject({ errCode: -502002 })
  })
})
