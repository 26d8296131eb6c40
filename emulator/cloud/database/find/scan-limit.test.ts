import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from '../testing/database-server.ts'

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
  server.database.maximumScannedDocuments = undefined
  server.database.clear()
  server.database.createCollection('c')
  await db
    .collection('c')
    .add(Array.from({ length: 30 }, (_, n) => ({ _id: `${n}`, user: n % 3, at: n, kind: 'x' })))
  const key = (field: string) => ({ field, direction: 1 as const })
  server.database.createIndex('c', { name: 'user_at', keys: [key('user'), key('at')] })
  server.database.maximumScannedDocuments = 12
})

const c = () => db.collection('c')

const served: [string, () => Promise<unknown>][] = [
  ['_id', () => c().doc('5').get()],
  [
    'several _ids',
    () =>
      c()
        .where({ _id: _.in(['1', '2']) })
        .remove(),
  ],
  ['the first field of an index', () => c().where({ user: 1 }).count()],
  [
    'equality, then a range',
    () =>
      c()
        .where({ user: 1, at: _.gt(5) })
        .update({ n: 1 }),
  ],
  [
    'a range on the first field',
    () =>
      c()
        .where({ user: _.gte(0) })
        .count(),
  ],
  ['equality, then the order', () => c().where({ user: 1 }).orderBy('at', 'desc').limit(2).get()],
  [
    'the whole order without a condition',
    () => c().orderBy('user', 'asc').orderBy('at', 'asc').limit(5).get(),
  ],
  [
    '_.or of what is served',
    () =>
      c()
        .where(_.or([{ user: 1 }, { _id: '5' }]))
        .get(),
  ],
  ['few documents of a limit', () => c().limit(10).get()],
  ['few documents between the bounds', () => c().where({ user: 1, kind: 'x' }).get()],
  ['$match of an aggregation', () => c().aggregate().match({ user: 2 }).count('n').end()],
  ['counting all', () => c().count()],
]

const unserved: [string, () => Promise<unknown>, string[]][] = [
  ['get', () => c().where({ kind: 'y' }).get(), ['c:', 'kind', 'more than 12']],
  ['count', () => c().where({ kind: 'x' }).count(), ['c:', 'kind', 'more than 12']],
  ['update', () => c().where({ kind: 'x' }).update({ n: 1 }), ['kind', 'more than 12']],
  ['remove', () => c().where({ kind: 'x' }).remove(), ['kind', 'more than 12']],
  ['a later field of an index alone', () => c().where({ at: 5 }).get(), ['at', 'more than 12']],
  [
    'an order that no index gives',
    () => c().orderBy('at', 'desc').limit(2).get(),
    ['at descending', 'more than 12'],
  ],
  [
    'orders of two directions',
    () => c().orderBy('user', 'asc').orderBy('at', 'desc').limit(5).get(),
    ['user, at descending', 'more than 12'],
  ],
  [
    '_.or with one that is not served',
    () =>
      c()
        .where(_.or([{ user: 1 }, { kind: 'y' }]))
        .get(),
    ['user =', 'kind =', 'more than 12'],
  ],
  ['a pattern without a beginning', () => c().where({ user: /x/ }).get(), ['user', 'more than 12']],
  ['$match', () => c().aggregate().match({ kind: 'x' }).end(), ['kind', 'more than 12']],
  [
    'an aggregation without $match',
    () => c().aggregate().group({ _id: '$kind' }).end(),
    ['all documents', 'more than 12'],
  ],
]

describe('with a limit', () => {
  it.each(served)('%s is served', async (_name, request) => {
    await request()
  })

  it.each(unserved)('%s is refused by name', async (_name, request, words) => {
    const error = await request().then(
      () => undefined,
      (refusal: Untyped) => refusal,
    )
    expect(error?.code).toBe('DATABASE_REQUEST_FAILED')
    for (const word of words) expect(error.message).toContain(word)
    expect(server.database.documents('c')).toHaveLength(30)
    expect(server.database.documents('c', { filter: { n: 1 } })).toHaveLength(0)
  })
})

it('is off unless set, and never concerns the console', async () => {
  expect(server.database.documents('c', { filter: { kind: 'x' } })).toHaveLength(30)
  server.database.maximumScannedDocuments = undefined
  for (const [, request] of unserved.slice(0, 2)) await request()
})
