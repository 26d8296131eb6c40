import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from './testing/database-server.ts'

let server: DatabaseServer
let db: Untyped

beforeAll(async () => {
  server = await DatabaseServer.start()
  db = server.weChat()
})
afterAll(() => server.close())
beforeEach(() => {
  server.database.clear()
  server.database.createCollection('users')
})

const users = () => db.collection('users')

describe('collections', () => {
  it('are made by createCollection, private', async () => {
    await db.createCollection('made')
    expect(server.database.collections().find(({ name }) => name === 'made')).toEqual({
      name: 'made',
      permission: 'PRIVATE',
      documentCount: 0,
      indexes: [{ name: '_id_', keys: [{ field: '_id', direction: 1 }], unique: true }],
    })
  })

  it('can not be made twice', async () => {
    await expect(db.createCollection('users')).rejects.toMatchObject({
      code: 'DATABASE_COLLECTION_ALREADY_EXIST',
      errCode: -1,
    })
  })

  it('must exist for every operation', async () => {
    const missing = db.collection('missing')
    const calls = [
      () => missing.add({ data: { a: 1 } }),
      () => missing.get(),
      () => missing.count(),
      () => missing.doc('1').get(),
      () => missing.doc('1').set({ data: { a: 1 } }),
      () => missing.where({ a: 1 }).update({ data: { a: 2 } }),
      () => missing.where({ a: 1 }).remove(),
    ]
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({
        errCode: -502005,
        errMsg: expect.stringContaining('Db or Table not exist: missing.'),
      })
    }
  })
})

describe('add and get', () => {
  it('gives an _id of 32 hex digits and answers the document as it was', async () => {
    const date = new Date(1557826731686)
    const data = {
      name: '小明',
      age: 1.5,
      big: 2 ** 40,
      date,
      tags: ['a', { b: null }],
      empty: {},
      yes: true,
    }
    const { _id } = await users().add({ data })
    expect(_id).toMatch(/^[0-9a-f]{32}$/)
    expect((await users().doc(_id).get()).data).toEqual({ _id, ...data })
  })

  it('keeps 7 and "7" apart', async () => {
    await users().add({ data: { _id: 7, name: 'number' } })
    await users().add({ data: { _id: '7', name: 'text' } })
    expect((await users().doc(7).get()).data.name).toBe('number')
    expect((await users().doc('7').get()).data.name).toBe('text')
  })

  it('refuses an _id in use with E11000', async () => {
    await users().add({ data: { _id: 'u1' } })
    await expect(users().add({ data: { _id: 'u1' } })).rejects.toMatchObject({
      errCode: -502001,
      errMsg: expect.stringMatching(
        /E11000 duplicate key error collection: .*users index: _id_ dup key: { _id: "u1" }/,
      ),
    })
  })

  it('refuses a field that begins with $', async () => {
    await expect(users().add({ data: { $key: 1 } })).rejects.toMatchObject({ errCode: -502001 })
    await expect(users().add({ data: { a: [{ $key: 1 }] } })).rejects.toMatchObject({ errCode: -502001 })
  })

  it('throws for a document that does not exist', async () => {
    await expect(users().doc('nobody').get()).rejects.toMatchObject({
      errCode: -1,
      errMsg: 'document.get:fail document with _id nobody does not exist',
    })
  })
})

describe('doc().set, update and remove', () => {
  it('creates, and says so', async () => {
    expect(
      await users()
        .doc('u1')
        .set({ data: { a: 1 } }),
    ).toMatchObject({
      _id: 'u1',
      stats: { updated: 0, created: 1 },
    })
  })

  it('replaces the whole document, and counts it even when nothing changed', async () => {
    await users().add({ data: { _id: 'u1', a: 1, b: 2 } })
    expect(
      (
        await users()
          .doc('u1')
          .set({ data: { c: 3 } })
      ).stats,
    ).toEqual({ updated: 1, created: 0 })
    expect(
      (
        await users()
          .doc('u1')
          .set({ data: { c: 3 } })
      ).stats,
    ).toEqual({ updated: 1, created: 0 })
    expect((await users().doc('u1').get()).data).toEqual({ _id: 'u1', c: 3 })
  })

  it('update changes nested fields and answers 0 for no document', async () => {
    await users().add({ data: { _id: 'u1', profile: { a: 1, b: 2 } } })
    expect(
      (
        await users()
          .doc('u1')
          .update({ data: { profile: { a: 5 } } })
      ).stats.updated,
    ).toBe(1)
    expect(
      (
        await users()
          .doc('u1')
          .update({ data: { profile: { a: 5 } } })
      ).stats.updated,
    ).toBe(0)
    expect(
      (
        await users()
          .doc('u2')
          .update({ data: { a: 1 } })
      ).stats.updated,
    ).toBe(0)
    expect((await users().doc('u1').get()).data).toEqual({ _id: 'u1', profile: { a: 5, b: 2 } })
  })

  it('remove answers how many', async () => {
    await users().add({ data: { _id: 'u1' } })
    expect((await users().doc('u1').remove()).stats.removed).toBe(1)
    expect((await users().doc('u1').remove()).stats.removed).toBe(0)
  })
})
