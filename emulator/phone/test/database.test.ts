import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionRules, PermissionLevel } from '../../control/permissions.ts'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

// biome-ignore lint/suspicious/noExplicitAny: the mini-program's scripts below are JavaScript without types.
type Untyped = any
declare const wx: Untyped

const program = new WrittenMiniProgram({
  ...page('pages/start/start', {
    wxml: '<view class="out">{{out}}</view><view wx:for="{{list}}" wx:key="_id">{{item.text}}</view>',
    js: `
const db = wx.cloud.database()
const notes = db.collection('notes').where({ done: false }).orderBy('text', 'desc')
Page({
  data: { out: '', list: [] },
  onLoad() {
    notes.get({
      success: ({ data, errMsg }) => this.setData({ list: data, out: errMsg }),
      complete: ({ errMsg }) => this.setData({ out: this.data.out + ' ' + errMsg }),
    })
  },
})`,
  }),
})

let kit: PhoneKit
let phone: PhonePage
beforeAll(async () => {
  kit = await PhoneKit.start(program.directory)
})
afterAll(async () => {
  await kit.stop()
  program.remove()
})
beforeEach(async () => {
  const { database } = kit.cloud
  for (const { name } of database.collections()) database.dropCollection(name)
  database.createCollection('notes')
  for (const [id, owner, done] of [
    ['a', 'oAlice', false],
    ['b', 'oAlice', false],
    ['c', 'oAlice', true],
    ['d', 'oBob', false],
  ]) {
    database.putDocument('notes', { _id: id, _openid: owner, text: `note ${id}`, done })
  }
  phone = await kit.phone('oAlice')
  await phone.text('collection.get:ok').waitFor()
})
afterEach(() => kit.finish())

/** Runs in the mini-program. */
const run = <Argument, Result>(script: (argument: Argument) => Result, argument?: Argument) =>
  phone.run(script, argument)
const stored = (id: string) => kit.cloud.database.documents('notes', { filter: { _id: id } })[0]
const permit = (permission: PermissionLevel) => kit.cloud.database.setPermission('notes', permission)
const rules = (value: CollectionRules) =>
  kit.cloud.database.setPermission('notes', 'CUSTOM', JSON.stringify(value))

