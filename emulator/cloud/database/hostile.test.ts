import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CloudError } from '../errors.ts'
import { DatabaseServer } from './testing/database-server.ts'

let server: DatabaseServer

beforeAll(async () => {
  server = await DatabaseServer.start()
})
afterAll(() => server.close())
beforeEach(() => {
  server.database.clear()
  server.database.createCollection('c')
})

/** The code of the failure, or the answer. */
async function outcome(action: string, body: Record<string, unknown>): Promise<unknown> {
  try {
    return await server.database.handle(action, { collectionName: 'c', ...body })
  } catch (error) {
    return error instanceof CloudError ? error.code : error
  }
}

const ACTIONS = [
  'database.addCollection',
  'database.insertDocument',
  'database.getDocument',
  'database.calculateDocument',
  'database.modifyDocument',
  'database.modifyAndReturnDoc',
  'database.removeDocument',
  'database.aggregateDocuments',
  'database.commitTransaction',
  'database.abortTransaction',
  'database.nonsense',
]

const OPERATORS = [
  ...[
    '$set',
    '$inc',
    '$push',
    '$pull',
    '$unset',
    '$rename',
    '$bit',
    '$each',
    '$slice',
    '$sort',
    '$position',
    '$min',
  ],
  ...[
    '$gt',
    '$in',
    '$not',
    '$or',
    '$and',
    '$elemMatch',
    '$regex',
    '$options',
    '$type',
    '$expr',
    '$jsonSchema',
    '$all',
  ],
  ...[
    '$near',
    '$geoWithin',
    '$geometry',
    '$maxDistance',
    '$date',
    '$oid',
    '$numberLong',
    '$regularExpression',
  ],
  ...[
    '$tcb_server_date',
    '$binary',
    '$numberDecimal',
    '$timestamp',
    '$uuid',
    '$minKey',
    '$undefined',
    '$sum',
  ],
  ...[
    'a',
    'b.c',
    '0',
    '_id',
    '__proto__',
    'constructor',
    'prototype',
    'length',
    'toString',
    'coordinates',
    'type',
  ],
]

