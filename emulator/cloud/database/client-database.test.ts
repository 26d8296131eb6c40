import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClientDatabaseAction } from '../../control/client-database.ts'
import type { CollectionRules } from '../../control/permissions.ts'
import { ClientDatabase } from './client-database.ts'
import { DatabaseServer } from './testing/database-server.ts'

let server: DatabaseServer
let client: ClientDatabase

beforeAll(async () => {
  server = await DatabaseServer.start()
  client = new ClientDatabase(server.database)
})
afterAll(() => server.close())

const NOTES = [
  { _id: 'a1', _openid: 'oAlice', text: 'a', rank: 1, members: ['oBob'] },
  { _id: 'b1', _openid: 'oBob', text: 'b', rank: 2, members: [] },
  { _id: 's1', text: 'server', rank: 3, members: ['oAlice'] },
]
beforeEach(() => {
  if (server.database.collections().some(({ name }) => name === 'notes'))
    server.database.dropCollection('notes')
  server.database.createCollection('notes')
  for (const note of NOTES) server.database.putDocument('notes', note)
})

const ask = (action: ClientDatabaseAction, fields: object, openid = 'oAlice') =>
  client.handle({ openid, action, fields: { collectionName: 'notes', ...fields } })
const stored = (id: string) => server.database.documents('notes', { filter: { _id: id } })[0]
/** The ids that a read finds, or its number of refusal. */
async function read(query: object | undefined, openid = 'oAlice') {
  const answer = await ask('getDocument', query === undefined ? {} : { query }, openid)
  if ('errCode' in answer) return answer.errCode
  return (answer.data['list'] as string[]).map((document) => JSON.parse(document)._id).sort()
}
const update = async (query: object, openid = 'oAlice') => {
  const fields = { query, data: { $set: { text: 'changed' } }, multi: true, merge: true }
  const answer = await ask('modifyDocument', fields, openid)
  return 'errCode' in answer ? answer.errCode : answer.data['updated']
}
const remove = async (query: object) => {
  const answer = await ask('removeDocument', { query, multi: true })
  return 'errCode' in answer ? answer.errCode : answer.data['deleted']
}
const add = async (document: object) => {
  const answer = await ask('insertDocument', { data: [document] })
  return 'errCode' in answer ? answer.errCode : (answer.data['insertedIds'] as string[])[0]
}
const set = async (id: string, data: object) => {
  const fields = { query: { _id: id }, data, merge: false, upsert: true, multi: false }
  const answer = await ask('modifyDocument', fields)
  return 'errCode' in answer ? answer.errCode : answer.data
}
const permit = (permission: 'READONLY' | 'PRIVATE' | 'ADMINWRITE' | 'ADMINONLY') =>
  server.database.setPermission('notes', permission)
const rules = (value: CollectionRules) =>
  server.database.setPermission('notes', 'CUSTOM', JSON.stringify(value))

