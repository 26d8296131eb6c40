import { Long, ObjectId } from 'bson'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud
beforeAll(async () => {
  kit = await FixtureCloud.start()
})
afterAll(() => kit.stop())
beforeEach(() => {
  for (const { name } of kit.cloud.database.collections()) kit.cloud.database.dropCollection(name)
  kit.cloud.database.createCollection('notes', 'ADMINONLY')
})

const database = () => kit.cloud.database
const put = (document: Record<string, unknown>) => database().putDocument('notes', document)
const documents = () => database().documents('notes', { sort: { _id: 1 } })
const refused = (error: RegExp) => expect.objectContaining({ message: expect.stringMatching(error) })

/** Sends a file, or asks for one. */
async function request(path: string, body: string, type = 'application/octet-stream') {
  const headers = { 'content-type': type }
  const response = await fetch(`${kit.cloud.controlUrl}/collections/notes/${path}`, {
    method: 'POST',
    headers,
    body,
  })
  // response.text() would leave out the byte order mark.
  const text = Buffer.from(await response.arrayBuffer()).toString()
  return { status: response.status, text, headers: response.headers }
}

const merge = async (query: string, body: string) => {
  const { status, text } = await request(`merge?${query}`, body)
  return { status, ...JSON.parse(text) }
}
const exported = (options: object) => request('export', JSON.stringify(options), 'application/json')

describe('one field', () => {
  const edit = (change: object) =>
    kit.control.put('collections/notes/field', { id: 'a', path: 'n', ...change })

  it('is set, and fields that others have changed meanwhile stay', async () => {
    put({ _id: 'a', n: 1, other: 1 })
    put({ _id: 'a', n: 1, other: 2 })
    await edit({ before: 1, after: { $date: '2026-01-01T00:00:00.000Z' } })
    expect(documents()).toEqual([{ _id: 'a', n: new Date('2026-01-01T00:00:00Z'), other: 2 }])
  })

  it('inside of an array and of an embedded document', async () => {
    put({ _id: 'a', list: [{ at: 1 }, { at: 2 }] })
    await edit({ path: 'list.1.at', before: 2, after: 'two' })
    await edit({ path: 'list.1.note', after: null })
    await edit({ path: 'list.0.at', before: 1 })
    expect(documents()).toEqual([{ _id: 'a', list: [{}, { at: 'two', note: null }] }])
  })

  it.each([
    ['that has changed', { before: 2, after: 3 }, /被别人改过/],
    ['that was added', { after: 3 }, /被别人改过/],
    ['that was removed', { path: 'm', before: 1, after: 3 }, /被别人改过/],
    ['of a document that was removed', { id: 'b', before: 1, after: 3 }, /被删除/],
    ['that is the id', { path: '_id', before: 'a', after: 'b' }, /immutable/],
    ['with an empty name', { path: 'a..b', after: 1 }, /字段名/],
    ['that is an operator', { path: '$set', after: 1 }, /字段名/],
    ['with a date that is none', { before: 1, after: { $date: 'soon' } }, /\$date/],
  ])('%s is refused', async (_name, change, error) => {
    put({ _id: 'a', n: 1 })
    await expect(edit(change)).rejects.toEqual(refused(error))
    expect(documents()).toEqual([{ _id: 'a', n: 1 }])
  })

  it('that another document has is refused by a unique index', async () => {
    await kit.control.post('collections/notes/indexes', {
      name: 'n_1',
      keys: [{ field: 'n', direction: 1 }],
      unique: true,
    })
    put({ _id: 'a', n: 1 })
    put({ _id: 'b', n: 2 })
    await expect(edit({ before: 1, after: 2 })).rejects.toEqual(refused(/E11000.*n_1/))
  })

  it('keeps integers beyond 2^53', async () => {
    const big = { $numberLong: '9007199254740993' }
    put({ _id: 'a', n: Long.fromString('9007199254740993') })
    expect(await kit.control.get('collections/notes/documents')).toMatchObject({ documents: [{ n: big }] })
    await edit({ before: big, after: { $numberLong: '9007199254740995' } })
    expect(documents()).toEqual([{ _id: 'a', n: Long.fromString('9007199254740995') }])
  })
})

