import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseServer, type Untyped } from './testing/database-server.ts'

let server: DatabaseServer
let db: Untyped
let _: Untyped

beforeAll(async () => {
  server = await DatabaseServer.start()
  db = server.nodeSdk()
  _ = db.command
})
afterAll(() => server.close())

const outside = () => db.collection('c')
const content = async (id: string) => (await outside().doc(id).get()).data[0] ?? null

beforeEach(async () => {
  server.database.clear()
  server.clock.reset()
  server.database.createCollection('c')
  await outside().add([
    { _id: '1', n: 1 },
    { _id: '2', n: 2 },
  ])
})

const CONFLICT = { code: 'DATABASE_TRANSACTION_CONFLICT' }
const GONE = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message:
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. Please check your request, but if the problem persists, contact us.',
}

async function start(): Promise<{ transaction: Untyped; c: Untyped }> {
  const transaction = await db.startTransaction()
  return { transaction, c: transaction.collection('c') }
}

/** A transaction whose snapshot has been taken. */
async function started(): Promise<{ transaction: Untyped; c: Untyped }> {
  const { transaction, c } = await start()
  await c.doc('2').get()
  return { transaction, c }
}

describe('within a transaction', () => {
  it('writes are seen by its own reads and by nobody else before the commit', async () => {
    const { transaction, c } = await start()
    expect(await c.add({ _id: 'new', date: new Date(5) })).toMatchObject({ inserted: 1, id: 'new' })
    expect((await c.doc('1').update({ n: _.inc(10) })).updated).toBe(1)
    expect((await c.doc('2').delete()).deleted).toBe(1)
    expect((await c.doc('made').set({ n: 9 })).upserted).toEqual([{ _id: 'made' }])

    expect((await c.doc('1').get()).data).toEqual({ _id: '1', n: 11 })
    expect((await c.doc('2').get()).data).toBeNull()
    const ids = (await c.where({ _id: /.*/ }).get()).data.map((d: { _id: string }) => d._id)
    expect(ids).toEqual(['1', 'new', 'made'])
    expect(await content('1')).toEqual({ _id: '1', n: 1 })
    expect(await content('new')).toBeNull()

    await transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 11 })
    expect(await content('2')).toBeNull()
    expect(await content('new')).toEqual({ _id: 'new', date: new Date(5) })
    expect((await outside().count()).total).toBe(3)
  })

  it('a rollback leaves no trace', async () => {
    const { transaction, c } = await start()
    await c.doc('1').delete()
    await c.add({ _id: 'new' })
    await transaction.rollback()
    expect(await content('1')).toEqual({ _id: '1', n: 1 })
    expect((await outside().count()).total).toBe(2)
  })

  it('reads see the state of its first operation, whatever others do', async () => {
    const { transaction, c } = await start()
    await c.doc('2').get()
    await outside().doc('1').set({ n: 100 })
    await outside().doc('2').remove()
    await outside().add({ _id: '3' })
    expect((await c.doc('1').get()).data).toEqual({ _id: '1', n: 1 })
    expect((await c.where({ n: _.gt(0) }).get()).data).toHaveLength(2)
    expect((await c.doc('3').get()).data).toBeNull()
    await transaction.rollback()
  })

  it('what others do between its start and its first operation is seen, and no conflict', async () => {
    const { transaction, c } = await start()
    await outside().doc('1').set({ n: 100 })
    await outside().add({ _id: '3', n: 3 })
    expect((await c.doc('1').get()).data).toEqual({ _id: '1', n: 100 })
    expect((await c.doc('1').update({ n: _.inc(1) })).updated).toBe(1)
    expect((await c.doc('3').delete()).deleted).toBe(1)
    await transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 101 })
  })

  it('its first operation may be a write', async () => {
    const { transaction, c } = await start()
    await outside().doc('1').set({ n: 100 })
    expect((await c.doc('1').update({ n: _.inc(1) })).updated).toBe(1)
    await transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 101 })
  })

  it('a document removed and added again is one document', async () => {
    const { transaction, c } = await start()
    await c.doc('1').delete()
    await c.add({ _id: '1', n: 50 })
    await transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 50 })
    expect((await outside().count()).total).toBe(2)
  })
})