/** Values that look enough like operators to get past the first check. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1.5,
      '',
      'a',
      '$a',
      '$$ROOT',
      'Point',
      1e308,
      '__proto__.x',
      '\ud800',
      '(',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...OPERATORS), tie('value'), { maxKeys: 3 }),
  ),
})).value

const text = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  fc.string(),
  json,
)

const stage = fc.record({
  stageKey: fc.constantFrom(
    '$match',
    '$group',
    '$project',
    '$lookup',
    '$unwind',
    '$sort',
    '$limit',
    '$geoNear',
    '$addFields',
    '$facet',
    '$bucket',
    '$x',
  ),
  stageValue: text,
})

const body = fc.record(
  {
    collectionName: fc.oneof({ weight: 5, arbitrary: fc.constant('c') }, json),
    query: text,
    data: fc.oneof(text, fc.array(text, { maxLength: 2 })),
    order: text,
    projection: text,
    limit: json,
    offset: json,
    multi: json,
    merge: json,
    upsert: json,
    stages: fc.oneof(fc.array(stage, { maxLength: 3 }), json),
    transactionId: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, json),
  },
  { requiredKeys: [] },
)

it('answers or refuses whatever comes, and nothing inherited changes', async () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype).length
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ACTIONS), body, async (action, fields) => {
      server.database.putDocument('c', {
        _id: 1,
        a: [1, { b: { c: 'x' } }, null],
        b: { c: [2] },
        type: 'Point',
        coordinates: [1, 2],
      })
      const result = await outcome(action, fields as Record<string, unknown>)
      expect(typeof result === 'string' || Object.getPrototypeOf(result) === Object.prototype).toBe(true)
      expect(result).not.toBe('SYS_ERR')
      expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(inherited)
    }),
    { numRuns: 2000 },
  )
})

it('stores and answers any document unchanged', async () => {
  const name = fc
    .string({ minLength: 1 })
    .filter((text) => !/^\$|\0|__proto__|^_id$|^\d+$/.test(text) && text === Buffer.from(text).toString())
  const scalar = fc.oneof(
    fc.string().map((text) => Buffer.from(text).toString()),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  const document = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  })).value
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, document, { maxKeys: 4 }), async (fields) => {
      const inserted = (await outcome('database.insertDocument', { data: [JSON.stringify(fields)] })) as {
        data: { insertedIds: string[] }
      }
      const query = JSON.stringify({ _id: inserted.data.insertedIds[0] })
      const found = (await outcome('database.getDocument', { query })) as { data: { list: string[] } }
      const { _id, ...answer } = JSON.parse(found.data.list[0] ?? '{}')
      expect(answer).toEqual(JSON.parse(JSON.stringify(fields)))
    }),
    { numRuns: 300 },
  )
})

describe('refuses', () => {
  const refused: [name: string, action: string, body: Record<string, unknown>, code: string][] = [
    ['an unknown action', 'database.nonsense', {}, 'INVALID_PARAM'],
    ['no collection', 'database.getDocument', { collectionName: undefined }, 'INVALID_PARAM'],
    ['a collection that is no text', 'database.getDocument', { collectionName: { a: 1 } }, 'INVALID_PARAM'],
    ['a new collection named with $', 'database.addCollection', { collectionName: 'a$b' }, 'INVALID_PARAM'],
    ['a new collection named ..', 'database.addCollection', { collectionName: '..' }, 'INVALID_PARAM'],
    [
      'a new collection with too long a name',
      'database.addCollection',
      { collectionName: 'a'.repeat(256) },
      'INVALID_PARAM',
    ],
    [
      'a collection of too long a name',
      'database.getDocument',
      { collectionName: 'a'.repeat(5000) },
      'DATABASE_COLLECTION_NOT_EXIST',
    ],
    ['a query that is not JSON', 'database.getDocument', { query: '{' }, 'DATABASE_REQUEST_FAILED'],
    ['a query that is no object', 'database.getDocument', { query: '[]' }, 'INVALID_PARAM'],
    ['a negative offset', 'database.getDocument', { offset: -1 }, 'INVALID_PARAM'],
    [
      'an order that is neither 1 nor -1',
      'database.getDocument',
      { order: '{"a":2}' },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'a mixed projection',
      'database.getDocument',
      { projection: '{"a":1,"b":0}' },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'a colliding projection',
      'database.getDocument',
      { projection: '{"a":1,"a.b":1}' },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'a projection operator',
      'database.getDocument',
      { projection: '{"a":{"$meta":"x"}}' },
      'DATABASE_INVALID_OPERRATOR',
    ],
    ['no document', 'database.insertDocument', { data: [] }, 'INVALID_PARAM'],
    ['a document that is no object', 'database.insertDocument', { data: ['5'] }, 'INVALID_PARAM'],
    [
      'a field __proto__',
      'database.insertDocument',
      { data: ['{"__proto__":{"a":1}}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    ['a field with NUL', 'database.insertDocument', { data: ['{"a\\u0000b":1}'] }, 'DATABASE_REQUEST_FAILED'],
    [
      'an _id that is an array',
      'database.insertDocument',
      { data: ['{"_id":[1]}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'an _id that is a regex',
      'database.insertDocument',
      { data: ['{"_id":{"$regularExpression":{"pattern":"x","options":""}}}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'an invalid date',
      'database.insertDocument',
      { data: ['{"a":{"$date":{"$numberLong":"NaN"}}}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'an invalid ObjectId',
      'database.insertDocument',
      { data: ['{"a":{"$oid":"xyz"}}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'a bad server date',
      'database.insertDocument',
      { data: ['{"a":{"$tcb_server_date":{"offset":"x"}}}'] },
      'DATABASE_REQUEST_FAILED',
    ],
    ['an update without data', 'database.modifyDocument', { query: '{}', merge: true }, 'INVALID_PARAM'],
    [
      'an update that is a document',
      'database.modifyDocument',
      { query: '{}', data: '{"a":1}', merge: true },
      'DATABASE_REQUEST_FAILED',
    ],
    ['stages that are no list', 'database.aggregateDocuments', { stages: 5 }, 'INVALID_PARAM'],
    ['a stage without a key', 'database.aggregateDocuments', { stages: [{}] }, 'INVALID_PARAM'],
    [
      '__proto__ as a path of a stage',
      'database.aggregateDocuments',
      { stages: [{ stageKey: '$project', stageValue: '{"a":"$__proto__.x"}' }] },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'inherited names as a path to write',
      'database.aggregateDocuments',
      { stages: [{ stageKey: '$addFields', stageValue: '{"constructor.prototype.x":1}' }] },
      'DATABASE_REQUEST_FAILED',
    ],
    ['a commit without an id', 'database.commitTransaction', {}, 'DATABASE_TRANSACTION_FAIL'],
    ['an unknown transaction', 'database.getDocument', { transactionId: 'x' }, 'DATABASE_TRANSACTION_FAIL'],
    ['a transaction id that is no text', 'database.getDocument', { transactionId: 5 }, 'INVALID_PARAM'],
  ]
  it.each(refused)('%s', async (_name, action, fields, code) => {
    expect(await outcome(action, fields)).toBe(code)
  })

  it('a change of _id by set', async () => {
    await outcome('database.insertDocument', { data: ['{"_id":"a"}'] })
    expect(await outcome('database.modifyDocument', { query: '{"_id":"a"}', data: '{"_id":"b"}' })).toBe(
      'DATABASE_REQUEST_FAILED',
    )
  })

  it('a document nested more than 100 levels, or larger than 16 MB', async () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    expect(await outcome('database.insertDocument', { data: [nested(100)] })).toHaveProperty('data')
    expect(await outcome('database.insertDocument', { data: [nested(101)] })).toBe('DATABASE_REQUEST_FAILED')
    expect(await outcome('database.insertDocument', { data: [nested(100_000)] })).toBe(
      'DATABASE_REQUEST_FAILED',
    )
    const large = (bytes: number) => JSON.stringify({ a: 'x'.repeat(bytes) })
    expect(await outcome('database.insertDocument', { data: [large(15 * 1024 * 1024)] })).toHaveProperty(
      'data',
    )
    expect(await outcome('database.insertDocument', { data: [large(16 * 1024 * 1024)] })).toBe(
      'DATABASE_REQUEST_FAILED',
    )
  })
})
