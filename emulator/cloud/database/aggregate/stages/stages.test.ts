import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from '../../testing/database-server.ts'

let server: DatabaseServer
let db: Untyped

beforeAll(async () => {
  server = await DatabaseServer.start()
  db = server.nodeSdk()
})
afterAll(() => server.close())
beforeEach(() => {
  server.database.clear()
  server.clock.reset()
  server.database.createCollection('c')
})

const run = async (...stages: object[]) =>
  (await db.collection('c').options({ raw: true }).aggregate(stages).end()).data
const given = (...documents: object[]) => db.collection('c').add(documents)

it('aggregate() without limit() gives 20 results, with it as many as there are', async () => {
  await given(...Array.from({ length: 50 }, (_, n) => ({ n })))
  const pipeline = () => server.weChat().collection('c').aggregate()
  expect((await pipeline().match({}).end()).list).toHaveLength(20)
  expect((await pipeline().sort({ n: -1 }).end()).list[0].n).toBe(49)
  expect((await pipeline().limit(45).end()).list).toHaveLength(45)
  expect((await pipeline().group({ _id: '$n' }).end()).list).toHaveLength(20)
  expect(
    (
      await pipeline()
        .group({ _id: null, n: { $sum: 1 } })
        .end()
    ).list,
  ).toEqual([{ _id: null, n: 50 }])
})

it('$$NOW is the moved clock', async () => {
  await given({ _id: 1 })
  server.clock.advance(3 * 24 * 60 * 60)
  const [{ now, later }] = await run({
    $project: { now: '$$NOW', later: { $gt: ['$$NOW', new Date(Date.now() + 172_800_000)] } },
  })
  expect(now.getTime()).toBeGreaterThan(Date.now() + 2 * 24 * 60 * 60 * 1000)
  expect(later).toBe(true)
})

describe('$project', () => {
  it('makes no field of what is missing', async () => {
    await given({ _id: 1, a: { x: 1 } })
    expect(
      await run(
        { $project: { b: '$missing', c: { $first: [[]] } } },
        {
          $project: {
            merged: { $mergeObjects: [{ b: 'kept' }, '$$ROOT'] },
            fields: { $objectToArray: '$$ROOT' },
          },
        },
      ),
    ).toEqual([{ _id: 1, merged: { b: 'kept', _id: 1 }, fields: [{ k: '_id', v: 1 }] }])
  })

  it('keeps, computes and drops inside of documents and arrays', async () => {
    await given({ _id: 1, o: { a: 1, b: 2 }, list: [{ a: 1, b: 2 }, 5], n: 1 })
    expect(await run({ $project: { _id: 0, 'o.a': 1, 'list.b': 1 } })).toEqual([
      { o: { a: 1 }, list: [{ b: 2 }] },
    ])
    expect(await run({ $project: { 'o.a': 0, list: 0 } })).toEqual([{ _id: 1, o: { b: 2 }, n: 1 }])
    expect(await run({ $project: { _id: 0, 'o.c': '$n', o2: { a: '$o.a' } } })).toEqual([
      { o: { c: 1 }, o2: { a: 1 } },
    ])
    expect(await run({ $unset: ['o.a', 'list.b', 'n'] })).toEqual([
      { _id: 1, o: { b: 2 }, list: [{ a: 1 }, 5] },
    ])
  })
})

describe('$group', () => {
  it('n of $firstN and its kin is computed from the key of the group', async () => {
    await given(...['a', 'a', 'a', 'b', 'b'].map((game, score) => ({ game, score })))
    const n = { $cond: [{ $eq: ['$game', 'a'] }, 2, 1] }
    const [a, b] = await run(
      {
        $group: {
          _id: { game: '$game' },
          first: { $firstN: { n, input: '$score' } },
          last: { $lastN: { n, input: '$score' } },
          max: { $maxN: { n, input: '$score' } },
          min: { $minN: { n, input: '$score' } },
          top: { $topN: { n, output: '$score', sortBy: { score: -1 } } },
          bottom: { $bottomN: { n, output: '$score', sortBy: { score: -1 } } },
        },
      },
      { $sort: { '_id.game': 1 } },
    )
    expect(a).toEqual({
      _id: { game: 'a' },
      first: [0, 1],
      last: [1, 2],
      max: [2, 1],
      min: [0, 1],
      top: [2, 1],
      bottom: [1, 0],
    })
    expect(b).toEqual({
      _id: { game: 'b' },
      first: [3],
      last: [4],
      max: [4],
      min: [3],
      top: [4],
      bottom: [3],
    })
  })
})

