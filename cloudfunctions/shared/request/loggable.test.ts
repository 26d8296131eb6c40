import { format } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeSecrets } from '../../../scripts/lib/keys/make-secrets.ts'
import { serve } from '../handlers/serve.ts'

const EVENT = { token: 'a-token', phoneCode: 'a-phone-code', phoneNumber: '13800138000' }
const SECRETS = [...Object.values(EVENT), 'oSomebody', 'an-admin-token']

beforeAll(() => {
  for (const [name, value] of Object.entries(makeSecrets())) vi.stubEnv(name, value)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

it.each<[string, (call: object) => string]>([
  ['console.log(call)', (call) => format(call)],
  ['console.log(text, call)', (call) => format('call: %o %O %j', call, call, call)],
  ['console.log({ call })', (call) => format({ deep: { call } })],
  ['JSON', (call) => JSON.stringify({ call })],
])('%s of a function shows which function and fields, and nothing that is secret', async (_name, log) => {
  const main = serve('login', async (invocation) => {
    // As the guards make a call of it.
    const call = { ...invocation, caller: { openid: 'oSomebody' }, adminToken: 'an-admin-token' }
    return log(call)
  })
  const text = JSON.stringify(await main(EVENT, { request_id: 'r1' }))
  expect(text).toContain('phoneCode')
  expect(text).toMatch(/functionName\W+login/)
  for (const secret of SECRETS) expect(text).not.toContain(secret)
})