describe('the database of a mini-program', () => {
  it('answers callbacks, and shows only what the permission allows', async () => {
    await phone.text('note b').waitFor()
    expect(await phone.top.innerText()).toBe('collection.get:ok collection.get:ok\nnote b\nnote a')
  })

  it('adds, reads, changes, replaces and removes documents', async () => {
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const _ = db.command
      const notes = db.collection('notes')
      const added = await notes.add({
        data: { text: 'new', at: new Date(5), n: { a: 1, b: [1, 2] }, gone: undefined },
      })
      const note = notes.doc(added._id)
      const updated = await note.update({
        data: { n: { a: _.inc(2), b: _.push(3) }, at: _.remove(), big: 1e300 },
      })
      const { data } = await note.get()
      const again = await note.set({ data: { text: 'whole' } })
      const fresh = await notes.doc('fresh').set({ data: { text: 'fresh' } })
      const removed = await note.remove()
      const none = await note.remove()
      return { added, updated, data, again, fresh, removed, none }
    })
    const { _id } = seen.added
    expect(_id).toMatch(/^[0-9a-f]{32}$/)
    expect(seen).toEqual({
      added: { _id, errMsg: 'collection.add:ok' },
      updated: { stats: { updated: 1 }, errMsg: 'document.update:ok' },
      data: { _id, _openid: 'oAlice', text: 'new', n: { a: 3, b: [1, 2, 3] }, big: 1e300 },
      again: { _id, stats: { created: 0, updated: 1 }, errMsg: 'document.set:ok' },
      fresh: { _id: 'fresh', stats: { created: 1, updated: 0 }, errMsg: 'document.set:ok' },
      removed: { stats: { removed: 1 }, errMsg: 'document.remove:ok' },
      none: { stats: { removed: 0 }, errMsg: 'document.remove:ok' },
    })
  })

  it('queries, counts, pages and projects', async () => {
    permit('READONLY')
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const _ = db.command
      const notes = db.collection('notes')
      const ids = async (query: Untyped) => (await query.get()).data.map(({ _id }: Untyped) => _id)
      return {
        all: await ids(notes.orderBy('_id', 'asc')),
        own: await ids(notes.where({ _openid: '{openid}', done: true })),
        either: await ids(notes.where(_.or([{ _id: 'a' }, { done: true }])).orderBy('_id', 'asc')),
        between: await ids(notes.where({ text: _.gt('note a').and(_.lt('note d')) }).orderBy('_id', 'asc')),
        chained: await ids(notes.where({ text: _.gt('note a').lt('note d').neq('note c') })),
        not: await ids(notes.where({ text: _.not(_.in(['note a', 'note b', 'note c'])) })),
        pattern: await ids(notes.where({ text: /A$/i })),
        regexp: await ids(notes.where({ text: db.RegExp({ regexp: 'B$', options: 'i' }) })),
        page: await ids(notes.orderBy('text', 'desc').skip(1).limit(2)),
        fields: (await notes.field({ text: true, _id: false }).limit(1).get()).data,
        one: (await notes.doc('a').field({ done: true }).get()).data,
        count: (await notes.where({ done: false }).count()).total,
      }
    })
    expect(seen).toEqual({
      all: ['a', 'b', 'c', 'd'],
      own: ['c'],
      either: ['a', 'c'],
      between: ['b', 'c'],
      chained: ['b'],
      not: ['d'],
      pattern: ['a'],
      regexp: ['b'],
      page: ['c', 'b'],
      fields: [{ text: 'note a' }],
      one: { _id: 'a', done: false },
      count: 3,
    })
  })

  it('has every command', async () => {
    kit.cloud.database.putDocument('notes', {
      _id: 'list',
      _openid: 'oAlice',
      tags: ['x', 'y', 'z'],
      items: [
        { n: 1, k: 'a' },
        { n: 5, k: 'b' },
      ],
      n: 10,
    })
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const _ = db.command
      const notes = db.collection('notes')
      const found = async (condition: Untyped) => (await notes.where(condition).count()).total
      const queries: Untyped = {
        size: await found({ tags: _.size(3) }),
        all: await found({ tags: _.all(['x', 'z']) }),
        elemMatch: await found({ items: _.elemMatch({ n: _.gt(4), k: 'b' }) }),
        elemMatchValue: await found({ tags: _.elemMatch(_.eq('y')) }),
        exists: await found({ tags: _.exists(true) }),
        mod: await found({ n: _.mod(4, 2) }),
        nin: await found({ n: _.nin([11]), text: _.exists(false) }),
        nor: await found(_.nor([{ done: true }, { done: false }])),
        and: await found(_.and([{ n: _.gte(10) }, { n: _.lte(10) }])),
        element: await found({ 'items.0.k': _.eq('a') }),
        expr: await found(_.expr(_.aggregate.gt(['$n', 9]))),
      }
      const list = notes.doc('list')
      const change = async (data: Untyped, field: string) => {
        await list.update({ data })
        return (await list.get()).data[field]
      }
      return {
        queries,
        unshift: await change({ tags: _.unshift('w') }, 'tags'),
        pop: await change({ tags: _.pop() }, 'tags'),
        shift: await change({ tags: _.shift() }, 'tags'),
        addToSet: await change({ tags: _.addToSet({ each: ['x', 'q'] }) }, 'tags'),
        push: await change({ tags: _.push({ each: ['m'], position: 0, slice: 3 }) }, 'tags'),
        pull: await change({ tags: _.pull(_.in(['m'])) }, 'tags'),
        pullAll: await change({ tags: _.pullAll(['x']) }, 'tags'),
        pullObject: await change({ items: _.pull({ n: _.lt(2) }) }, 'items'),
        mul: await change({ n: _.mul(2) }, 'n'),
        max: await change({ n: _.max(21) }, 'n'),
        min: await change({ n: _.min(4) }, 'n'),
        set: await change({ items: _.set({ b: {} }) }, 'items'),
        rename: await change({ n: _.rename('m') }, 'm'),
      }
    })
    for (const [name, count] of Object.entries(seen.queries)) expect([name, count]).toEqual([name, 1])
    expect(seen).toMatchObject({
      unshift: ['w', 'x', 'y', 'z'],
      pop: ['w', 'x', 'y'],
      shift: ['x', 'y'],
      addToSet: ['x', 'y', 'q'],
      push: ['m', 'x', 'y'],
      pull: ['x', 'y'],
      pullAll: ['y'],
      pullObject: [{ n: 5, k: 'b' }],
      mul: 20,
      max: 21,
      min: 4,
      set: { b: {} },
      rename: 4,
    })
  })

  it('keeps dates, numbers, times of the server and places', async () => {
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const _ = db.command
      const notes = db.collection('notes')
      const point = new db.Geo.Point(113.3, 23.1)
      const { Point } = db.Geo
      const area = db.Geo.Polygon([
        db.Geo.LineString([Point(113, 23), Point(114, 23), Point(114, 24), Point(113, 23)]),
      ])
      await notes.add({
        data: {
          _id: 'v',
          at: new Date(1e12),
          now: db.serverDate({ offset: -1000 }),
          deep: { now: db.serverDate() },
          nan: NaN,
          place: point,
        },
      })
      const { data } = await notes.doc('v').get()
      const near = await notes
        .where({ place: _.geoNear({ geometry: Point(113.3, 23.1), maxDistance: 10 }) })
        .get()
      const within = await notes.where({ place: _.geoWithin({ geometry: area }) }).count()
      const round = await notes
        .where({ place: _.geoWithin({ centerSphere: [[113.3, 23.1], 0.001] }) })
        .count()
      const later = await notes.where({ at: _.gt(new Date(1)) }).count()
      return {
        at: data.at instanceof Date && data.at.getTime(),
        ahead: data.deep.now - data.now,
        nan: Number.isNaN(data.nan),
        place: [data.place.longitude, data.place.latitude, data.place instanceof db.Geo.Point],
        near: near.data.length,
        counts: [within.total, round.total, later.total],
      }
    })
    expect(seen).toEqual({
      at: 1e12,
      ahead: 1000,
      nan: true,
      place: [113.3, 23.1, true],
      near: 1,
      counts: [1, 1, 1],
    })
    expect(stored('v')?.['place']).toEqual({ type: 'Point', coordinates: [113.3, 23.1] })
  })

  it('aggregates', async () => {
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const $ = db.command.aggregate
      const notes = db.collection('notes')
      const groups = await notes
        .aggregate()
        .match({ _openid: '{openid}' })
        .group({ _id: '$done', n: $.sum(1) })
        .sort({ n: -1 })
        .end()
      const joined = await notes
        .aggregate()
        .limit(1)
        .lookup({
          from: 'notes',
          let: { d: '$done' },
          pipeline: $.pipeline()
            .match(db.command.expr($.eq(['$done', '$$d'])))
            .done(),
          as: 'same',
        })
        .end()
        .catch(({ errCode }: Untyped) => errCode)
      return { groups, joined }
    })
    expect(seen).toEqual({
      groups: {
        list: [
          { _id: false, n: 2 },
          { _id: true, n: 1 },
        ],
        errMsg: 'collection.aggregate:ok',
      },
      // A private collection cannot be joined: the documents of others would be seen.
      joined: -502003,
    })
  })
})