describe('a whole document', () => {
  const replace = (body: { document: object; before: object | null }) =>
    kit.control.put('collections/notes/documents', body as never)

  it('is replaced while it is as it was seen, and not after', async () => {
    put({ _id: 'a', n: 1 })
    await replace({ document: { _id: 'a', n: 2 }, before: { _id: 'a', n: 1 } })
    const late = replace({ document: { _id: 'a', n: 3 }, before: { _id: 'a', n: 1 } })
    await expect(late).rejects.toEqual(refused(/被别人改过/))
    expect(documents()).toEqual([{ _id: 'a', n: 2 }])
  })

  it('that is new takes no other’s place', async () => {
    put({ _id: 'a', n: 1 })
    const twin = replace({ document: { _id: 'a' }, before: null })
    await expect(twin).rejects.toEqual(refused(/已有相同 _id/))
    await replace({ document: { _id: 'b' }, before: null })
    expect(documents()).toEqual([{ _id: 'a', n: 1 }, { _id: 'b' }])
  })
})

describe('many documents', () => {
  beforeEach(() => {
    for (let n = 1; n <= 5; n += 1) put({ _id: `n${n}`, n, even: n % 2 === 0 })
  })

  it('are counted, sorted and cut by the cloud', async () => {
    const query = new URLSearchParams({ filter: '{"n":{"$gt":1}}', sort: '{"n":-1}', skip: '1', limit: '2' })
    expect(await kit.control.get(`collections/notes/documents?${query}`)).toMatchObject({
      documents: [{ n: 4 }, { n: 3 }],
      total: 4,
    })
    const natural = new URLSearchParams({ filter: '{"n":{"$gt":1}}', limit: '2' })
    expect(await kit.control.get(`collections/notes/documents?${natural}`)).toMatchObject({
      documents: [{ n: 2 }, { n: 3 }],
      total: 4,
    })
  })

  it('are set and removed as one', async () => {
    const filter = { even: true }
    await kit.control.post('collections/notes/set', { filter, expected: 2, path: 'tag.name', value: 'x' })
    expect(database().documents('notes', { filter: { 'tag.name': 'x' } })).toHaveLength(2)
    await kit.control.post('collections/notes/set', { filter, expected: 2, path: 'n' })
    await kit.control.post('collections/notes/remove', { filter, expected: 2 })
    expect(documents().map(({ n }) => n)).toEqual([1, 3, 5])
  })

  it('are left alone when there is another number of them, or too many', async () => {
    const removing = (expected: number) =>
      kit.control.post('collections/notes/remove', { filter: {}, expected })
    await expect(removing(4)).rejects.toEqual(refused(/现在是 5 个/))
    await expect(removing(10_001)).rejects.toEqual(refused(/10000/))
    expect(documents()).toHaveLength(5)
  })

  it('tell their fields with types', async () => {
    put({ _id: 'x', n: 'text', inner: { deep: [1] } })
    const { fields, sampled } = await kit.control.get('collections/notes/fields')
    expect(sampled).toBe(6)
    expect(fields).toEqual(
      expect.arrayContaining([
        { path: '_id', types: ['string'], documents: 6 },
        { path: 'n', types: ['int', 'string'], documents: 6 },
        { path: 'inner', types: ['object'], documents: 1 },
        { path: 'inner.deep', types: ['array'], documents: 1 },
      ]),
    )
    expect(fields[0]?.path).toBe('_id')
  })
})

