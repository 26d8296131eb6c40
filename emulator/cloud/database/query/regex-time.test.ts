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
  server.database.clear()
  server.database.createCollection('c')
  await db.collection('c').add({ _id: 1, text: `${'a'.repeat(40)}!`, list: ['b', `${'a'.repeat(40)}!`] })
  await db.collection('c').add({ _id: 2, text: 'short', long: 'x'.repeat(50_000) })
})

const c = () => db.collection('c')
const SLOW = '^(a+)+$'
const TOO_LONG = {
  code: 'DATABASE_REQUEST_FAILED',
  message: expect.stringContaining('takes too long'),
}

/** Well below what the patterns would take, well above what the limit lets them. */
const SOON_MILLISECONDS = 4000

async function refusedSoon(request: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await expect(request()).rejects.toMatchObject(TOO_LONG)
  expect(performance.now() - started).toBeLessThan(SOON_MILLISECONDS)
}

describe('a regular expression that takes too long is refused', () => {
  it.each([
    ['nested repetitions', SLOW],
    ['alternatives that overlap', '^(a|aa)+$'],
    ['a repeated group without repetition in it', '^(a|a)*$'],
    ['a counted group', '^(a{1,20}){1,20}b$'],
    ['in a lookahead', '^(?=(a+)+b)a'],
    ['with a reference', '^(a+)+\\1b$'],
  ])('%s', async (_name, pattern) => {
    await refusedSoon(() =>
      c()
        .where({ text: db.RegExp({ regexp: pattern }) })
        .get(),
    )
  })

  it('many repetitions over a long text', async () => {
    await refusedSoon(() =>
      c()
        .where({ long: db.RegExp({ regexp: 'x*x*x*x*y' }) })
        .get(),
    )
  })

  const requests: [string, () => Promise<unknown>][] = [
    [
      'count',
      () =>
        c()
          .where({ text: new RegExp(SLOW) })
          .count(),
    ],
    [
      'update',
      () =>
        c()
          .where({ text: new RegExp(SLOW) })
          .update({ n: 1 }),
    ],
    [
      'remove',
      () =>
        c()
          .where({ text: new RegExp(SLOW) })
          .remove(),
    ],
    [
      'an element of an array',
      () =>
        c()
          .where({ list: new RegExp(SLOW) })
          .get(),
    ],
    [
      'nor',
      () =>
        c()
          .where(_.nor([{ text: new RegExp(SLOW) }]))
          .get(),
    ],
    [
      '_.in',
      () =>
        c()
          .where({ text: _.in([new RegExp(SLOW)]) })
          .get(),
    ],
    [
      '$match',
      () =>
        c()
          .aggregate()
          .match({ text: new RegExp(SLOW) })
          .end(),
    ],
    [
      'a pull',
      () =>
        c()
          .doc(1)
          .update({ list: _.pull(new RegExp(SLOW)) }),
    ],
    [
      '$regexMatch',
      () =>
        c()
          .aggregate()
          .project({ r: { $regexMatch: { input: '$text', regex: SLOW } } })
          .end(),
    ],
    [
      '$regexFindAll',
      () =>
        c()
          .aggregate()
          .project({ r: { $regexFindAll: { input: '$text', regex: SLOW } } })
          .end(),
    ],
    [
      '$jsonSchema',
      () =>
        c()
          .where({ $jsonSchema: { properties: { text: { pattern: SLOW } } } })
          .get(),
    ],
  ]
  it.each(requests)('in %s', async (_name, request) => {
    await refusedSoon(request)
  })

  it('together: a hundred documents do not take a hundred times as long', async () => {
    await c().add(Array.from({ length: 100 }, () => ({ text: `${'a'.repeat(24)}!` })))
    await refusedSoon(() =>
      c()
        .where({ text: new RegExp(SLOW) })
        .get(),
    )
  })

  it('together: many that are quick one by one are no quicker', async () => {
    await c().add(Array.from({ length: 1000 }, () => ({ text: 'x'.repeat(1200) })))
    await refusedSoon(() => c().where({ text: /x*y/ }).get())
  })

  it('at the last document too: it is not taken for one that does not match', async () => {
    await refusedSoon(() =>
      c()
        .where({ _id: 1, text: new RegExp(SLOW) })
        .get(),
    )
  })

  it('together: a hundred patterns do not take a hundred times as long', async () => {
    const patterns = Array.from({ length: 100 }, (_, at) => ({ text: new RegExp(`^(a+)+${at}$`) }))
    await refusedSoon(() => c().where(_.or(patterns)).get())
  })
})

it('a write that is refused so has changed nothing, and the next request is answered', async () => {
  await expect(
    c()
      .where({ text: _.or([_.eq('short'), new RegExp(SLOW)]) })
      .update({ n: 1 }),
  ).rejects.toThrow()
  expect((await c().where({ n: 1 }).count()).total).toBe(0)
  expect((await c().where({ text: /^a+!$/ }).count()).total).toBe(1)
})

it('ordinary patterns over many documents are not refused', async () => {
  await c().add(
    Array.from({ length: 5000 }, (_, at) => ({ text: `a text with the number ${at} in it`, many: 1 })),
  )
  const found = await c()
    .where({ many: 1, text: /^(a|the)( \w+)+ 49\d\d in it$/ })
    .count()
  expect(found.total).toBe(100)
})

it('a pattern longer than 32,764 characters is refused', async () => {
  const call = c()
    .where({ text: db.RegExp({ regexp: 'a'.repeat(32_765) }) })
    .get()
  await expect(call).rejects.toMatchObject({ message: expect.stringContaining('too long') })
})