describe('the four levels', () => {
  it('PRIVATE: finds, changes and removes own documents only, and adds', async () => {
    expect(await read(undefined)).toEqual(['a1'])
    expect(await read({ _id: 'b1' })).toEqual([])
    expect(await read({ _openid: 'oBob' })).toEqual([])
    expect(await update({ rank: { $gt: 0 } })).toBe(1)
    expect(await remove({ rank: { $gt: 0 } })).toBe(1)
    expect(stored('b1')).toEqual(NOTES[1])
    const id = await add({ text: 'new' })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(stored(String(id))).toEqual({ _id: id, text: 'new', _openid: 'oAlice' })
  })

  it('READONLY: finds all, changes own documents only, and adds', async () => {
    permit('READONLY')
    expect(await read(undefined)).toEqual(['a1', 'b1', 's1'])
    expect([await update({ _id: 'b1' }), await remove({ _id: 's1' }), await update({ _id: 'a1' })]).toEqual([
      0, 0, 1,
    ])
    expect(await add({ _id: 'mine' })).toBe('mine')
  })

  it('ADMINWRITE: finds all and writes nothing', async () => {
    permit('ADMINWRITE')
    expect(await read(undefined)).toEqual(['a1', 'b1', 's1'])
    expect([
      await update({ _id: 'a1' }),
      await remove({ _id: 'a1' }),
      await add({}),
      await set('a1', {}),
    ]).toEqual([-502003, -502003, -502003, -502003])
  })

  it('ADMINONLY: nothing at all, counts, watches and aggregations included', async () => {
    permit('ADMINONLY')
    expect([await read(undefined), await add({}), await set('new', {})]).toEqual([-502003, -502003, -502003])
    for (const [action, fields] of [
      ['calculateDocument', {}],
      ['watchDocuments', {}],
      ['aggregateDocuments', { stages: [] }],
    ] as const) {
      expect(await ask(action, fields)).toMatchObject({
        errCode: -502003,
        errMsg: expect.stringContaining(
          'errCode: -502003 database permission denied | errMsg: Permission denied',
        ),
      })
    }
  })

  it('`set` replaces an own document, keeps its owner, and takes nobody else’s', async () => {
    expect(await set('a1', { text: 'whole' })).toEqual({ updated: 1 })
    expect(stored('a1')).toEqual({ _id: 'a1', text: 'whole', _openid: 'oAlice' })
    expect(await set('b1', { text: 'taken' })).toBe(-502003)
    expect(await set('s1', { text: 'taken' })).toBe(-502003)
    expect(await set('new', { text: 'x' })).toMatchObject({ upsert_id: 'new' })
    expect(stored('new')).toEqual({ _id: 'new', text: 'x', _openid: 'oAlice' })
  })

  it('nobody writes `_openid`', async () => {
    permit('READONLY')
    const modify = (data: object) =>
      ask('modifyDocument', { query: { _id: 'a1' }, data, merge: true, multi: false })
    expect(await add({ _openid: 'oBob' })).toBe(-501007)
    expect(await set('a1', { _openid: 'oBob' })).toBe(-501007)
    for (const data of [
      { $set: { _openid: 'oBob' } },
      { $unset: { _openid: '' } },
      { $rename: { text: '_openid' } },
      { $rename: { _openid: 'x' } },
    ]) {
      expect(await modify(data)).toEqual({
        errCode: -501007,
        errMsg: 'errCode: -501007 invalid parameters | errMsg: Invalid Key Name: _openid',
      })
    }
    expect(stored('a1')).toEqual(NOTES[0])
  })
})

describe('security rules', () => {
  it('let a query pass that finds only what the rule allows', async () => {
    rules({ read: 'doc._openid == auth.openid || doc.rank > 2', write: false })
    expect(await read({ _openid: '{openid}' })).toEqual(['a1'])
    expect(await read({ $and: [{ _openid: 'oAlice' }, { rank: 1 }] })).toEqual(['a1'])
    expect(await read({ rank: { $gte: 3 } })).toEqual(['s1'])
    expect(await read({ $or: [{ _openid: '{openid}' }, { rank: { $in: [3, 4] } }] })).toEqual(['a1', 's1'])
  })

  it.each([
    [undefined],
    // As on the platform, where `doc('a1').get()` has to be written as `where`.
    [{ _id: 'a1' }],
    [{ _openid: 'oBob' }],
    [{ rank: { $gt: 1 } }],
    [{ rank: { $in: [2, 3] } }],
    [{ $or: [{ _openid: '{openid}' }, { text: 'b' }] }],
    [{ $nor: [{ rank: { $lte: 2 } }] }],
    [{ _openid: { $in: ['oAlice', 'oBob'] } }],
    [{ _openid: { $ne: 'oBob' } }],
    [{ $expr: { $eq: ['$_openid', 'oAlice'] } }],
  ])('refuse a query that may find more: %j', async (query) => {
    rules({ read: 'doc._openid == auth.openid || doc.rank > 2', write: false })
    expect(await read(query)).toBe(-502003)
  })

  it.each([
    ["doc.text != 'b'", { text: { $ne: 'b' } }],
    ["doc.text in ['a', 'b']", { text: { $in: ['a'] } }],
    ['!(doc.rank == 2)', { rank: { $nin: [2] } }],
    ['doc.rank >= 1 && doc.rank < 3', { rank: { $gte: 1, $lt: 3 } }],
    ['auth.openid in doc.members', { members: '{openid}' }],
    ['auth.openid in doc.members', { members: { $elemMatch: { $eq: 'oAlice' } } }],
    ['doc.at == null', { at: null }],
    ["auth.openid == get('database.notes.a1')._openid", {}],
    [`get(\`database.notes.\${doc._id}\`)._openid == auth.openid`, { _id: 'a1' }],
    ['now > 0', {}],
  ])('%s is met by %j', async (read_, query) => {
    rules({ read: read_ })
    expect(await read(query)).not.toBe(-502003)
  })

  it('hold for changes and removals of many, and for what is created', async () => {
    rules({
      read: true,
      create: 'doc.rank < 10 && doc._openid == auth.openid',
      update: 'doc.text == "a"',
      delete: false,
    })
    expect([await update({ text: 'a' }), await update({ text: 'b' }), await update({})]).toEqual([
      1, -502003, -502003,
    ])
    expect([await remove({ text: 'a' }), await add({ rank: 11 })]).toEqual([-502003, -502003])
    expect(await add({ _id: 'ok', rank: 1, by: '{openid}' })).toBe('ok')
    expect(stored('ok')).toMatchObject({ _openid: 'oAlice', by: 'oAlice' })
  })

  it('with `true` for everything let nobody become another’s owner', async () => {
    rules({ read: true, write: true })
    expect(await set('b1', { text: 'over' })).toEqual({ updated: 1 })
    expect(stored('b1')).toEqual({ _id: 'b1', text: 'over', _openid: 'oBob' })
    expect(await set('s1', { text: 'over' })).toEqual({ updated: 1 })
    expect(stored('s1')).toEqual({ _id: 's1', text: 'over' })
    expect(await add({ _openid: 'oBob' })).toBe(-501007)
  })

  it('see the data of an update', async () => {
    rules({ read: true, update: 'request.data.text == "changed"' })
    expect(await update({ _id: 'a1' })).toBe(1)
    const fields = { query: { _id: 'a1' }, data: { $set: { text: 'other' } }, merge: true, multi: false }
    expect(await ask('modifyDocument', fields)).toMatchObject({ errCode: -502003 })
  })

  it('deny all while they are not written', async () => {
    server.database.setPermission('notes', 'CUSTOM')
    expect([await read(undefined), await add({})]).toEqual([-502003, -502003])
  })
})