describe('conflicts', () => {
  it('with a document changed since the first operation', async () => {
    const { c } = await started()
    await outside().doc('1').set({ n: 100 })
    await expect(c.doc('1').update({ n: 5 })).rejects.toMatchObject(CONFLICT)
  })

  it('with a document changed and changed back', async () => {
    const { c } = await started()
    await outside().doc('1').set({ n: 100 })
    await outside().doc('1').set({ n: 1 })
    await expect(c.doc('1').update({ n: 5 })).rejects.toMatchObject(CONFLICT)
  })

  it('with another open transaction; the first writer wins', async () => {
    const [one, two] = [await start(), await start()]
    await two.c.doc('1').update({ n: 22 })
    await expect(one.c.doc('1').update({ n: 11 })).rejects.toMatchObject({
      ...CONFLICT,
      message:
        '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. Please check your request, but if the problem persists, contact us.',
    })
    await two.transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 22 })
  })

  it('end the transaction', async () => {
    const { transaction, c } = await started()
    await outside().doc('1').set({ n: 100 })
    await expect(c.doc('1').delete()).rejects.toMatchObject(CONFLICT)
    await expect(c.doc('2').get()).rejects.toMatchObject(GONE)
    await expect(transaction.commit()).rejects.toMatchObject(GONE)
    await expect(transaction.rollback()).rejects.toMatchObject(GONE)
  })

  it('of two inserts of one _id', async () => {
    const [one, two] = [await start(), await start()]
    await one.c.add({ _id: 'new', by: 1 })
    await expect(two.c.add({ _id: 'new', by: 2 })).rejects.toMatchObject(CONFLICT)
    await one.transaction.commit()
    expect(await content('new')).toEqual({ _id: 'new', by: 1 })
  })

  it('of two unique keys', async () => {
    server.database.createIndex('c', { name: 'n', keys: [{ field: 'n', direction: 1 }], unique: true })
    const [one, two] = [await start(), await start()]
    await one.c.add({ n: 7 })
    await expect(two.c.doc('1').update({ n: 7 })).rejects.toMatchObject(CONFLICT)
    await one.transaction.rollback()
  })

  it('do not arise from different documents (write skew is possible)', async () => {
    const [one, two] = [await start(), await start()]
    await one.c.doc('2').set({ n: (await one.c.doc('1').get()).data.n + 10 })
    await two.c.doc('1').set({ n: (await two.c.doc('2').get()).data.n + 10 })
    await one.transaction.commit()
    await two.transaction.commit()
    expect([await content('1'), await content('2')]).toEqual([
      { _id: '1', n: 12 },
      { _id: '2', n: 11 },
    ])
  })
})

describe('unique keys', () => {
  beforeEach(() =>
    server.database.createIndex('c', { name: 'n', keys: [{ field: 'n', direction: 1 }], unique: true }),
  )

  it('that were taken before are E11000, and end the transaction as in MongoDB', async () => {
    const { transaction, c } = await start()
    await expect(c.add({ n: 2 })).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringContaining('E11000'),
    })
    await expect(transaction.commit()).rejects.toMatchObject(GONE)
  })

  it('taken by its own earlier write are E11000 too', async () => {
    const { c } = await start()
    await c.add({ n: 7 })
    await expect(c.add({ n: 7 })).rejects.toMatchObject({ message: expect.stringContaining('E11000') })
  })

  it('may be handed from document to document', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: 3 })
    await c.doc('2').update({ n: 1 })
    await c.doc('1').update({ n: 2 })
    await transaction.commit()
    expect(await content('1')).toEqual({ _id: '1', n: 2 })
    expect(await content('2')).toEqual({ _id: '2', n: 1 })
  })
})