describe('$setWindowFields', () => {
  it('computes by documents, by range and over partitions', async () => {
    await given(
      { _id: 1, p: 'a', n: 1 },
      { _id: 2, p: 'a', n: 2 },
      { _id: 3, p: 'a', n: 4 },
      { _id: 4, p: 'b', n: 9 },
    )
    const list = await run({
      $setWindowFields: {
        partitionBy: '$p',
        sortBy: { n: 1 },
        output: {
          running: { $sum: '$n', window: { documents: ['unbounded', 'current'] } },
          near: { $sum: '$n', window: { range: [-1, 1] } },
          all: { $max: '$n' },
          at: { $documentNumber: {} },
          before: { $shift: { output: '$n', by: -1, default: 0 } },
        },
      },
    })
    expect(list).toEqual([
      { _id: 1, p: 'a', n: 1, running: 1, near: 3, all: 4, at: 1, before: 0 },
      { _id: 2, p: 'a', n: 2, running: 3, near: 3, all: 4, at: 2, before: 1 },
      { _id: 3, p: 'a', n: 4, running: 7, near: 4, all: 4, at: 3, before: 2 },
      { _id: 4, p: 'b', n: 9, running: 9, near: 9, all: 9, at: 1, before: 0 },
    ])
  })

  it('ranks, with ties', async () => {
    await given({ _id: 1, n: 5 }, { _id: 2, n: 5 }, { _id: 3, n: 9 })
    const output = { rank: { $rank: {} }, dense: { $denseRank: {} } }
    expect(
      (await run({ $setWindowFields: { sortBy: { n: 1 }, output } })).map(({ rank, dense }: Untyped) => [
        rank,
        dense,
      ]),
    ).toEqual([
      [1, 1],
      [1, 1],
      [3, 2],
    ])
  })
})

it('$fill by value, by the last value, and on a line', async () => {
  await given({ _id: 1, a: null, b: 1, c: 10 }, { _id: 2, a: 2, c: null }, { _id: 3, b: null, c: 30 })
  const output = { a: { value: 'none' }, b: { method: 'locf' }, c: { method: 'linear' } }
  expect(await run({ $fill: { sortBy: { _id: 1 }, output } })).toEqual([
    { _id: 1, a: 'none', b: 1, c: 10 },
    { _id: 2, a: 2, b: 1, c: 20 },
    { _id: 3, a: 'none', b: 1, c: 30 },
  ])
})

it('$densify, $bucketAuto, $facet, $redact, $unionWith and $graphLookup', async () => {
  await given({ _id: 1, n: 0, next: 2 }, { _id: 2, n: 3, next: 3 }, { _id: 3, n: 3 })
  const numbers = await run({ $densify: { field: 'n', range: { step: 1, bounds: 'full' } } })
  expect(numbers.map(({ n }: Untyped) => n)).toEqual([0, 1, 2, 3, 3])
  expect(await run({ $bucketAuto: { groupBy: '$_id', buckets: 2 } })).toEqual([
    { _id: { min: 1, max: 3 }, count: 2 },
    { _id: { min: 3, max: 3 }, count: 1 },
  ])
  expect(
    await run({
      $facet: { count: [{ $count: 'n' }], two: [{ $match: { _id: 2 } }, { $project: { _id: 1 } }] },
    }),
  ).toEqual([{ count: [{ n: 3 }], two: [{ _id: 2 }] }])
  expect(await run({ $redact: { $cond: [{ $eq: ['$n', 0] }, '$$KEEP', '$$PRUNE'] } })).toHaveLength(1)
  expect(await run({ $unionWith: 'c' }, { $count: 'n' })).toEqual([{ n: 6 }])
  const graph = {
    from: 'c',
    startWith: '$next',
    connectFromField: 'next',
    connectToField: '_id',
    as: 'path',
    depthField: 'd',
  }
  const [first] = await run({ $graphLookup: graph }, { $match: { _id: 1 } })
  expect(first.path.map(({ _id, d }: Untyped) => [_id, d])).toEqual([
    [2, 0],
    [3, 1],
  ])
})

