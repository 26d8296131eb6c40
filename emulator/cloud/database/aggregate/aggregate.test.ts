import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from '../testing/database-server.ts'

let server: DatabaseServer
let db: Untyped
let $: Untyped
let _: Untyped

beforeAll(async () => {
  server = await DatabaseServer.start()
  db = server.nodeSdk()
  _ = db.command
  $ = _.aggregate
})
afterAll(() => server.close())
beforeEach(() => server.database.clear())

async function given(name: string, documents: object[]) {
  server.database.createCollection(name)
  await db.collection(name).add(documents)
}

const pipeline = (name = 'c') => db.collection(name).aggregate()
const projected = async (fields: object) =>
  (
    await pipeline()
      .project({ _id: 0, ...fields })
      .end()
  ).data

describe('stages', () => {
  it('$match, $group and $sum count', async () => {
    await given('c', [{ score: 80 }, { score: 85 }, { score: 95 }])
    const { data } = await pipeline()
      .match({ score: _.gt(80) })
      .group({ _id: null, count: $.sum(1) })
      .end()
    expect(data).toEqual([{ _id: null, count: 2 }])
  })

  it('$match takes or on one field, and regular expressions', async () => {
    await given('c', [{ author: 'stark' }, { author: 'bob' }])
    expect(
      (
        await pipeline()
          .match({ author: _.or(_.eq('stark'), _.neq('stark')) })
          .end()
      ).data,
    ).toHaveLength(2)
    expect((await pipeline().match({ author: /^st/ }).end()).data).toHaveLength(1)
  })

  it('$sortByCount counts values, after $unwind elements', async () => {
    await given('c', [
      { category: 'Web', tags: ['JavaScript', 'C#'] },
      { category: 'Web', tags: ['Go', 'C#'] },
      { category: 'Life', tags: ['Go', 'Python', 'JavaScript'] },
    ])
    expect((await pipeline().sortByCount('$category').end()).data).toEqual([
      { _id: 'Web', count: 2 },
      { _id: 'Life', count: 1 },
    ])
    expect((await pipeline().unwind('$tags').sortByCount('$tags').end()).data).toHaveLength(4)
  })

  it('$sample gives each document at most once', async () => {
    await given('c', [{ _id: 1 }, { _id: 2 }, { _id: 3 }])
    const { data } = await pipeline().sample({ size: 5 }).end()
    expect(data.map((d: { _id: number }) => d._id).sort()).toEqual([1, 2, 3])
  })

  it('$skip and $limit keep the order of insertion', async () => {
    await given('c', [{ n: 1 }, { n: 2 }, { n: 3 }])
    expect((await pipeline().skip(1).limit(1).project({ _id: 0 }).end()).data).toEqual([{ n: 2 }])
  })

  it('$sort by several fields', async () => {
    await given('c', [
      { age: 18, score: 60 },
      { age: 33, score: 95 },
      { age: 18, score: 80 },
    ])
    const { data } = await pipeline().sort({ age: -1, score: -1 }).project({ _id: 0 }).end()
    expect(data).toEqual([
      { age: 33, score: 95 },
      { age: 18, score: 80 },
      { age: 18, score: 60 },
    ])
  })

  it('$unwind, with index and empty values kept', async () => {
    await given('c', [
      { p: 'a', size: ['S', 'M'] },
      { p: 'b', size: [] },
      { p: 'c', size: null },
      { p: 'd', size: '' },
    ])
    expect((await pipeline().unwind('$size').project({ _id: 0 }).end()).data).toEqual([
      { p: 'a', size: 'S' },
      { p: 'a', size: 'M' },
      { p: 'd', size: '' },
    ])
    const kept = await pipeline()
      .unwind({ path: '$size', includeArrayIndex: 'at', preserveNullAndEmptyArrays: true })
      .project({ _id: 0 })
      .end()
    expect(kept.data).toEqual([
      { p: 'a', size: 'S', at: 0 },
      { p: 'a', size: 'M', at: 1 },
      { p: 'b', at: null },
      { p: 'c', size: null, at: null },
      { p: 'd', size: '', at: null },
    ])
  })

  it('$replaceRoot by a field and by an expression', async () => {
    await given('c', [{ first: '四郎', last: '黄', inner: { a: 1 } }])
    expect((await pipeline().replaceRoot({ newRoot: '$inner' }).end()).data).toEqual([{ a: 1 }])
    const computed = await pipeline()
      .replaceRoot({ newRoot: { name: $.concat(['$last', '$first']) } })
      .end()
    expect(computed.data).toEqual([{ name: '黄四郎' }])
  })

  it('$addFields adds to embedded documents, to each element, and removes', async () => {
    await given('c', [{ _id: 1, o: { x: 1 }, list: [{ n: 1 }, 5], gone: 1 }])
    const { data } = await pipeline()
      .addFields({ o: { y: '$o.x' }, 'list.k': 9, 'made.z': 1, gone: '$$REMOVE' })
      .end()
    expect(data).toEqual([{ _id: 1, o: { x: 1, y: 1 }, list: [{ n: 1, k: 9 }, { k: 9 }], made: { z: 1 } }])
  })

  it('$addFields, $bucket and $count', async () => {
    await given('c', [{ n: 1 }, { n: 5 }, { n: 9 }])
    expect(
      (
        await pipeline()
          .addFields({ double: $.multiply(['$n', 2]) })
          .project({ _id: 0 })
          .end()
      ).data[1],
    ).toEqual({
      n: 5,
      double: 10,
    })
    expect(
      (
        await pipeline()
          .bucket({ groupBy: '$n', boundaries: [0, 5, 10] })
          .end()
      ).data,
    ).toEqual([
      { _id: 0, count: 1 },
      { _id: 5, count: 2 },
    ])
    expect((await pipeline().count('n').end()).data).toEqual([{ n: 3 }])
    expect((await pipeline().match({ n: 77 }).count('n').end()).data).toEqual([])
  })

  it('a raw pipeline is taken as it is', async () => {
    await given('c', [{ key: 'a' }])
    const raw = db.collection('c').options({ raw: true })
    expect((await raw.aggregate([{ $match: { key: { $eq: 'a' } } }, { $count: 'n' }]).end()).data).toEqual([
      { n: 1 },
    ])
  })

  it('answers dates and ObjectIds', async () => {
    const date = new Date(1557826731686)
    const id = '5f1a2b3c4d5e6f7a8b9c0d1e'
    await given('c', [{ date, ref: db.ObjectId({ id }) }])
    expect(await projected({ date: 1, ref: 1 })).toEqual([{ date, ref: id }])
  })
})

