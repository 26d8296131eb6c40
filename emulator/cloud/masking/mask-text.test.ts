import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { maskText } from './mask-text.ts'

const SECRET = 'Zx81abcd-Efgh5678'

class Session {
  accessToken = SECRET
  phoneNumber = '138 0013 8000'
}

describe('masks', () => {
  it.each([
    ['an object', { token: SECRET, n: 1 }, "{ token: '••••••', n: 1 }"],
    ['a nested one', { a: { b: { openid: SECRET } } }, "{ a: { b: { openid: '••••••' } } }"],
    ['a Map', new Map([['phoneCode', SECRET]]), "Map(1) { 'phoneCode' => '••••••' }"],
    ['a class', new Session(), "Session { accessToken: '••••••', phoneNumber: '*** **** 8000' }"],
    ['a text with quotes', { password: `it's "${SECRET}"` }, 'password: `••••••` }'],
    ['one that is cut', `{ token: '${SECRET}`, "{ token: '••••••"],
    ['JSON', JSON.stringify({ openid: SECRET }), '{"openid":"••••••"}'],
    [
      'JSON in JSON',
      JSON.stringify({ body: JSON.stringify({ ticket: SECRET, n: 1 }) }),
      String.raw`{"body":"{\"ticket\":\"••••••\",\"n\":1}"}`,
    ],
    ['an address', `/x?access_token=${SECRET}&a=1`, '/x?access_token=••••••&a=1'],
    ['two words', `session_key ${SECRET}1234`, 'session_key ••••••'],
    ['a header', `Authorization: Bearer ${SECRET}`, 'Authorization: Bearer ••••••'],
    ['a number with spaces', 'call 138 0013 8000 or 138-0013-8000', 'call 138 **** 8000 or 138-****-8000'],
    ['a number of another country', 'phone: 91234567', 'phone: ****4567'],
  ])('%s', (_name, value, expected) => {
    const text = typeof value === 'string' ? value : inspect(value, { breakLength: Number.POSITIVE_INFINITY })
    expect(maskText(text)).toContain(expected)
    expect(maskText(text)).not.toContain('Zx81')
  })
})

it.each([
  "{ code: 'PHONE_CODE_INVALID', errCode: -501000, requestId: '8e2c1f00-33aa-4c1b-9d0e-1f2e3d4c5b6a' }",
  'TypeError: Cannot read properties of undefined (reading token)',
  'the code of this page is 2 KB, its token was refused',
  'token: undefined, tokens: 3, at 1764351234567',
])('leaves alone %s', (text) => {
  expect(maskText(text)).toBe(text)
})

it.each([
  ['one word', 'code'.repeat(16_000)],
  ['words', 'tokentokentokentokentoken '.repeat(2500)],
  ['open quotes', 'token: "'.repeat(8000)],
  ['backslashes', `token:${'\\'.repeat(60_000)}"`],
  ['signs', '-eyJ.'.repeat(13_000)],
  ['digits', '+1'.repeat(32_000)],
  ['spaces', `token${' '.repeat(60_000)}`],
])('masks 64 KB of %s within a moment', (_name, text) => {
  const start = performance.now()
  maskText(text)
  expect(performance.now() - start).toBeLessThan(1000)
})
