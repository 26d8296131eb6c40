import { ObjectId } from 'bson'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IndexInfo } from '../../control/collection.ts'
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

const put = (document: Record<string, unknown>) => server.database.putDocument('c', document)
const count = () => server.database.collections()[0]?.documentCount
const unique = (...fields: string[]): IndexInfo => ({
  name: 'u',
  keys: fields.map((field) => ({ field, direction: 1 })),
  unique: true,
})
const ids = (filter: Record<string, unknown>) =>
  server.database.documents('c', { filter }).map(({ _id }) => _id)
const E11000 = expect.objectContaining({
  code: 'DATABASE_REQUEST_FAILED',
  message: expect.stringContaining('E11000'),
})

describe('a unique index', () => {
  it('refuses a second document with the key, and says which', () => {
    server.database.createIndex('c', unique('phone'))
    put({ _id: 1, phone: '1' })
    expect(() => put({ _id: 2, phone: '1' })).toThrow(/E11000 .*\.c index: u dup key: { phone: "1" }/)
    expect(count()).toBe(1)
  })

  it('takes missing for null', () => {
    server.database.createIndex('c', unique('phone'))
    put({ _id: 1 })
    expect(() => put({ _id: 2, phone: null })).toThrow(E11000)
    expect(() => put({ _id: 3 })).toThrow(E11000)
  })

  it('takes an empty array for neither missing nor null', () => {
    server.database.createIndex('c', unique('phone'))
    put({ _id: 1 })
    put({ _id: 2, phone: [] })
    expect(ids({ phone: null })).toEqual([1])
    expect(() => put({ _id: 3, phone: [] })).toThrow(/dup key: { phone: undefined }/)
  })

  it('leaves out documents without the field when it is sparse, but not null', () => {
    server.database.createIndex('c', { ...unique('phone'), sparse: true })
    put({ _id: 1 })
    put({ _id: 2 })
    put({ _id: 3, phone: null })
    expect(() => put({ _id: 4, phone: null })).toThrow(E11000)
    expect(ids({ phone: null })).toEqual([1, 2, 3])
  })

  it('lists each element of an array', () => {
    server.database.createIndex('c', unique('tags.name'))
    put({ _id: 1, tags: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] })
    expect(() => put({ _id: 2, tags: { name: 'b' } })).toThrow(E11000)
    expect(ids({ 'tags.name': 'b' })).toEqual([1])
  })

  it('over several fields wants all of them equal', () => {
    server.database.createIndex('c', unique('a', 'b'))
    put({ _id: 1, a: 1, b: 1 })
    put({ _id: 2, a: 1, b: 2 })
    expect(() => put({ _id: 3, a: 1, b: 2 })).toThrow(E11000)
    expect(ids({ a: 1, b: 2 })).toEqual([2])
    expect(() => put({ _id: 4, a: [1], b: [2] })).toThrow(/parallel arrays/)
  })

  it('holds 7 and 7.0 to be one key, 7 and "7" two', () => {
    server.database.createIndex('c', unique('n'))
    put({ _id: 1, n: 7 })
    put({ _id: 2, n: '7' })
    expect(() => put({ _id: 3, n: 7.0 })).toThrow(E11000)
  })

  it('stays exact for long keys', () => {
    server.database.createIndex('c', unique('text'))
    put({ _id: 1, text: `${'长'.repeat(5000)}a` })
    put({ _id: 2, text: `${'长'.repeat(5000)}b` })
    expect(() => put({ _id: 3, text: `${'长'.repeat(5000)}b` })).toThrow(E11000)
    put({ _id: 'x'.repeat(10_000), text: '' })
    expect(ids({ _id: 'x'.repeat(10_000) })).toHaveLength(1)
  })

  it('frees the key of a document that is changed or removed', () => {
    server.database.createIndex('c', unique('n'))
    put({ _id: 1, n: 1 })
    put({ _id: 1, n: 2 })
    put({ _id: 2, n: 1 })
    expect(server.database.removeDocument('c', 2)).toBe(true)
    expect(server.database.removeDocument('c', 2)).toBe(false)
    put({ _id: 3, n: 1 })
    expect(ids({ n: 1 })).toEqual([3])
  })

  it('can not be made over documents that share a key, and then is not there', () => {
    put({ _id: 1, n: 1 })
    put({ _id: 2, n: 1 })
    expect(() => server.database.createIndex('c', unique('n'))).toThrow(E11000)
    expect(server.database.collections()[0]?.indexes).toHaveLength(1)
    put({ _id: 3, n: 1 })
  })

  it('is gone when dropped, and may be made again', () => {
    server.database.createIndex('c', unique('n'))
    put({ _id: 1, n: 1 })
    server.database.dropIndex('c', 'u')
    put({ _id: 2, n: 1 })
    expect(ids({ n: 1 })).toEqual([1, 2])
    expect(() => server.database.createIndex('c', unique('n'))).toThrow(E11000)
  })
})

