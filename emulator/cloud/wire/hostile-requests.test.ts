import { connect } from 'node:net'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'

const LONGEST_ANSWER_MILLISECONDS = 5000

let kit: FixtureCloud
let host: string
let errors: MockInstance
beforeAll(async () => {
  const pages = async (_request: unknown, response: { end: (text: string) => void }, url: URL) => {
    if (url.pathname !== '/') return false
    response.end('a page')
    return true
  }
  kit = await FixtureCloud.start({ pages })
  host = new URL(kit.cloud.sdkUrl).host
})
afterAll(() => kit.stop())
beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  const written = errors.mock.calls.map(String)
  errors.mockRestore()
  expect(written).toEqual([])
})

type Headers = Record<string, string>

/** Sends exactly these bytes. @returns the status, or 0 if the connection was closed without an answer */
function send(
  head: string,
  headers: Headers = {},
  body: string | Buffer = '',
): Promise<{ status: number; text: string }> {
  const bytes = Buffer.from(body)
  const all = { host, 'content-length': String(bytes.length), connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1')
    const timer = setTimeout(() => reject(new Error('no answer')), LONGEST_ANSWER_MILLISECONDS)
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text })
    })
    socket.write(`${head} HTTP/1.1\r\n${lines.join('')}\r\n`)
    socket.write(bytes)
  })
}

const CROSS_SITE: Headers = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'image',
}
const LINK: Headers = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
const ENDPOINTS = [
  'GET /control/calls',
  'GET /control/collections/users/documents?filter=%7B%22a%22%3A%7B%22%24regex%22%3A%22(a%2B)%2B%24%22%7D%7D',
  'GET /control/events',
  'GET /control/export',
  'POST /control/reset',
  'POST /control/import',
  'DELETE /control/calls',
  'POST /admin',
  'GET /files/any?sign=x&t=1',
  'PUT /files/any',
]

describe('a page of another site reaches nothing', () => {
  it.each(ENDPOINTS)('%s', async (head) => {
    const json = { 'content-type': 'application/json' }
    for (const site of ['cross-site', 'same-site', 'something new']) {
      expect((await send(head, { ...json, ...CROSS_SITE, 'sec-fetch-site': site }, '{}')).status).toBe(403)
    }
    expect((await send(head, { ...json, origin: 'http://evil.example' }, '{}')).status).toBe(403)
    expect((await send(head, { ...json, origin: 'null' }, '{}')).status).toBe(403)
    expect((await send(head, { ...json, ...LINK }, '{}')).status).toBe(403)
    for (const name of [
      'evil.example',
      `evil.example:${host.split(':')[1]}`,
      '127.0.0.1.evil.example',
      '',
      'localhost@evil.example',
    ])
      expect((await send(head, { ...json, host: name }, '{}')).status).toBe(403)
  })

  it.each(['GET //control/calls', 'GET /CONTROL/calls', 'GET http://127.0.0.1/control/calls'])(
    'in another spelling: %s',
    async (head) => {
      expect((await send(head, LINK)).status).toBeGreaterThanOrEqual(400)
    },
  )

  it('but a link may lead to a page, a program needs no such header, and nothing is said to other origins', async () => {
    expect((await send('GET /', LINK)).status).toBe(200)
    expect((await send('GET /', CROSS_SITE)).status).toBe(403)
    expect((await send('GET /', { ...LINK, 'sec-fetch-dest': 'iframe' })).status).toBe(403)
    const { status, text } = await send('GET /control/clock')
    expect(status).toBe(200)
    expect(text.toLowerCase()).not.toContain('access-control')
    for (const site of ['same-origin', 'none'])
      expect((await send('GET /control/clock', { 'sec-fetch-site': site })).status).toBe(200)
    expect((await send('OPTIONS /control/reset', { origin: 'http://evil.example' })).status).toBe(403)
  })
})

const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)
const DEEP_OBJECT = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
const JSON_TYPE = { 'content-type': 'application/json' }