describe('$lookup', () => {
  beforeEach(async () => {
    await given('orders', [
      { _id: 1, item: 'a' },
      { _id: 2, item: null },
      { _id: 3, item: ['a', 'b'] },
    ])
    await given('items', [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ])
  })
  const docs = async (specification: object) =>
    (await pipeline('orders').lookup(specification).end()).data.map(({ docs }: { docs: object[] }) => docs)

  it('joins by _id, each element of an array counting', async () => {
    expect(await docs({ from: 'items', localField: 'item', foreignField: '_id', as: 'docs' })).toEqual([
      [{ _id: 'a', n: 1 }],
      [],
      [
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ],
    ])
  })

  it('joins by another field, missing with null', async () => {
    await db.collection('items').add([{ _id: 'none' }])
    expect(await docs({ from: 'items', localField: 'item', foreignField: 'n', as: 'docs' })).toEqual([
      [],
      [{ _id: 'none' }],
      [],
    ])
  })

  it('by ObjectIds', async () => {
    const id = '5f1a2b3c4d5e6f7a8b9c0d1e'
    await given('left', [{ ref: db.ObjectId({ id }) }])
    await given('right', [{ _id: db.ObjectId({ id }), n: 1 }])
    const { data } = await pipeline('left')
      .lookup({ from: 'right', localField: 'ref', foreignField: '_id', as: 'docs' })
      .end()
    expect(data[0].docs).toEqual([{ _id: id, n: 1 }])
  })

  it('with a pipeline, and variables in it', async () => {
    const all = await docs({ from: 'items', pipeline: $.pipeline().match({ n: 2 }).done(), as: 'docs' })
    expect(all).toEqual([[{ _id: 'b', n: 2 }], [{ _id: 'b', n: 2 }], [{ _id: 'b', n: 2 }]])
    const correlated = await docs({
      from: 'items',
      let: { wanted: '$item' },
      pipeline: $.pipeline()
        .match(_.expr($.eq(['$_id', '$$wanted'])))
        .project({ _id: 0 })
        .done(),
      as: 'docs',
    })
    expect(correlated).toEqual([[{ n: 1 }], [], []])
  })

  it('from a collection that does not exist finds nothing', async () => {
    expect(await docs({ from: 'missing', localField: 'item', foreignField: '_id', as: 'docs' })).toEqual([
      [],
      [],
      [],
    ])
  })
})