describe('what is refused', () => {
  it('fails with the numbers and words of WeChat', async () => {
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const notes = db.collection('notes')
      const failure = (call: Promise<unknown>) =>
        call
          .then(() => 'ok')
          .catch(
            (error) =>
              `${error instanceof Error} ${error.errCode} ${error.errMsg === error.message} ${error.errMsg}`,
          )
      const byCallback = await new Promise<Untyped>((resolve) => db.collection('none').get({ fail: resolve }))
      return {
        other: await failure(notes.doc('d').get()),
        missing: await failure(notes.doc('zzz').get()),
        byCallback: [byCallback.errCode, byCallback.errMsg],
        openid: await failure(notes.add({ data: { _openid: 'oBob' } })),
        id: await failure(notes.doc('a').update({ data: { _id: 'x' } })),
        noData: await failure(notes.add({})),
        noId: await failure(notes.doc(undefined).get()),
        noCondition: await failure(notes.where(undefined).get()),
        undefinedOnly: await failure(notes.where({ a: undefined }).get()),
        command: await failure(notes.doc('a').set({ data: { n: db.command.inc(1) } })),
        others: (await notes.doc('d').update({ data: { text: 'mine' } })).stats.updated,
        set: await failure(notes.doc('d').set({ data: {} })),
        taken: await failure(notes.add({ data: { _id: 'a' } })),
        create: await failure(db.createCollection('mine')),
        transaction: await failure(db.startTransaction()),
        watch: (() => {
          try {
            notes.watch({ onChange() {} })
          } catch (error) {
            return (error as Error).message
          }
        })(),
      }
    })
    const hidden = (id: string) =>
      `true -1 true document.get:fail cannot find document with _id ${id}, please make sure that the document exists and you have the corresponding access permission`
    expect(seen).toEqual({
      other: hidden('d'),
      missing: hidden('zzz'),
      byCallback: [
        -502005,
        expect.stringContaining('collection.get:fail errCode: -502005 database collection not exists'),
      ],
      openid:
        'true -501007 true collection.add:fail errCode: -501007 invalid parameters | errMsg: Invalid Key Name: _openid',
      id: 'true -501007 true document.update:fail 不能更新_id的值',
      noData:
        'true -401003 true collection.add:fail parameter error: parameter.data should be object instead of undefined;',
      noId: expect.stringContaining('true -401003 true document.get:fail parameter error'),
      noCondition: 'true -401003 true collection.get:fail 查询参数必须为对象',
      undefinedOnly: 'true -1 true collection.get:fail 查询参数对象值不能均为undefined',
      command: 'true -502001 true document.set:fail update operator complicit',
      others: 0,
      set: expect.stringContaining(
        'true -502003 true document.set:fail errCode: -502003 database permission denied',
      ),
      taken: expect.stringContaining('E11000'),
      create: expect.stringContaining('true -401001 true createCollection:fail'),
      transaction: expect.stringContaining('true -401001 true startTransaction:fail'),
      watch: expect.stringContaining('collection.watch:fail'),
    })
    expect((await phone.takeErrors()).sort()).toEqual([
      'db.createCollection：小程序端没有这个接口，请在云函数里调用',
      'db.startTransaction：小程序端没有这个接口，请在云函数里调用',
    ])
  })

  it('follows security rules, `where` included', async () => {
    rules({ read: 'doc._openid == auth.openid', update: 'doc.done == false', delete: false })
    const seen = await run(async () => {
      const db = wx.cloud.database()
      const _ = db.command
      const notes = db.collection('notes')
      const code = (call: Promise<Untyped>) =>
        call.then(({ stats, data }) => stats ?? data.length).catch((error) => error.errCode)
      return [
        await code(notes.get()),
        await code(notes.doc('a').get()),
        await code(notes.where({ _id: 'a', _openid: '{openid}' }).get()),
        await code(notes.where({ _openid: '{openid}' }).get()),
        await code(notes.where({ done: _.eq(false) }).update({ data: { seen: true } })),
        await code(notes.where({ done: true }).update({ data: { seen: true } })),
        await code(notes.where({ done: false }).remove()),
        await code(notes.add({ data: {} })),
      ]
    })
    expect(seen).toEqual([-502003, -502003, 1, 3, { updated: 3 }, -502003, -502003, -502003])
  })

  it('fails offline and before init as functions do', async () => {
    await phone.setting('断网').check()
    const failure = () =>
      run(() =>
        wx.cloud
          .database()
          .collection('notes')
          .get()
          .catch(({ errCode, errMsg }: Untyped) => [errCode, errMsg]),
      )
    expect(await failure()).toEqual([
      -601001,
      'collection.get:fail request:fail -2:net::ERR_INTERNET_DISCONNECTED',
    ])
    await phone.setting('断网').uncheck()
  })

  it('notes what WeChat does without a word', async () => {
    await run(async () => {
      const db = wx.cloud.database()
      await db.collection('notes').limit(100).get()
      await db
        .collection('notes')
        .where({ _openid: db.command.in(['{openid}']) })
        .count()
      await db
        .collection('notes')
        .where(db.command.or({ _openid: '{openid}' }, { done: true }))
        .count()
    })
    expect(await phone.takeErrors()).toEqual([
      '提示 limit(100)：小程序端一次最多返回 20 条，分页用 skip',
      "提示 '{openid}' 只在相等条件里换成用户的 openid，在 _.eq、_.in 等指令里不换",
    ])
  })

  it('is also that of a shared environment, which is the same here', async () => {
    const total = await run(async () => {
      const cloud = new wx.cloud.Cloud({ resourceAppid: 'wx1', resourceEnv: 'other' })
      await cloud.init()
      return (await cloud.database().collection('notes').count()).total
    })
    expect(total).toBe(3)
  })
})