const malformed: object[] = [
  { $unset: [] },
  { $unset: 5 },
  { $unset: '' },
  { $unset: '$a' },
  { $unset: ['a', 'a.b'] },
  { $project: {} },
  { $project: { a: 1, b: 0 } },
  { $project: { a: {} } },
  { $project: { 'a.': 1 } },
  { $project: { $a: 1 } },
  { $project: { a: 1, 'a.b': 1 } },
  { $project: { a: '$b.' } },
  { $project: { a: '$' } },
  { $project: 'a' },
  { $sort: {} },
  { $sort: { a: 2 } },
  { $sort: { a: 'asc' } },
  { $sort: { 'a.': 1 } },
  { $sort: { $a: 1 } },
  { $sort: 'a' },
  { $addFields: {} },
  { $addFields: { a: {} } },
  { $addFields: { 'a..b': 1 } },
  { $addFields: { a: 1, 'a.b': 1 } },
  { $group: {} },
  { $group: { _id: null, a: 1 } },
  { $group: { _id: null, 'a.b': { $sum: 1 } } },
  { $group: { _id: null, a: { $sum: 1, $avg: 1 } } },
  { $group: { _id: null, a: { $sum: ['$a', '$b'] } } },
  { $group: { _id: null, a: { $firstN: { input: '$a' } } } },
  { $group: { _id: '$a.' } },
  { $bucket: { groupBy: '$a', boundaries: [1] } },
  { $bucket: { groupBy: '$a', boundaries: [2, 1] } },
  { $bucket: { groupBy: 'a', boundaries: [1, 2] } },
  { $bucket: { groupBy: '$a', boundaries: [1, 5], default: 3 } },
  { $bucketAuto: { groupBy: '$a', buckets: 0 } },
  { $bucketAuto: { groupBy: '$a', buckets: 2, granularity: 'R7' } },
  { $sortByCount: 'a' },
  { $limit: 0 },
  { $limit: 'x' },
  { $skip: -1 },
  { $count: '' },
  { $count: '$a' },
  { $sample: {} },
  { $unwind: 'a' },
  { $unwind: { path: '$a', other: 1 } },
  { $unwind: { path: '$a', includeArrayIndex: '$i' } },
  { $replaceRoot: { root: '$a' } },
  { $replaceRoot: '$a' },
  { $lookup: { from: 'c', as: 'x' } },
  { $lookup: { from: 'c', localField: 'a', as: 'x' } },
  { $lookup: { from: 'c', pipeline: [{ $match: {}, $limit: 1 }], as: 'x' } },
  { $lookup: { from: 'c', pipeline: [{ $project: {} }], as: 'x' } },
  { $facet: {} },
  { $facet: { a: [{ $facet: { b: [] } }] } },
  { $facet: { a: [{ $sort: {} }] } },
  { $setWindowFields: { sortBy: { a: 1 } } },
  { $setWindowFields: { output: { a: { $rank: {} } } } },
  { $setWindowFields: { sortBy: { a: 1 }, output: { a: { $sum: 1, window: { documents: [1] } } } } },
  { $fill: { output: { a: { method: 'linear' } } } },
  { $fill: { output: { a: { method: 'other' } } } },
  { $fill: { output: { a: {} } } },
]
describe('a malformed stage is refused', () => {
  it.each(malformed.map((stage) => [JSON.stringify(stage), stage]))('%s', async (_text, stage) => {
    const refusal = { code: 'DATABASE_REQUEST_FAILED' }
    await expect(run(stage as object)).rejects.toMatchObject(refusal)
    await given({ a: 1 })
    await expect(run(stage as object)).rejects.toMatchObject(refusal)
  })
})
