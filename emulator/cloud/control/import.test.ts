import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

/** The text of the file is made in this very process, beside all other tests. */
const LONGEST_WAIT_MILLISECONDS = 1500

let kit: FixtureCloud
beforeAll(async () => {
  kit = await FixtureCloud.start()
})
afterAll(() => kit.stop())

const before = [
  { _id: 'a', n: 1 },
  { _id: 'b', n: 2 },
]
beforeEach(async () => {
  kit.cloud.database.clear()
  kit.cloud.database.createCollection('notes', 'READONLY')
  for (const document of before) kit.cloud.database.putDocument('notes', document)
  kit.cloud.database.createIndex('notes', {
    name: 'n_1',
    keys: [{ field: 'n', direction: 1 }],
    unique: true,
  })
})

const documents = (name = 'notes') => kit.cloud.database.documents(name)

async function importFile(path: string, body: string | Buffer, type = 'application/json') {
  const url = `${kit.cloud.controlUrl}/${path}`
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
  return { status: response.status, ...((await response.json()) as { error?: string; imported?: object[] }) }
}

const exported = (documents: string, more = '') =>
  `{"collections":[{"name":"notes","permission":"READONLY",${more}"documents":${documents}}]}`

const UNIQUE = '"indexes":[{"name":"n_1","keys":[{"field":"n","direction":1}],"unique":true}],'

describe('an import that is refused leaves everything as it was and says line and reason', () => {
  it.each([
    [
      'a duplicate _id in an export',
      'import',
      exported('[\n{"_id":"x"},\n{"_id":"y"},\n{"_id":"x"}]'),
      /line 4.*E11000/,
    ],
    [
      'a unique index in an export',
      'import',
      exported('[\n{"_id":"x","n":1},\n{"_id":"y","n":1}]', UNIQUE),
      /line 3.*E11000/,
    ],
    [
      'the second collection of an export',
      'import',
      '{"collections":[{"name":"notes","documents":[{"_id":"x"}]},\n{"name":"$bad","documents":[]}]}',
      /collection name/,
    ],
    ['a $ field', 'import', exported('[\n{"_id":"x","$bad":1}]'), /line 2.*\$bad/],
    ['a bad date', 'import', exported('[\n\n{"_id":"x","at":{"$date":"gestern"}}]'), /line 3.*\$date/],
    ['an _id that is an array', 'import', exported('[{"_id":[1]}]'), /line 1.*_id/],
    ['an export that ends too early', 'import', exported('[{"_id":"x"},').slice(0, -3), /ends too early/],
    ['an export with a comma too many', 'import', exported('[{"_id":"x"},,{"_id":"y"}]'), /JSON/],
    ['an export without documents', 'import', '{"collections":[{"name":"notes"}]}', /documents/],
    [
      'an export that names a collection twice',
      'import',
      '{"collections":[{"name":"notes","documents":[]},{"name":"notes","documents":[]}]}',
      /twice/,
    ],
    ['no JSON at all', 'import', 'hello', /not/],
    ['nothing', 'import', '', /JSON/],
    [
      'a half document of JSON Lines',
      'collections/notes/import',
      '{"_id":"x"}\n{"_id":"y"',
      /line 2.*does not end/,
    ],
    [
      'bad JSON in JSON Lines',
      'collections/notes/import',
      '{"_id":"x"}\n{"_id":}\n{"_id":"z"}',
      /line 2.*not JSON/,
    ],
    ['a number among JSON Lines', 'collections/notes/import', '{"_id":"x"}\n7\n', /line 2/],
    ['a comma between JSON Lines', 'collections/notes/import', '{"_id":"x"},\n{"_id":"y"}', /line 1/],
    [
      'a unique key in JSON Lines',
      'import?collection=notes',
      '{"n":7}\n{"n":8}\n{"n":7}\n',
      /line 3.*E11000/,
    ],
    ['a deep document', 'collections/notes/import', `{"a":${'['.repeat(100_000)}`, /line 1.*deep/],
    [
      'a field named __proto__',
      'collections/notes/import',
      '{"_id":"x"}\n{"__proto__":{"a":1}}',
      /line 2.*__proto__/,
    ],
  ])('%s', async (_name, path, body, reason) => {
    const { status, error } = await importFile(path, body)
    expect([status, error]).toEqual([400, expect.stringMatching(reason)])
    expect(documents()).toEqual(before)
    expect(kit.cloud.database.collections()).toMatchObject([
      {
        name: 'notes',
        permission: 'READONLY',
        documentCount: 2,
        indexes: [{ name: '_id_' }, { name: 'n_1' }],
      },
    ])
  })

  it('bytes that are no UTF-8', async () => {
    const { status, error } = await importFile(
      'collections/notes/import',
      Buffer.from([123, 34, 0xff, 34, 125]),
    )
    expect([status, error]).toEqual([400, expect.stringContaining('UTF-8')])
    expect(documents()).toEqual(before)
  })

  it('a type that another site’s form could send', async () => {
    expect((await importFile('import', exported('[]'), 'text/plain')).status).toBe(415)
    expect(documents()).toEqual(before)
  })
})