describe('_id', () => {
  it('may be of other types, and found by them', () => {
    const objectId = new ObjectId()
    const values = [objectId, new Date(5), { a: 1 }, true, null, 1.5, '中']
    for (const _id of values) put({ _id })
    for (const _id of values) expect(ids({ _id: { $eq: _id } })).toEqual([_id])
    expect(ids({ _id: { $in: [1.5, objectId] } })).toEqual([objectId, 1.5])
  })

  it.each([
    [{ _id: 2 }],
    [{ _id: { $in: [2, 99] } }],
    [{ $and: [{ _id: { $eq: 2 } }, { n: 2 }] }],
    [{ _id: 2, n: { $gt: 1 } }],
  ])('%o reads no other document', async (filter) => {
    for (const n of [1, 2, 3]) put({ _id: n, n })
    const query = JSON.stringify({ ...filter, $expr: { $divide: [1, { $subtract: ['$n', 2] }] } })
    // The expression fails for n = 2 alone; with the condition on another document it must not be reached.
    await expect(
      server.database.handle('database.getDocument', { collectionName: 'c', query }),
    ).rejects.toBeDefined()
    const other = JSON.stringify({
      $and: [{ $expr: { $divide: [1, { $subtract: ['$n', 2] }] } }, { _id: 3 }],
    })
    await expect(
      server.database.handle('database.getDocument', { collectionName: 'c', query: other }),
    ).resolves.toBeDefined()
  })
})

describe('an index', () => {
  it('is refused with a bad definition', () => {
    const keys = [{ field: 'a', direction: 1 as const }]
    server.database.createIndex('c', { name: 'a', keys })
    expect(() => server.database.createIndex('c', { name: 'a', keys })).toThrow(/already exists/)
    expect(() => server.database.createIndex('c', { name: 'b', keys: [] })).toThrow()
    expect(() =>
      server.database.createIndex('c', { name: 'b', keys: [{ field: '$a', direction: 1 }] }),
    ).toThrow()
    expect(() => server.database.dropIndex('c', '_id_')).toThrow(/_id/)
    expect(() => server.database.dropIndex('c', 'nothing')).toThrow(/not found/)
  })

  it('is limited to 64 a collection', () => {
    for (let n = 1; n < 64; n++)
      server.database.createIndex('c', { ...unique(`f${n}`), name: `i${n}`, unique: false })
    expect(() => server.database.createIndex('c', unique('f64'))).toThrow(/too many indexes/)
  })
})

describe('what is kept', () => {
  it('survives a restart: documents, their order, indexes, permissions, counts', async () => {
    server.database.createIndex('c', unique('n'))
    server.database.setPermission('c', 'ADMINONLY')
    for (const n of [3, 1, 2]) put({ _id: n, n })
    server.database.removeDocument('c', 1)
    await server.restart()
    put({ _id: 0, n: 0 })
    expect(ids({})).toEqual([3, 2, 0])
    expect(() => put({ _id: 9, n: 2 })).toThrow(E11000)
    expect(server.database.collections()).toEqual([
      { name: 'c', permission: 'ADMINONLY', documentCount: 3, indexes: [expect.anything(), unique('n')] },
    ])
  })

  it('is gone with the collection', () => {
    put({ _id: 1 })
    server.database.dropCollection('c')
    expect(() => ids({})).toThrow(/not exist/)
    server.database.createCollection('c', 'READONLY')
    expect(ids({})).toEqual([])
    expect(count()).toBe(0)
  })

  it('is at most 200 collections', () => {
    for (let n = 1; n < 200; n++) server.database.createCollection(`c${n}`)
    expect(() => server.database.createCollection('c200')).toThrow(
      expect.objectContaining({ code: 'DATABASE_COLLECTION_EXCEED_LIMIT' }),
    )
  })
})

describe('a limit of scanned documents', () => {
  const query = (conditions: object, more: object = {}) =>
    server.database.handle('database.getDocument', {
      collectionName: 'c',
      query: JSON.stringify(conditions),
      ...more,
    })

  beforeEach(() => {
    for (let n = 0; n < 50; n++) put({ _id: n, n, even: n % 2 === 0 })
    server.database.watch.maximumScannedDocuments = 10
  })
  afterEach(() => {
    server.database.watch.maximumScannedDocuments = Number.POSITIVE_INFINITY
  })

  it('refuses a query without an index, and says which', async () => {
    await expect(query({ n: { $gt: 45 } })).rejects.toThrow(
      /c: more than 10 documents scanned for \(n >\) with no index/,
    )
    server.database.createIndex('c', { name: 'n', keys: [{ field: 'n', direction: 1 }] })
    await expect(query({ n: { $gt: 45 } })).resolves.toMatchObject({ data: { list: { length: 4 } } })
  })

  it('refuses one whose index leads to many documents that do not match', async () => {
    server.database.createIndex('c', { name: 'even', keys: [{ field: 'even', direction: 1 }] })
    await expect(query({ even: true, n: 48 })).rejects.toThrow(/with the index even/)
    await expect(query({ even: true })).resolves.toMatchObject({ data: { list: { length: 25 } } })
  })

  it('accepts a lookup by _id, and a page of the whole collection', async () => {
    await expect(query({ _id: 49 })).resolves.toMatchObject({ data: { list: { length: 1 } } })
    await expect(query({}, { limit: 5 })).resolves.toMatchObject({ data: { list: { length: 5 } } })
  })

  it.each(['database.modifyDocument', 'database.removeDocument', 'database.calculateDocument'])(
    'holds for %s, which then changes nothing',
    async (action) => {
      const request = {
        collectionName: 'c',
        query: '{"n":49}',
        data: '{"$set":{"n":1}}',
        merge: true,
        multi: true,
      }
      await expect(server.database.handle(action, request)).rejects.toThrow(/scanned/)
      server.database.watch.maximumScannedDocuments = 50
      expect(ids({ n: 49 })).toEqual([49])
    },
  )
})