describe('the end of a transaction', () => {
  it('after 30 seconds comes by itself', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: 5 })
    server.clock.advance(31)
    await expect(c.doc('1').get()).rejects.toMatchObject(GONE)
    await expect(transaction.commit()).rejects.toMatchObject(GONE)
    expect(await content('1')).toEqual({ _id: '1', n: 1 })
  })

  it('leaves nothing to do with it', async () => {
    const { transaction, c } = await start()
    await transaction.commit()
    await expect(c.doc('1').set({ n: 5 })).rejects.toMatchObject(GONE)
    await expect(transaction.commit()).rejects.toMatchObject(GONE)
  })

  it('comes with a restart', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: 5 })
    await server.restart()
    await expect(transaction.commit()).rejects.toMatchObject(GONE)
    expect(await content('1')).toEqual({ _id: '1', n: 1 })
  })
})

describe('a write outside', () => {
  const settled = async (promise: Promise<unknown>) => {
    let isSettled = false
    const note = () => {
      isSettled = true
    }
    promise.then(note, note)
    // Every request before this one has been answered, except those that wait.
    await outside().count()
    return isSettled
  }

  it('waits for the transaction that holds the document, then goes on', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: _.inc(10) })
    const write = outside()
      .doc('1')
      .update({ n: _.inc(100) })
    expect(await settled(write)).toBe(false)
    await transaction.commit()
    expect((await write).updated).toBe(1)
    expect(await content('1')).toEqual({ _id: '1', n: 111 })
  })

  it('goes on after a rollback, and after the time is up', async () => {
    const { transaction, c } = await start()
    await c.add({ _id: 'new' })
    const insert = outside().add({ _id: 'new', by: 'outside' })
    expect(await settled(insert)).toBe(false)
    await transaction.rollback()
    expect((await insert).id).toBe('new')

    const again = await start()
    await again.c.doc('1').delete()
    const remove = outside().where({ _id: /.*/ }).remove()
    expect(await settled(remove)).toBe(false)
    server.clock.advance(31)
    expect((await remove).deleted).toBe(3)
  })

  it('does not wait to read, or to write other documents', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: 5 })
    expect(await content('1')).toEqual({ _id: '1', n: 1 })
    expect((await outside().doc('2').update({ n: 5 })).updated).toBe(1)
    await transaction.rollback()
  })

  it('of the console does not wait but fails', async () => {
    const { transaction, c } = await start()
    await c.doc('1').update({ n: 5 })
    expect(() => server.database.putDocument('c', { _id: '1' })).toThrow(expect.objectContaining(CONFLICT))
    expect(() => server.database.removeDocument('c', '1')).toThrow(expect.objectContaining(CONFLICT))
    await transaction.rollback()
    expect(server.database.removeDocument('c', '1')).toBe(true)
  })

  it('that a transaction made impossible fails afterwards', async () => {
    const { transaction, c } = await start()
    await c.add({ _id: 'new' })
    const insert = outside().add({ _id: 'new' })
    await transaction.commit()
    await expect(insert).rejects.toMatchObject({ message: expect.stringContaining('E11000') })
  })
})

describe('runTransaction', () => {
  it('answers what the callback answers', async () => {
    expect(
      await db.runTransaction(
        async (transaction: Untyped) => (await transaction.collection('c').doc('1').get()).data.n,
      ),
    ).toBe(1)
  })

  it('rejects with what rollback was given', async () => {
    const run = db.runTransaction((transaction: Untyped) => transaction.rollback('luke'))
    await expect(run).rejects.toBe('luke')
  })

  it('is tried again after a conflict', async () => {
    let tries = 0
    await db.runTransaction(async (transaction: Untyped) => {
      tries += 1
      await transaction.collection('c').doc('1').get()
      if (tries === 1) await outside().doc('1').set({ n: 100 })
      await transaction
        .collection('c')
        .doc('1')
        .update({ n: _.inc(1) })
    })
    expect(tries).toBe(2)
    expect(await content('1')).toEqual({ _id: '1', n: 101 })
  })
})

it('a hundred transactions may be open, one more is refused', async () => {
  const open = await Promise.all(Array.from({ length: 100 }, () => start()))
  await expect(start()).rejects.toMatchObject({ code: 'EXCEED_CONCURRENT_REQUEST_LIMIT' })
  await Promise.all(open.map(({ transaction }) => transaction.rollback()))
  await (await start()).transaction.commit()
})