describe('an aggregation', () => {
  const aggregate = async (stages: [string, unknown][]) => {
    const fields = {
      stages: stages.map(([stageKey, value]) => ({ stageKey, stageValue: JSON.stringify(value) })),
    }
    const answer = await ask('aggregateDocuments', fields)
    if ('errCode' in answer) return answer.errCode
    return (answer.data['list'] as string[]).map((text) => JSON.parse(text))
  }

  it('sees own documents alone where others are private', async () => {
    expect(await aggregate([['$group', { _id: null, n: { $sum: 1 } }]])).toEqual([{ _id: null, n: 1 }])
    rules({ read: 'doc._openid == auth.openid' })
    expect(await aggregate([['$group', { _id: null, n: { $sum: 1 } }]])).toBe(-502003)
    expect(
      await aggregate([
        ['$match', { _openid: '{openid}' }],
        ['$count', 'n'],
      ]),
    ).toEqual([{ n: 1 }])
  })

  it('joins no collection that the person may not read as a whole', async () => {
    const lookup: [string, unknown] = [
      '$lookup',
      { from: 'secrets', localField: '_id', foreignField: '_id', as: 's' },
    ]
    server.database.createCollection('secrets')
    permit('READONLY')
    expect(await aggregate([lookup])).toBe(-502003)
    expect(await aggregate([['$facet', { f: [{ $lookup: lookup[1] }] }]])).toBe(-502003)
    server.database.setPermission('secrets', 'ADMINWRITE')
    expect(await aggregate([lookup])).toHaveLength(3)
    server.database.dropCollection('secrets')
  })
})

describe('limits', () => {
  it('a read gives twenty documents at most, a watch all', async () => {
    for (let number = 0; number < 30; number += 1) {
      server.database.putDocument('notes', { _id: `n${number}`, _openid: 'oAlice' })
    }
    expect(await read(undefined)).toHaveLength(20)
    const limited = await ask('getDocument', { limit: 100 })
    expect('data' in limited && limited.data['list']).toHaveLength(20)
    const watched = await ask('watchDocuments', {})
    expect('data' in watched && watched.data['list']).toHaveLength(31)
    expect(await ask('calculateDocument', {})).toEqual({ data: { total: 31 } })
  })

  it('refuses what is for functions only, and a collection that is not there', async () => {
    expect(await ask('modifyAndReturnDoc' as ClientDatabaseAction, {})).toMatchObject({ errCode: -501007 })
    expect(await ask('getDocument', { collectionName: 'none' })).toMatchObject({
      errCode: -502005,
      errMsg: expect.stringContaining('database collection not exists | errMsg: [ResourceNotFound]'),
    })
    expect(await ask('removeDocument', { multi: true })).toMatchObject({ errCode: -501007 })
  })
})
