import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from './cloud-kit.ts'

let kit: CloudKit
let token: string

beforeAll(async () => {
  kit = await CloudKit.start()
  token = (await kit.loginWithCode('oAlice')).token
})
afterAll(() => kit.stop())

/** Values that have broken other people's servers, besides any JSON at all. */
const hostile = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    '__proto__',
    'constructor',
    { $gt: '' },
    { $where: 'sleep(1000)' },
    { 'a.b': 1 },
    { __proto__: null, toString: 1 },
    [[[[[[[[]]]]]]]],
    '\ud800',
    '\u0000',
    'x'.repeat(20_000),
    1e308,
    -0,
  ),
)
const fields = [
  'phoneCode',
  'withoutPhone',
  'consent',
  'device',
  'token',
  'action',
  'key',
  'city',
  'days',
  'cursor',
]
const request = fc.oneof(
  hostile,
  fc.dictionary(fc.constantFrom(...fields), hostile, { noNullPrototype: true }),
)

it.each(['login', 'checkToken', 'logout', 'trips'])(
  '%s answers any input with a reason, and writes nothing',
  async (name) => {
    const before = JSON.stringify(kit.users())
    await fc.assert(
      fc.asyncProperty(request, fc.boolean(), async (data, withToken) => {
        const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
        const sent = withToken && isObject ? { ...data, token } : data
        const { result, errMsg } = await kit.invoke(name, 'oMallory', sent)
        expect(errMsg).toBeUndefined()
        expect((result as { code: number }).code).toBeGreaterThanOrEqual(400)
        expect((result as { code: number }).code).toBeLessThan(500)
      }),
      { numRuns: 150 },
    )
    expect(JSON.stringify(kit.users())).toBe(before)
  },
)
