import { rmSync } from 'node:fs'
import { get } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../testing/written-functions.ts'

let directory: string
let kit: FixtureCloud
beforeAll(async () => {
  directory = writeFunctions({
    'echo/index.js':
      'const cloud = require("wx-server-sdk"); cloud.init(); exports.main = (event) => ({ event, context: cloud.getWXContext() })',
    'answer/index.js': 'exports.main = (event) => eval("(" + event.body + ")")',
  })
  kit = await FixtureCloud.start({
    functionsDirectory: directory,
    functions: { echo: { http: '/api/echo' } },
  })
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true, force: true })
})

const request = (path: string, init: RequestInit = {}) =>
  fetch(new URL(`/http${path}`, kit.cloud.sdkUrl), init)
/** The answer to what a function returns. */
const answerTo = async (code: string) => {
  const response = await request('/answer', { method: 'POST', body: code })
  return [response.status, response.headers.get('content-type'), await response.text()]
}
const JSON_TYPE = 'application/json; charset=utf-8'
const TEXT_TYPE = 'text/plain; charset=utf-8'

it('a request becomes an event of the platform’s form, from nobody', async () => {
  const headers = { 'content-type': 'application/json', 'X-Own': 'yes' }
  const response = await request('/api/echo/more?a=1&b=%20', { method: 'PUT', headers, body: '{"n":1}' })
  const { event, context } = (await response.json()) as Record<string, Record<string, unknown>>
  expect(event).toMatchObject({
    path: '/api/echo/more',
    httpMethod: 'PUT',
    headers: { 'content-type': 'application/json', 'x-own': 'yes' },
    queryStringParameters: { a: '1', b: ' ' },
    requestContext: { envId: 'local-cloud', requestId: expect.any(String) },
    body: '{"n":1}',
    isBase64Encoded: false,
  })
  expect(context).toMatchObject({ SOURCE: 'wx_http' })
  expect(context).not.toHaveProperty('OPENID')
})

it('bytes arrive as Base64', async () => {
  const headers = { 'content-type': 'image/png' }
  const response = await request('/api/echo', { method: 'POST', headers, body: new Uint8Array([255, 1]) })
  expect(await response.json()).toMatchObject({ event: { body: '/wE=', isBase64Encoded: true } })
})

it.each([
  ['"hello"', 200, TEXT_TYPE, 'hello'],
  ['7', 200, TEXT_TYPE, '7'],
  ['undefined', 200, TEXT_TYPE, ''],
  ['{ a: 1 }', 200, JSON_TYPE, '{"a":1}'],
  ['[1]', 200, JSON_TYPE, '[1]'],
  ['{ statusCode: 201, headers: { "Content-Type": "text/html" }, body: "<p>" }', 201, 'text/html', '<p>'],
  ['{ statusCode: 200, body: { a: 1 } }', 200, JSON_TYPE, '{"a":1}'],
  ['{ statusCode: 200, isBase64Encoded: true, body: "aGk=" }', 200, TEXT_TYPE, 'hi'],
  ['{ statusCode: 404, headers: { "bad name": "\\n", "Content-Length": 9999 } }', 404, TEXT_TYPE, ''],
])('what a function returns becomes a response: %s', async (code, status, type, text) => {
  expect(await answerTo(code)).toEqual([status, type, text])
})

it('a function that throws is an error of the server, and an unknown path is not found', async () => {
  const [status, , text] = await answerTo('(() => { throw new Error("on request") })()')
  expect([status, text]).toEqual([500, expect.stringContaining('on request')])
  expect((await request('/nowhere')).status).toBe(404)
  expect((await request('/echo')).status).toBe(404)
})

it('a page that a function answers is not of the console’s origin', async () => {
  const response = await request('/answer', { method: 'POST', body: '{ statusCode: 200, body: "<p>" }' })
  expect(response.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-same-origin)/)
})

it('a page of another site reaches no function', async () => {
  // As a browser sends it; fetch sets some of these itself.
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  }
  const status = await new Promise((resolve) => {
    get(new URL('/http/api/echo', kit.cloud.sdkUrl), { headers }, ({ statusCode }) => resolve(statusCode))
  })
  expect(status).toBe(403)
})