describe('the history', () => {
  const history = async (id: unknown) => {
    const query = `id=${encodeURIComponent(JSON.stringify(id))}` as const
    return (await kit.control.get(`collections/notes/history?${query}`)).changes
  }

  it('tells what each writer has changed, the latest first', async () => {
    put({ _id: 'a', n: 1, keep: true, inner: { x: 1, y: 1 } })
    await kit.invoke('probe', 'oAlice', { do: 'write', id: 'b' })
    const { requestId } = await kit.lastCall()
    const made = { kind: 'insert', by: { kind: 'call', requestId, functionName: 'probe' } }
    expect(await history('b')).toMatchObject([made])
    await database().handle('database.modifyDocument', {
      collectionName: 'notes',
      query: '{"_id":"a"}',
      data: '{"$set":{"n":2,"inner.x":5}}',
      merge: true,
    })
    await kit.control.put('collections/notes/permission', { permission: 'CUSTOM', rules: '{"write":true}' })
    await kit.control.post('database', {
      openid: 'oAlice',
      action: 'modifyDocument',
      fields: { collectionName: 'notes', query: '{"_id":"a"}', data: '{"$unset":{"keep":""}}', merge: true },
    })
    await kit.control.delete('collections/notes/documents/a')
    expect(await history('a')).toMatchObject([
      { kind: 'remove', by: { kind: 'console' } },
      { kind: 'update', by: { kind: 'client', openid: 'oAlice' }, fields: [{ field: 'keep', before: true }] },
      {
        kind: 'update',
        by: { kind: 'sdk' },
        fields: [
          { field: 'n', before: 1, after: 2 },
          { field: 'inner.x', before: 1, after: 5 },
        ],
      },
      { kind: 'insert', id: 'a', by: { kind: 'console' }, fields: [{ field: 'n', after: 1 }, {}, {}] },
    ])
  })

  it('has the writes of a transaction once it is committed, and none of one that was not', async () => {
    const run = (action: string, fields: object) => database().handle(`database.${action}`, { ...fields })
    for (const end of ['abort', 'commit']) {
      const { transactionId } = await run('startTransaction', {})
      const data = [JSON.stringify({ _id: end })]
      await run('insertDocument', { collectionName: 'notes', data, transactionId })
      expect(await history(end)).toEqual([])
      await run(`${end}Transaction`, { transactionId })
    }
    expect(await history('abort')).toEqual([])
    expect(await history('commit')).toMatchObject([{ kind: 'insert' }])
  })

  it('masks secrets and numbers, and cuts what is long', async () => {
    put({ _id: 'a', token: 'abc', text: 'call 13800138000', long: 'x'.repeat(5000) })
    const [change] = await history('a')
    expect(JSON.stringify(change)).not.toMatch(/abc|13800138000/)
    expect(change?.fields[2]).toMatchObject({ isCut: true, after: expect.stringMatching(/^"x{1999}…$/) })
  })

  it('names the elements that have come to a list or have left it', async () => {
    const [first, second, third] = [1, 2, 3].map((id) => ({ id, device: 'iPhone' }))
    put({ _id: 'a', sessions: [first, second] })
    put({ _id: 'a', sessions: [first, second, third] })
    put({ _id: 'a', sessions: [third] })
    put({ _id: 'a', sessions: [third, third] })
    const [doubled, removed, added] = await history('a')
    expect(added?.fields).toEqual([{ field: 'sessions.2', after: third }])
    expect(removed?.fields).toEqual([
      { field: 'sessions.0', before: first },
      { field: 'sessions.1', before: second },
    ])
    expect(doubled?.fields).toEqual([{ field: 'sessions', before: [third], after: [third, third] }])
  })

  it('shows openids as the documents themselves do', async () => {
    put({ _id: 'a', _openid: 'oAlice', inner: { openid: 'oBob', sessionKey: 'abc' } })
    const [change] = await history('a')
    expect(change?.fields).toEqual([
      { field: '_openid', after: 'oAlice' },
      { field: 'inner', after: { openid: 'oBob', sessionKey: '••••••' } },
    ])
  })

  it('keeps 20 changes of a document, and nothing after a reset', async () => {
    for (let n = 0; n < 30; n += 1) put({ _id: 'a', n })
    const changes = await history('a')
    expect(changes).toHaveLength(20)
    expect(changes.at(-1)?.fields).toEqual([{ field: 'n', before: 9, after: 10 }])
    expect((await kit.control.get('collections/notes/history?limit=3')).changes).toEqual(changes.slice(0, 3))
    await kit.control.post('reset')
    expect(await history('a')).toEqual([])
  })
})

describe('an export', () => {
  const types = {
    _id: 'a',
    at: new Date('2026-01-02T03:04:05.678Z'),
    old: new Date(-1),
    big: Long.fromString('9007199254740993'),
    id: new ObjectId('0123456789abcdef01234567'),
    inner: { text: '=1+1', list: [1, { x: null }] },
    none: null,
    half: 0.5,
  }

  it('as JSON Lines comes back as it was', async () => {
    put(types)
    put({ _id: 'b', n: Number.POSITIVE_INFINITY })
    const before = documents()
    const { text, headers } = await exported({ format: 'jsonl' })
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''notes.jsonl")
    database().dropCollection('notes')
    database().createCollection('notes')
    expect(await merge('', text)).toMatchObject({ added: 2, errorCount: 0 })
    expect(documents()).toEqual(before)
  })

  it('as CSV begins with the mark for spreadsheets, and no cell is a formula', async () => {
    put(types)
    put({ _id: '+b', quoted: 'a "b", c' })
    const bytes = await exported({ format: 'csv', sort: { _id: -1 } })
    expect(bytes.text).toBe(
      [
        '\ufeff_id,at,old,big,id,inner.text,inner.list,none,half,quoted',
        'a,2026-01-02T03:04:05.678Z,1969-12-31T23:59:59.999Z,9007199254740993,0123456789abcdef01234567,' +
          '\'=1+1,"[1,{""x"":null}]",,0.5,',
        '\'+b,,,,,,,,,"a ""b"", c"',
        '',
      ].join('\r\n'),
    )
  })

  it('has the documents and the columns that were chosen', async () => {
    put(types)
    put({ _id: 'b', half: 1 })
    const { text } = await exported({
      format: 'csv',
      filter: { half: { $lt: 1 } },
      columns: ['half', 'inner', 'inner.list.1.x'],
    })
    expect(text).toBe(
      '\ufeffhalf,inner,inner.list.1.x\r\n0.5,"{""text"":""=1+1"",""list"":[1,{""x"":null}]}",\r\n',
    )
  })

  it('of a query that makes no sense is refused', async () => {
    expect(await exported({ format: 'jsonl', filter: { $where: '1' } })).toMatchObject({ status: 400 })
    expect(await exported({ format: 'xlsx' })).toMatchObject({ status: 400 })
  })
})

describe('an import that adds', () => {
  it('says first what it would do, and then does it', async () => {
    put({ _id: 'a', n: 1 })
    put({ _id: 'b', n: 1 })
    const file = '{"_id":"a","n":1}\n{"_id":"b","n":2}\n{"_id":"c","n":3}\n'
    const counts = { added: 1, replaced: 1, unchanged: 1, errors: [], errorCount: 0 }
    expect(await merge('dry=1', file)).toMatchObject(counts)
    expect(documents()).toHaveLength(2)
    expect(await merge('', file)).toMatchObject(counts)
    expect(documents().map(({ n }) => n)).toEqual([1, 2, 3])
    const { changes } = await kit.control.get('collections/notes/history?limit=1')
    expect(changes).toMatchObject([{ id: 'c', by: { kind: 'import' } }])
  })

  it('names the lines that it cannot take, and takes none', async () => {
    const file = '{"_id":"a"}\n{"_id":"b","at":{"$date":"gestern"}}\n{"_id":[1]}\n{"_id":"c"}\n'
    const { errors, errorCount } = await merge('', file)
    expect(errorCount).toBe(2)
    expect(errors).toMatchObject([
      { line: 2, reason: expect.stringContaining('$date') },
      { line: 3, reason: expect.stringContaining('_id') },
    ])
    expect(documents()).toEqual([])
  })

  it.each([
    ['an id that is twice in the file', '{"_id":"a"}\n{"_id":"a"}', 2, /E11000/],
    ['a key that another document has', '{"_id":"x","n":5}\n{"_id":"y","n":7}', 2, /E11000.*n_1/],
    ['a document that does not end', '{"_id":"x"}\n{"_id":', 2, /does not end/],
  ])('refuses %s, dry as well', async (_name, file, line, reason) => {
    put({ _id: 'old', n: 7 })
    database().createIndex('notes', {
      name: 'n_1',
      keys: [{ field: 'n', direction: 1 }],
      unique: true,
      sparse: true,
    })
    for (const query of ['dry=1', '']) {
      const { errors } = await merge(query, file)
      expect(errors).toEqual([{ line, reason: expect.stringMatching(reason) }])
    }
    expect(documents()).toEqual([{ _id: 'old', n: 7 }])
  })

  it('reads CSV with the types that the fields have here', async () => {
    put({ _id: 'a', at: new Date(0), phone: '1', inner: { n: 1 } })
    const file = "\ufeff_id,at,phone,inner.n,new\r\nb,2026-01-01T00:00:00Z,13800000001,5,7\r\nc,,,,'=x\r\n"
    expect(await merge('dry=1&format=csv', file)).toMatchObject({
      added: 2,
      columns: [
        { path: '_id', type: 'string' },
        { path: 'at', type: 'date' },
        { path: 'phone', type: 'string' },
        { path: 'inner.n', type: 'number' },
        { path: 'new', type: 'auto' },
      ],
    })
    await merge(`format=csv&types=${encodeURIComponent('{"new":"string"}')}`, file)
    expect(documents().slice(1)).toEqual([
      { _id: 'b', at: new Date('2026-01-01T00:00:00Z'), phone: '13800000001', inner: { n: 5 }, new: '7' },
      { _id: 'c', new: '=x' },
    ])
  })

  it.each([
    ['a date that is none', 'at\nsoon', 2, /^at：不是日期/],
    ['a row with a cell too many', 'a,b\n1,2\n1,2,3', 3, /3 列/],
    ['a field twice', 'a,a.b\n1,2', 1, /重复/],
    ['a quote that does not end', 'a\n"x', 2, /引号/],
    ['a field with $', '$a\n1', 2, /\$a/],
  ])('refuses CSV with %s', async (_name, file, line, reason) => {
    put({ _id: 'old', at: new Date(0) })
    const { errors } = await merge('format=csv', file)
    expect(errors).toEqual([{ line, reason: expect.stringMatching(reason) }])
    expect(documents()).toHaveLength(1)
  })
})

it('finds what belongs to a person, by the openid and by the user’s id', async () => {
  for (const name of ['members', 'trips']) database().createCollection(name)
  database().putDocument('members', { _id: 'u1', openid: 'oAlice', sessions: [{ id: 's' }] })
  database().putDocument('members', { _id: 'u2', openid: 'oBob' })
  database().putDocument('trips', { _id: 't1', userId: 'u1' })
  database().putDocument('trips', { _id: 't2', userId: 'u2', guests: ['u1'] })
  database().putDocument('trips', { _id: 't3', userId: 'u2' })
  put({ _id: 'n1', _openid: 'oAlice' })
  const { collections } = await kit.control.get('people/oAlice/documents?users=members')
  expect(collections).toMatchObject([
    { collection: 'members', fields: ['_id', 'openid'], total: 1 },
    { collection: 'notes', fields: ['_openid'], total: 1 },
    { collection: 'trips', fields: expect.arrayContaining(['userId', 'guests']), total: 2 },
  ])
  expect(
    (await kit.control.get('people/oAlice/documents')).collections.map(({ collection }) => collection),
  ).toEqual(['members', 'notes'])
})