describe('an import takes', () => {
  const dated = '{"_id":"x","at":{"$date":"2018-08-31T17:30:00.882Z"},"text":"行\\n{\\"[","n":1}'
  const asStored = { _id: 'x', at: new Date('2018-08-31T17:30:00.882Z'), text: '行\n{"[', n: 1 }

  it.each([
    ['JSON Lines', `${dated}\n{"_id":"y","n":2}\n`],
    ['JSON Lines with CRLF, a byte order mark and empty lines', `\ufeff${dated}\r\n\r\n{"_id":"y","n":2}`],
    ['documents over several lines', `${dated}\n{\n  "_id": "y",\n  "n": 2\n}`],
    ['an array', `[${dated},{"_id":"y","n":2}]`],
    ['an array over several lines', `[\n  ${dated},\n  {"_id":"y","n":2}\n]\n`],
  ])('%s, with the indexes and the permission that are there', async (_name, body) => {
    for (const path of ['collections/notes/import', 'import?collection=notes']) {
      expect(await importFile(path, body, 'application/x-ndjson')).toEqual({
        status: 200,
        imported: [{ name: 'notes', documents: 2 }],
      })
      expect(documents()).toEqual([asStored, { _id: 'y', n: 2 }])
      expect(kit.cloud.database.collections()[0]).toMatchObject({
        permission: 'READONLY',
        indexes: [{ name: '_id_' }, { name: 'n_1' }],
      })
      expect(kit.cloud.database.documents('notes', { filter: { n: 2 } })).toHaveLength(1)
      expect(() => kit.cloud.database.putDocument('notes', { _id: 'z', n: 2 })).toThrow('E11000')
    }
  })

  it('a document without an _id, an ObjectId, and a collection that is not there yet', async () => {
    const body = '{"a":1}\n{"_id":{"$oid":"507f1f77bcf86cd799439011"}}'
    expect((await importFile('collections/fresh/import', body)).status).toBe(200)
    const [first, second] = documents('fresh')
    expect(first).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{32}$/), a: 1 })
    expect(String(second?.['_id'])).toBe('507f1f77bcf86cd799439011')
  })

  it('a file that arrives in the smallest pieces', async () => {
    async function* pieces() {
      for (const byte of Buffer.from(`[${dated}, {"_id":"y","n":2}]`)) yield Uint8Array.of(byte)
    }
    const heads = () => [{ name: 'notes' }]
    await kit.cloud.database.importFile(pieces(), { layout: 'documents', heads })
    expect(documents()).toEqual([asStored, { _id: 'y', n: 2 }])
  })
})

describe('a large import', () => {
  const COUNT = 20_000
  const lines = () =>
    Array.from({ length: COUNT }, (_, n) =>
      JSON.stringify({ _id: `id-${n}`, n, text: 'x'.repeat(200) }),
    ).join('\n')

  it('lets other requests be answered, shows nothing before its end, and then all of it', async () => {
    const waits: number[] = []
    let isOver = false
    const others = (async () => {
      while (!isOver) {
        const startedAt = performance.now()
        const { total } = await kit.control.get('collections/notes/documents?limit=1')
        waits.push(performance.now() - startedAt)
        expect([before.length, COUNT]).toContain(total)
      }
    })()
    expect((await importFile('collections/notes/import', lines())).status).toBe(200)
    isOver = true
    await others
    expect(waits.length).toBeGreaterThan(20)
    expect(Math.max(...waits)).toBeLessThan(LONGEST_WAIT_MILLISECONDS)
    expect(kit.cloud.database.collections()[0]?.documentCount).toBe(COUNT)
    // Written while the old one is still being taken away.
    kit.cloud.database.putDocument('notes', { _id: 'after', n: -1 })
    expect(kit.cloud.database.documents('notes', { filter: { _id: 'after' } })).toHaveLength(1)
  }, 120_000)

  it('keeps what it has brought so far while other collections are taken away', async () => {
    const { database } = kit.cloud
    const taken = async () => {
      database.createCollection('other')
      database.dropCollection('other')
      await sleep(100)
    }
    async function* bytes() {
      for (let part = 0; part < 3; part++) {
        const some = Array.from({ length: 1000 }, (_, n) => `{"_id":"${part}-${n}"}\n`)
        yield Buffer.from(some.join(''))
        await taken()
      }
    }
    await database.importFile(bytes(), { layout: 'documents', heads: () => [{ name: 'notes' }] })
    expect(documents()).toHaveLength(3000)
  })

  it('that is refused at its last line leaves nothing behind', async () => {
    const { error } = await importFile('collections/notes/import', `${lines()}\n{"_id":"id-7"}`)
    expect(error).toMatch(new RegExp(`line ${COUNT + 1}.*E11000`))
    expect(documents()).toEqual(before)
  }, 120_000)

  it('ends an open transaction, which fails by name', async () => {
    const { transactionId } = await kit.cloud.database.handle('database.startTransaction', {})
    await importFile('collections/notes/import', '{"_id":"x","n":9}')
    await expect(kit.cloud.database.handle('database.commitTransaction', { transactionId })).rejects.toThrow(
      'TransactionNotExist',
    )
  })
})