describe('expressions', () => {
  it('of dates', async () => {
    const date = new Date(1557826731686)
    await given('c', [{ date }])
    const names = [
      'dayOfWeek',
      'dayOfYear',
      'dayOfMonth',
      'year',
      'month',
      'hour',
      'minute',
      'second',
      'millisecond',
    ]
    const more = ['week', 'isoDayOfWeek', 'isoWeek', 'isoWeekYear']
    const [answer] = await projected({
      ...Object.fromEntries([...names, ...more].map((name) => [name, $[name]('$date')])),
      parts: $.dateFromParts({ year: 2017, month: 2, day: 8, hour: 12, timezone: 'America/New_York' }),
      parsed: $.dateFromString({ dateString: date.toISOString() }),
    })
    expect(answer).toEqual({
      dayOfWeek: 3,
      dayOfYear: 134,
      dayOfMonth: 14,
      year: 2019,
      month: 5,
      hour: 9,
      minute: 38,
      second: 51,
      millisecond: 686,
      week: 19,
      isoDayOfWeek: 2,
      isoWeek: 20,
      isoWeekYear: 2019,
      parts: new Date('2017-02-08T17:00:00.000Z'),
      parsed: date,
    })
  })

  it('of dates as text', async () => {
    await given('c', [{ date: new Date('1999-12-11T16:00:00Z') }])
    expect(
      await projected({
        day: $.dateToString({ date: '$date', format: '%Y-%m-%d' }),
        time: $.dateToString({ date: '$date', format: '%H:%M:%S', timezone: 'Asia/Shanghai' }),
        none: $.dateToString({ date: '$empty', onNull: 'null' }),
      }),
    ).toEqual([{ day: '1999-12-11', time: '00:00:00', none: 'null' }])
  })

  it('of strings', async () => {
    await given('c', [{ first: 'Yuanxin', last: 'Dong', birthday: '1999/12/12', nick: '心谭' }])
    expect(
      await projected({
        concat: $.concat(['$first', ' ', '$last']),
        bytes: $.indexOfBytes(['$first', 'a']),
        points: $.indexOfCP(['$nick', '谭']),
        absent: $.indexOfCP(['$first', 'z']),
        split: $.split(['$birthday', '/']),
        compared: $.strcasecmp(['$first', '$last']),
        lengthBytes: $.strLenBytes('$nick'),
        length: $.strLenCP('$nick'),
        year: $.substr(['$birthday', 0, 4]),
        day: $.substrBytes(['$birthday', 8, -1]),
        long: $.substr(['$birthday', 8, 99]),
        beyond: $.substr(['$birthday', 50, 2]),
        nothing: $.substr(['$missing', 0, 2]),
        point: $.substrCP(['$nick', 0, 1]),
        lower: $.toLower('$first'),
        upper: $.toUpper('$last'),
      }),
    ).toEqual([
      {
        concat: 'Yuanxin Dong',
        bytes: 2,
        points: 1,
        absent: -1,
        split: ['1999', '12', '12'],
        compared: 1,
        lengthBytes: 6,
        length: 2,
        year: '1999',
        day: '12',
        long: '12',
        beyond: '',
        nothing: '',
        point: '心',
        lower: 'yuanxin',
        upper: 'DONG',
      },
    ])
  })

  it('of sets', async () => {
    await given('c', [
      { A: [1, 2], B: [2, 1, 2] },
      { A: [1, 2], B: [3, 1] },
      { A: [1, 2], B: [{}, []] },
      { A: [], B: [1] },
    ])
    const on = ['$A', '$B']
    expect(
      await projected({
        difference: $.setDifference(['$B', '$A']),
        equals: $.setEquals(on),
        intersection: $.setIntersection(on),
        subset: $.setIsSubset(on),
        union: $.setUnion(on),
      }),
    ).toEqual([
      { difference: [], equals: true, intersection: [1, 2], subset: true, union: [1, 2] },
      { difference: [3], equals: false, intersection: [1], subset: false, union: [1, 2, 3] },
      { difference: [{}, []], equals: false, intersection: [], subset: false, union: [1, 2, {}, []] },
      { difference: [1], equals: false, intersection: [], subset: true, union: [1] },
    ])
  })

  it('of truth', async () => {
    await given('c', [{ arr: [true, false] }, { arr: [] }, { arr: ['stark'] }])
    expect(
      await projected({
        all: $.allElementsTrue(['$arr']),
        any: $.anyElementTrue(['$arr']),
        not: $.not(['$none']),
      }),
    ).toEqual([
      { all: false, any: true, not: true },
      { all: true, any: false, not: true },
      { all: true, any: true, not: true },
    ])
  })

  it('of conditions', async () => {
    await given('c', [{ n: 100, d: 'A' }, { n: 200, d: null }, { n: 300 }])
    expect(
      await projected({
        // biome-ignore lint/suspicious/noThenProperty: the operator's own word.
        cond: $.cond({ if: $.gte(['$n', 200]), then: 0.7, else: 0.9 }),
        ifNull: $.ifNull(['$d', 'none']),
        switch: $.switch({
          branches: [
            // biome-ignore lint/suspicious/noThenProperty: as above.
            { case: $.gt(['$n', 250]), then: 0.8 },
            // biome-ignore lint/suspicious/noThenProperty: as above.
            { case: $.gt(['$n', 150]), then: 0.9 },
          ],
          default: 1,
        }),
      }),
    ).toEqual([
      { cond: 0.9, ifNull: 'A', switch: 1 },
      { cond: 0.7, ifNull: 'none', switch: 0.9 },
      { cond: 0.7, ifNull: 'none', switch: 0.8 },
    ])
  })

  it('of literals, arrays, objects and variables', async () => {
    await given('c', [{ price: '$1', x: 1, y: 2, foo: { a: 1 }, bar: { b: 2 } }])
    expect(
      await projected({
        price: 1,
        amount: $.literal(1),
        isOne: $.eq(['$price', $.literal('$1')]),
        coordinate: ['$x', '$y'],
        merged: $.mergeObjects(['$foo', '$bar']),
        sum: $.sum(['$x', '$y']),
        let: $.let({ vars: { total: $.multiply(['$x', 10]) }, in: $.sum(['$$total', '$y']) }),
        in: $.in(['$x', [3, 1]]),
        at: $.indexOfArray([[3, 1], '$x']),
      }),
    ).toEqual([
      {
        price: '$1',
        amount: 1,
        isOne: true,
        coordinate: [1, 2],
        merged: { a: 1, b: 2 },
        sum: 3,
        let: 12,
        in: true,
        at: 1,
      },
    ])
  })

  it('of numbers, sizes, cases and conversions', async () => {
    const id = '5f1a2b3c4d5e6f7a8b9c0d1e'
    await given('c', [
      { neg: -2.5, n: [3, 1], s: 'aÉ', id: db.ObjectId({ id }), date: new Date('2020-03-01T00:00:00Z') },
    ])
    expect(
      await projected({
        trunc: $.trunc('$neg'),
        abs: $.abs(['$neg']),
        size: $.size(['$n']),
        upper: $.toUpper('$s'),
        nothing: $.toUpper('$missing'),
        text: { $toString: '$id' },
        same: { $eq: [{ $toObjectId: id }, '$id'] },
        object: $.arrayToObject([
          [
            ['a', 1],
            ['b', 2],
          ],
        ]),
        week: $.week('$date'),
        weekBefore: $.week({ date: '$date', timezone: '-08:00' }),
      }),
    ).toEqual([
      {
        trunc: -2,
        abs: 2.5,
        size: 2,
        upper: 'AÉ',
        nothing: '',
        text: id,
        same: true,
        object: { a: 1, b: 2 },
        week: 9,
        weekBefore: 8,
      },
    ])
  })

  it.each([
    ['$size of a missing field', { $size: '$missing' }],
    // biome-ignore lint/suspicious/noThenProperty: the operator's own word.
    ['$switch without a fitting branch', { $switch: { branches: [{ case: false, then: 1 }] } }],
    ['$toObjectId of other text', { $toObjectId: 'x' }],
    ['$divide by zero', { $divide: [1, 0] }],
    ['$add of text', { $add: [1, 'x'] }],
  ])('%s fails', async (_name, expression) => {
    await given('c', [{ a: 1 }])
    await expect(pipeline().project({ r: expression }).end()).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
  })

  it('compares across types and field orders as MongoDB does', async () => {
    await given('c', [{ o: { a: 1, b: 2 }, p: { b: 2, a: 1 }, list: [2, 1], sorted: [1, 2], none: null }])
    expect(
      await projected({
        sameFields: $.eq(['$o', '$p']),
        sameElements: $.eq(['$list', '$sorted']),
        missingIsLess: $.lt(['$nothing', '$none']),
        arrayIsMore: $.gt(['$list', 'text']),
        type: { $type: '$nothing' },
      }),
    ).toEqual([
      { sameFields: false, sameElements: false, missingIsLess: true, arrayIsMore: true, type: 'missing' },
    ])
  })
})

