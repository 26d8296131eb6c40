import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

let kit: FixtureCloud
beforeAll(async () => {
  kit = await FixtureCloud.start({}, ['users', 'counters', 'logs'])
})
afterAll(() => kit.stop())

/** fetch() does not let a test choose its Host. */
function statusOf(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options
    const sent = request(url, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const json = { 'content-type': 'application/json' }

describe('only programs and pages of this machine are answered', () => {
  it.each([
    ['a foreign host name that points here', { host: 'evil.example' }, 403],
    ['a host that only begins like this machine', { host: '127.0.0.1.evil.example' }, 403],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an origin of its own', { origin: 'null' }, 403],
    ['a program', {}, 200],
  ])('%s', async (_name, headers, status) => {
    expect(await statusOf(`${kit.cloud.controlUrl}/collections`, { headers })).toBe(status)
    const sdkStatus = status === 200 ? 200 : 403
    expect(await statusOf(kit.cloud.sdkUrl, { method: 'POST', headers, body: '{}' })).toBe(sdkStatus)
  })

  it('its own page', async () => {
    const { origin } = new URL(kit.cloud.controlUrl)
    expect(await statusOf(`${kit.cloud.controlUrl}/collections`, { headers: { origin } })).toBe(200)
  })

  it('a form of another site can send nothing it takes', async () => {
    const headers = { 'content-type': 'text/plain' }
    const body = JSON.stringify({ advanceSeconds: 60 })
    expect(await statusOf(`${kit.cloud.controlUrl}/clock`, { method: 'POST', headers, body })).toBe(415)
  })
})

describe('a control request that makes no sense', () => {
  it.each([
    ['an unknown call', 'GET', 'nothing', undefined, 404],
    ['a method it has not', 'DELETE', 'clock', undefined, 405],
    ['no JSON', 'POST', 'clock', '{', 400],
    ['a list', 'POST', 'clock', '[]', 400],
    ['a field of the wrong kind', 'POST', 'clock', '{"advanceSeconds":"60"}', 400],
    ['a missing field', 'POST', 'invoke', '{}', 400],
    ['no phone number', 'POST', 'phone-code', '{"openid":"o","phoneNumber":"hello"}', 400],
    ['an account without its number', 'POST', 'phone-number', '{"openid":"o"}', 400],
    ['a number that is none', 'POST', 'phone-number', '{"openid":"o","phoneNumber":""}', 400],
    ['a nickname that is too long', 'PUT', 'users/o', `{"nickname":"${'a'.repeat(33)}"}`, 400],
    ['a picture of another site', 'PUT', 'users/o', '{"avatarUrl":"https://example.com/a.png"}', 400],
    ['an address that is none', 'GET', 'collections/%zz/documents', undefined, 400],
    ['documents of a missing collection', 'GET', 'collections/nowhere/documents', undefined, 404],
    ['a filter that is no JSON', 'GET', 'collections/users/documents?filter=x', undefined, 400],
    [
      'a filter with an unknown operator',
      'GET',
      `collections/users/documents?filter=${encodeURIComponent('{"a":{"$no":1}}')}`,
      undefined,
      400,
    ],
    ['a timer of a function without one', 'POST', 'timer', '{"function":"hanging"}', 404],
  ])('%s is refused', async (_name, method, path, body, status) => {
    const options = { method, ...(body === undefined ? {} : { body, headers: json }) }
    expect(await statusOf(`${kit.cloud.controlUrl}/${path}`, options)).toBe(status)
  })
})

describe('collections and documents', () => {
  it('are made, filled, queried, indexed and removed', async () => {
    const { control } = kit
    await control.post('collections', { name: 'notes' })
    await control.put('collections/notes/documents', {
      document: { _id: 'a', n: 1, at: { $date: '2026-01-01T00:00:00Z' } },
    })
    await control.put('collections/notes/documents', { document: { _id: 'b', n: 2 } })
    const filter = encodeURIComponent(JSON.stringify({ n: { $gte: 1 } }))
    const sort = encodeURIComponent(JSON.stringify({ n: -1 }))
    const found = await control.get(`collections/notes/documents?filter=${filter}&sort=${sort}&limit=5`)
    expect(found).toMatchObject({
      total: 2,
      documents: [
        { _id: 'b', n: 2 },
        { _id: 'a', n: 1, at: { $date: '2026-01-01T00:00:00Z' } },
      ],
    })
    await control.post('collections/notes/indexes', {
      name: 'n_1',
      keys: [{ field: 'n', direction: 1 }],
      unique: true,
    })
    await expect(
      control.put('collections/notes/documents', { document: { _id: 'c', n: 2 } }),
    ).rejects.toThrow('E11000')
    const { collections } = await control.get('collections')
    expect(collections).toContainEqual(
      expect.objectContaining({ name: 'notes', permission: 'PRIVATE', documentCount: 2 }),
    )
    expect(await control.delete('collections/notes/documents/a')).toEqual({ removed: true })
    expect(await control.delete('collections/notes/documents/a')).toEqual({ removed: false })
    await control.delete('collections/notes')
    await expect(control.get('collections/notes/documents')).rejects.toThrow('DATABASE_COLLECTION_NOT_EXIST')
  })
})

describe('an export', () => {
  it('brings everything back after a reset', async () => {
    const { control } = kit
    await control.post('collections', { name: 'kept', permission: 'READONLY' })
    await control.put('collections/kept/documents', {
      document: { _id: 7, at: { $date: '2026-01-01T00:00:00Z' } },
    })
    await control.post('collections/kept/indexes', { name: 'at_1', keys: [{ field: 'at', direction: 1 }] })
    const before = await control.get('export')
    await control.post('reset')
    await control.post('import', before)
    expect(await control.get('export')).toEqual(before)
    await control.post('import', before)
    expect(await control.get('export')).toEqual(before)
    expect(await control.delete('collections/kept/documents', { _id: '7' })).toEqual({
      removed: false,
    })
    expect(await control.delete('collections/kept/documents', { _id: 7 })).toEqual({ removed: true })
  })

  it('that is none changes nothing', async () => {
    const before = await kit.control.get('export')
    await expect(kit.control.post('import', { collections: [{ name: 'kept' }] })).rejects.toThrow('documents')
    expect(await kit.control.get('export')).toEqual(before)
  })
})

it('an account keeps its nickname and picture when it is used, until it is deleted', async () => {
  const { control } = kit
  const avatarUrl = 'data:image/png;base64,aGk='
  await control.put('users/oPainter', { phoneNumber: '+85291234567', nickname: '小画', avatarUrl })
  await kit.phoneCode('oPainter')
  const find = async () => (await control.get('users')).users.find(({ openid }) => openid === 'oPainter')
  expect(await find()).toMatchObject({ purePhoneNumber: '91234567', nickname: '小画', avatarUrl })
  await control.put('users/oPainter', { nickname: '' })
  const painter = await find()
  expect(painter).toMatchObject({ avatarUrl })
  expect(painter).not.toHaveProperty('nickname')
  await control.delete('users/oPainter')
  expect(await find()).toBeUndefined()
})

it('sends each change as an event with its topic, and all topics first', async () => {
  const response = await fetch(`${kit.cloud.controlUrl}/events`)
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  const until = async (expected: string) => {
    while (!text.includes(expected)) text += decoder.decode((await reader?.read())?.value)
  }
  await until('\n\n')
  expect(text).toBe(
    'data: ["calls","database","files","users","machine","code","messages","web","notes"]\n\n',
  )
  text = ''
  await kit.phoneCode('oAlice')
  await until('"users"')
  await kit.invoke('register', 'oAlice', { phoneCode: await kit.phoneCode('oAlice') })
  await until('"calls"')
  await until('"database"')
  await reader?.cancel()
})

it('keeps errors of pages masked, and counts one that comes again and again', async () => {
  const thrown = { name: 'Error', message: 'of 13800138000', places: [{ file: 'a.ts', line: 1, column: 2 }] }
  const error = { openid: 'oAlice', page: 'pages/a', text: 'Error: of 13800138000', thrown }
  for (let time = 0; time < 3; time++) await kit.control.post('page-errors', error)
  const masked = { ...thrown, message: 'of 138****8000' }
  expect(await kit.control.get('page-errors')).toMatchObject({
    errors: [{ ...error, text: 'Error: of 138****8000', thrown: masked, times: 3 }],
  })
  await kit.control.delete('page-errors')
  expect(await kit.control.get('page-errors')).toEqual({ errors: [] })
})

it('a reset forgets everything', async () => {
  await kit.phoneCode('oAlice')
  await kit.control.post('clock', { advanceSeconds: 60 })
  await kit.control.post('reset')
  expect(await kit.control.get('collections')).toEqual({ collections: [] })
  expect(await kit.control.get('users')).toEqual({ users: [] })
  expect(await kit.control.get('calls')).toMatchObject({ calls: [] })
  expect(await kit.control.get('clock')).toMatchObject({ offsetSeconds: 0 })
})