it('`watch` tells each change of what it sees, until it is closed', async () => {
  permit('READONLY')
  await run(() => {
    const seen: Untyped[] = []
    const watcher = wx.cloud
      .database()
      .collection('notes')
      .where({ done: false })
      .watch({
        onChange: (snapshot: Untyped) => seen.push(snapshot),
        onError: (error: Untyped) => seen.push(error.errMsg),
      })
    Object.assign(globalThis, { seen, watcher })
  })
  const take = async (count: number) => {
    await expect.poll(() => run(() => (globalThis as Untyped).seen.length)).toBe(count)
    return run(() => (globalThis as Untyped).seen.splice(0))
  }
  const [first] = await take(1)
  expect(first).toMatchObject({ id: 0, type: 'init' })
  expect(first.docs.map(({ _id }: Untyped) => _id)).toEqual(['d', 'b', 'a'])
  expect(first.docChanges[0]).toMatchObject({ queueType: 'init', dataType: 'init', docId: 'd' })

  await run(() =>
    wx.cloud
      .database()
      .collection('notes')
      .doc('a')
      .update({ data: { text: 'changed', deep: { a: 1 } } }),
  )
  const [changed] = await take(1)
  expect(changed.docChanges).toEqual([
    {
      id: 3,
      queueType: 'update',
      dataType: 'update',
      docId: 'a',
      doc: { _id: 'a', _openid: 'oAlice', text: 'changed', done: false, deep: { a: 1 } },
      updatedFields: { text: 'changed', deep: { a: 1 } },
      removedFields: [],
    },
  ])
  // Another person's phone, a function and the console are noticed alike.
  await kit.control.put('collections/notes/documents', { document: { _id: 'e', done: false } })
  expect((await take(1))[0].docChanges).toMatchObject([{ queueType: 'enqueue', dataType: 'add', docId: 'e' }])
  await kit.control.put('collections/notes/documents', { document: { _id: 'e', done: true } })
  expect((await take(1))[0].docChanges).toMatchObject([
    { queueType: 'dequeue', dataType: 'update', docId: 'e' },
  ])
  await kit.control.delete('collections/notes/documents/d')
  expect((await take(1))[0].docChanges).toMatchObject([
    { queueType: 'dequeue', dataType: 'remove', docId: 'd' },
  ])

  await kit.control.put('collections/notes/permission', { permission: 'ADMINONLY' })
  expect((await take(1))[0]).toContain('collection.watch:fail errCode: -502003')
  await kit.control.put('collections/notes/permission', { permission: 'READONLY' })
  await kit.control.put('collections/notes/documents', { document: { _id: 'f', done: false } })
  expect(await run(() => (globalThis as Untyped).watcher.close())).toBeUndefined()
  expect(await take(0)).toEqual([])
})