describe('accumulators', () => {
  beforeEach(() =>
    given('c', [
      { g: 'a', name: 'x', score: 84, cost: -10, tags: [1] },
      { g: 'a', name: 'y', score: 96, cost: -15, tags: [2] },
      { g: 'b', score: 100, cost: -10, tags: [1] },
    ]),
  )

  it('fold the documents of a group', async () => {
    const { data } = await pipeline()
      .sort({ score: 1 })
      .group({
        _id: null,
        first: $.first('$score'),
        last: $.last('$score'),
        max: $.max('$score'),
        min: $.min('$score'),
        avg: $.avg('$score'),
        sum: $.sum($.sum(['$score', '$cost'])),
        names: $.push('$name'),
        pairs: $.push({ g: '$g', s: '$score' }),
        tags: $.addToSet('$tags'),
      })
      .end()
    expect(data).toEqual([
      {
        _id: null,
        first: 84,
        last: 100,
        max: 100,
        min: 84,
        avg: 280 / 3,
        sum: 245,
        names: ['x', 'y'],
        pairs: [
          { g: 'a', s: 84 },
          { g: 'a', s: 96 },
          { g: 'b', s: 100 },
        ],
        tags: [[1], [2]],
      },
    ])
  })

  it('$stdDevPop, $stdDevSamp and $mergeObjects', async () => {
    const { data } = await pipeline()
      .group({
        _id: '$g',
        pop: $.stdDevPop('$score'),
        samp: $.stdDevSamp('$score'),
        merged: $.mergeObjects({ n: '$name' }),
      })
      .sort({ _id: 1 })
      .end()
    expect(data[0]).toEqual({ _id: 'a', pop: 6, samp: expect.closeTo(8.485, 3), merged: { n: 'y' } })
  })
})

describe('what is refused', () => {
  const refused: [string, object][] = [
    ['$out', { $out: 'other' }],
    ['$merge', { $merge: { into: 'other' } }],
    ['an unknown stage', { $nonsense: {} }],
    ['an unknown operator', { $project: { a: { $nonsense: '$a' } } }],
    ['$function', { $project: { a: { $function: { body: 'x', args: [], lang: 'js' } } } }],
    ['$accumulator', { $group: { _id: null, a: { $accumulator: { init: 'x' } } } }],
    ['$where', { $match: { $where: 'true' } }],
  ]
  it.each(refused)('%s, even for an empty collection', async (_name, stage) => {
    await given('c', []).catch(() => {})
    const call = db.collection('c').options({ raw: true }).aggregate([stage]).end()
    await expect(call).rejects.toMatchObject({ code: 'DATABASE_INVALID_OPERRATOR' })
  })

  it('a missing collection', async () => {
    await expect(pipeline('missing').match({}).end()).rejects.toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
    })
  })
})
