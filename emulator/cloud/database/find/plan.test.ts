import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileOrder } from '../query/order.ts'
import { DatabaseServer } from '../testing/database-server.ts'
import type { Document } from '../values/document.ts'

let server: DatabaseServer

beforeAll(async () => {
  server = await DatabaseServer.start()
})
afterAll(() => server.close())

const asc = (...fields: string[]) => fields.map((field) => ({ field, direction: 1 as const }))
const INDEXES = [
  { name: 'a', keys: asc('a') },
  { name: 'ab', keys: asc('a', 'b') },
  { name: 'bc', keys: asc('b', 'c') },
  { name: 'sparse', keys: asc('c'), sparse: true },
  { name: 'list', keys: asc('list.n') },
]

const LONG = 'x'.repeat(2000)
const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -0.5, 1e300, -1e300, 2 ** 53, Number.MAX_SAFE_INTEGER),
  fc.constantFrom('', 'a', 'ab', 'b', '中', '😀', '\u0001', '\ud800', `${LONG}a`, `${LONG}b`),
  fc.constantFrom(null, true, false),
  fc.integer({ min: -2, max: 2 }).map((n) => new Date(n * 1000)),
)
const value = fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }))
const list = fc.array(fc.record({ n: scalar, m: scalar }), { maxLength: 3 })
const documents = fc.array(
  fc.record({ a: value, b: scalar, c: scalar, list }, { requiredKeys: [] }) as fc.Arbitrary<Document>,
  { maxLength: 12 },
)

const operators = fc.oneof(
  scalar,
  scalar.map(($eq) => ({ $eq })),
  fc.array(scalar, { maxLength: 3 }).map(($in) => ({ $in })),
  scalar.map(($gt) => ({ $gt })),
  scalar.map(($lte) => ({ $lte })),
  fc.tuple(scalar, scalar).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.tuple(scalar, scalar).map(([$gt, $lte]) => ({ $gt, $lte })),
  fc.constantFrom({ $exists: true }, { $exists: false }, { $ne: 1 }),
  fc.constantFrom('^a', '^ab?', '^a|b', '^', 'b', '^中', '^(a)').map(($regex) => ({ $regex })),
)
const part = fc.oneof(
  fc.record({ a: operators, b: operators, c: operators, 'list.n': operators }, { requiredKeys: [] }),
  scalar.map(($lt) => ({ list: { $elemMatch: { n: { $lt } } } })),
)
const query = fc.oneof(
  part,
  fc.tuple(part, part).map(($and) => ({ $and })),
  fc.tuple(part, part).map(($or) => ({ $or })),
)
const order = fc.constantFrom<Record<string, 1 | -1>[]>(
  { a: 1 },
  { a: -1 },
  { a: 1, b: 1 },
  { a: -1, b: -1 },
  { a: 1, b: -1 },
  { b: 1, c: 1 },
  { c: -1 },
  { _id: 1 },
)

it('finds the same through indexes as by reading everything', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(documents, query, (stored, filter) => {
      fill(stored)
      const ids = (collection: string) =>
        server.database.documents(collection, { filter }).map(({ _id }) => Number(_id))
      expect(ids('indexed').sort((x, y) => x - y)).toEqual(ids('plain'))
    }),
    { numRuns: 400 },
  )
})

it('finds an array of which one element meets one bound and another the other', () => {
  fill([{ a: [0, 10] }, { a: [0, 1] }, { a: 5 }, { a: 10 }])
  for (const collection of ['plain', 'indexed']) {
    const found = server.database.documents(collection, { filter: { a: { $gt: 3, $lt: 7 } } })
    expect(found.map(({ _id }) => _id).sort()).toEqual([0, 2])
  }
})

it('finds the first in an order as well', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(documents, query, order, fc.integer({ min: 1, max: 5 }), (stored, filter, sort, limit) => {
      fill(stored)
      const compare = compileOrder(sort)
      const first = (collection: string) => server.database.documents(collection, { filter, sort, limit })
      const [indexed, plain] = [first('indexed'), first('plain')]
      expect(indexed).toHaveLength(plain.length)
      for (const [place, document] of indexed.entries()) expect(compare(document, plain[place] ?? {})).toBe(0)
    }),
    { numRuns: 400 },
  )
})

it.each<[string, Document, Record<string, 1 | -1> | undefined, (n: number) => boolean]>([
  [
    'a bound after a fixed field',
    { userId: 'u5', at: { $lt: 60 } },
    undefined,
    (n) => n % 10 === 5 && n < 60,
  ],
  ['two bounds', { at: { $gte: 10, $lt: 20 } }, undefined, (n) => n >= 10 && n < 20],
  ['the first in order', {}, { at: -1 }, (n) => n >= 97],
  ['the first of one user in order', { userId: 'u5' }, { at: -1 }, (n) => n % 10 === 5 && n >= 75],
  ['the next page by id', { _id: { $gt: 40 } }, { _id: 1 }, (n) => n > 40 && n <= 43],
  ['an element of a list', { sessions: { $elemMatch: { endsAt: { $lt: 4 } } } }, undefined, (n) => n < 4],
])('%s reads no other document', (_name, condition, sort, mayBeRead) => {
  server.database.clear()
  server.database.createCollection('c')
  server.database.createIndex('c', { name: 'u', keys: asc('userId', 'at') })
  server.database.createIndex('c', { name: 't', keys: asc('at') })
  server.database.createIndex('c', { name: 's', keys: asc('sessions.endsAt') })
  for (let n = 0; n < 100; n++) {
    const fields = { userId: `u${n % 10}`, at: n, sessions: [{ endsAt: n }], divisor: mayBeRead(n) ? 1 : 0 }
    server.database.putDocument('c', { _id: n, ...fields })
  }
  // The expression stands first and fails for every document that need not be read.
  const filter = { $expr: { $divide: [1, '$divisor'] }, ...condition }
  const found = server.database.documents('c', { filter, ...(sort ? { sort, limit: 3 } : {}) })
  expect(found.map(({ _id }) => Number(_id)).every(mayBeRead)).toBe(true)
  expect(found.length).toBeGreaterThan(2)
  expect(() => server.database.documents('c', { filter: { $expr: filter.$expr } })).toThrow()
})

function fill(documents: readonly Document[]): void {
  server.database.clear()
  for (const name of ['plain', 'indexed']) {
    server.database.createCollection(name)
    if (name === 'indexed') for (const index of INDEXES) server.database.createIndex(name, index)
    for (const [number, document] of documents.entries())
      server.database.putDocument(name, { _id: number, ...document })
  }
}