describe('what makes no sense is refused without a stack', () => {
  it.each([
    ['GET //', {}, ''],
    ['GET ///', {}, ''],
    ['GET //a:b:c/', {}, ''],
    ['GET http://[/', {}, ''],
    ['GET *', {}, ''],
    ['GET /%', {}, ''],
    ['GET /phone/assets/%ff%fe', {}, ''],
    ['GET /control/', {}, ''],
    ['GET /control/collections/%/documents', {}, ''],
    ['GET /control/collections/%ff/documents', {}, ''],
    ['GET /control/collections/users/documents?limit=-1', {}, ''],
    ['GET /control/collections/users/documents?limit=1e999', {}, ''],
    ['GET /control/collections/users/documents?skip=NaN', {}, ''],
    ['GET /control/collections/users/documents?filter=%5B%5D', {}, ''],
    ['GET /control/collections/users/documents?filter=%ff', {}, ''],
    ['GET /control/collections/users/documents?filter={"$bad":1}', {}, ''],
    ['GET /control/collections/users/documents?filter={"_id":{"$oid":"zz"}}', {}, ''],
    [`GET /control/collections/users/documents?filter=${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`, {}, ''],
    ['GET /control/collections/users/documents?sort={"a":5}', {}, ''],
    ['GET /control/collections/users/documents?sort={"a":"up"}', {}, ''],
    ['PUT /control/collections/users/documents', JSON_TYPE, '{"document":{"_id":{"$oid":"zz"}}}'],
    [
      'PUT /control/collections/users/documents',
      JSON_TYPE,
      '{"document":{"_id":1,"at":{"$date":"gestern"}}}',
    ],
    ['PUT /control/collections/users/documents', JSON_TYPE, '{"document":{"_id":1,"b":{"$binary":7}}}'],
    ['PUT /control/collections/users/documents', JSON_TYPE, `{"document":${DEEP_OBJECT}}`],
    ['DELETE /control/collections/users/documents', JSON_TYPE, '{"_id":{"$oid":"zz"}}'],
    ['POST /control/invoke', JSON_TYPE, `{"function":"probe","data":${DEEP_OBJECT}}`],
    ['POST /control/invoke', JSON_TYPE, deep('[', ']')],
    ['POST /control/invoke', JSON_TYPE, '{"function":"probe","data":'],
    ['POST /control/invoke', JSON_TYPE, Buffer.from([0xff, 0xfe, 0x7b])],
    ['POST /control/invoke', { ...JSON_TYPE, 'content-encoding': 'gzip' }, Buffer.from([0x1f, 0x8b, 8, 0])],
    ['POST /control/cloud-id', JSON_TYPE, `{"data":${deep('[', ']')}}`],
    ['POST /control/import', JSON_TYPE, DEEP_OBJECT],
    ['POST /control/import', JSON_TYPE, deep('[', ']')],
    ['POST /control/collections/a/import', JSON_TYPE, deep('[', ']')],
    ['POST /control/storage/upload', JSON_TYPE, '{"openid":"o","cloudPath":{"a":1}}'],
    ['POST /control/storage/urls', JSON_TYPE, '{"openid":"o","fileList":[null]}'],
    ['POST /control/clock', JSON_TYPE, '{"advanceSeconds":1e300}'],
    ['POST /control/events', JSON_TYPE, '{}'],
    ['GET /files/', {}, ''],
    ['GET /files/%?sign=%&t=%', {}, ''],
    ['PUT /files/a', { 'x-cos-security-token': '%', authorization: '%' }, 'x'],
    ['DELETE /files/a', {}, ''],
    ['GET /admin', {}, ''],
    ['TRACE /control/calls', {}, ''],
    ['GET /', { cookie: 'x'.repeat(100_000) }, ''],
    [`GET /${'x'.repeat(100_000)}`, {}, ''],
    ['NONSENSE', {}, ''],
    ['POST /control/invoke', { ...JSON_TYPE, 'content-length': 'many' }, '{}'],
    ['POST /control/invoke', { ...JSON_TYPE, 'transfer-encoding': 'chunked', 'content-length': '2' }, 'zz'],
  ] satisfies [string, Headers, string | Buffer][])('%s', async (head, headers, body) => {
    const { status, text } = await send(head, headers, body)
    expect({
      status,
      isRefused: (status >= 400 && status < 500) || /"errCode":-|"status":-|"fileList"/.test(text),
    }).toMatchObject({
      isRefused: true,
    })
    expect(text).not.toMatch(/\n\s+at |node:internal|internal error/)
  })

  const part = (name: string, value: string) =>
    `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  it.each([
    ['no JSON', 'application/json', 'hello'],
    ['an array', 'application/json', '[]'],
    ['deep JSON', 'application/json', `{"action":"database.getDocument","a":${deep('[', ']')}}`],
    [
      'deep data of a call',
      'application/json',
      JSON.stringify({
        action: 'functions.invokeFunction',
        function_name: 'probe',
        request_data: DEEP_OBJECT,
      }),
    ],
    [
      'a deep query',
      'application/json',
      JSON.stringify({ action: 'database.getDocument', collectionName: 'users', query: DEEP_OBJECT }),
    ],
    ['multipart without a boundary', 'multipart/form-data', part('action', 'x')],
    ['multipart with an empty boundary', 'multipart/form-data; boundary=', part('action', 'x')],
    ['multipart that ends too early', 'multipart/form-data; boundary=b', part('action', 'x')],
    [
      'a file that ends too early',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nabc',
    ],
    ['multipart of nothing', 'multipart/form-data; boundary=b', ''],
    ['multipart without names', 'multipart/form-data; boundary=b', '--b\r\n\r\nx\r\n--b--\r\n'],
    ['a part named __proto__', 'multipart/form-data; boundary=b', `${part('__proto__', 'x')}--b--\r\n`],
    ['an action that is an object', 'application/json', '{"action":{"toString":1}}'],
    [
      'a target that is an object',
      'application/json',
      '{"action":"database.getDocument","collectionName":{"toString":1}}',
    ],
    ['a path that is a number', 'application/json', '{"action":"storage.getUploadMetadata","path":7}'],
    ['a list that is none', 'application/json', '{"action":"storage.batchGetDownloadUrl","file_list":7}'],
    [
      'openapi without bytes',
      'application/json',
      '{"action":"wx.openApi","apiName":"phonenumber.getPhoneNumber","requestData":7}',
    ],
  ])('by the SDK’s address with a code of its own: %s', async (_name, type, body) => {
    const { status, text } = await send('POST /admin', { 'content-type': type }, body)
    expect(status).toBe(200)
    expect(text).toMatch(/"code":"[A-Z_]+"/)
    expect(text).not.toMatch(/SYS_ERR|\n\s+at |internal error/)
  })
})
