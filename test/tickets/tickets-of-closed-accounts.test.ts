import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Failure } from '../../contract/answer.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'

const consent = { version: CONSENT }

let kit: CloudKit
let openid: string
let people = 0
beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(() => {
  people += 1
  openid = `oTicket-${people}`
})
afterEach(() => kit.cloud.faults.clear())

const documentOf = () => kit.users().find((user) => user['openid'] === openid)
const close = (token: string) => kit.call('account', openid, { token, action: 'close', confirmed: true })
const withTicket = (ticket: string) => kit.login(openid, { ticket, consent })

/** A login whose code was spent before writing failed. @param kind whether it was written all the same */
async function ticketOf(kind: 'reset' | 'reset-after', phoneNumber?: string): Promise<string> {
  const action = documentOf() ? 'database.modifyDocument' : 'database.insertDocument'
  kit.cloud.faults.add({ action, target: 'users', answer: { kind }, times: 1 })
  const phoneCode = await kit.phoneCode(openid, phoneNumber)
  const { ticket } = (await kit.login(openid, { phoneCode, consent })) as Failure
  expect(ticket).toEqual(expect.any(String))
  return ticket ?? ''
}

it('one given before there was an account makes it', async () => {
  const ticket = await ticketOf('reset')
  expect(succeeded(await withTicket(ticket))).toMatchObject({ isNewUser: true })
})

it.each(['reset', 'reset-after'] as const)(
  'one that made the account (%s) makes none again once it was closed',
  async (kind) => {
    const ticket = await ticketOf(kind)
    const { token } = succeeded(await withTicket(ticket))
    succeeded(await close(token))
    expect(verdict(await withTicket(ticket))).toBe('400 PHONE_CODE_INVALID')
    expect(documentOf()).toBeUndefined()
  },
)

it('one given on the account makes none once it was closed', async () => {
  const { token } = await kit.loginWithCode(openid)
  const ticket = await ticketOf('reset', '13900139000')
  succeeded(await close(token))
  expect(verdict(await withTicket(ticket))).toBe('400 PHONE_CODE_INVALID')
  expect(documentOf()).toBeUndefined()
})

it.each([
  ['was just marked', { target: 'trips' }],
  ['lacks its last step', { action: 'database.removeDocument', target: 'users' }],
])('nor while the closing broke off and the account %s', async (_name, fault) => {
  const { token } = await kit.loginWithCode(openid)
  const ticket = await ticketOf('reset', '13900139000')
  kit.cloud.faults.add({ ...fault, answer: { kind: 'reset' } })
  expect(verdict(await close(token))).toBe('503 DATABASE_UNAVAILABLE')
  kit.cloud.faults.clear()
  expect(documentOf()).toMatchObject({ status: 'closing' })
  expect(verdict(await withTicket(ticket))).toBe('400 PHONE_CODE_INVALID')
  expect(documentOf()).not.toMatchObject({ status: 'active' })
})

it('nor does it put its number on the account made since', async () => {
  const open = await CloudKit.start({ variables: { ...makeSecrets(), PHONE_REQUIRED: 'false' } })
  const before = kit
  kit = open
  try {
    const { token } = await kit.loginWithCode(openid)
    const ticket = await ticketOf('reset', '13900139000')
    succeeded(await close(token))
    const again = succeeded(await kit.login(openid, { withoutPhone: true, consent }))
    const change = { token: again.token, action: 'changePhone', ticket }
    expect(verdict(await kit.call('account', openid, change))).toBe('400 PHONE_CODE_INVALID')
    expect(verdict(await withTicket(ticket))).toBe('400 PHONE_CODE_INVALID')
    expect(documentOf()).toMatchObject({ phoneMasked: '' })
  } finally {
    kit = before
    await open.stop()
  }
})

it('one for a code spent after the closing counts, also when the closing had broken off', async () => {
  const { token } = await kit.loginWithCode(openid)
  kit.cloud.faults.add({ target: 'trips', answer: { kind: 'reset' } })
  expect(verdict(await close(token))).toBe('503 DATABASE_UNAVAILABLE')
  const phoneCode = await kit.phoneCode(openid)
  const { ticket = '' } = (await kit.login(openid, { phoneCode, consent })) as Failure
  kit.cloud.faults.clear()
  expect(succeeded(await withTicket(ticket))).toMatchObject({ isNewUser: true })
})

it('what is kept of a closing goes once no ticket can be older', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  succeeded(await close(token))
  const rows = () => kit.documents('closed_accounts').filter(({ userId }) => userId === userInfo.id)
  expect(rows()).toHaveLength(1)
  expect(JSON.stringify(rows())).not.toContain(openid)
  await kit.control.post('clock', { advanceSeconds: 5 * 60 })
  await kit.control.post('timer', { function: 'cleanup' })
  expect(rows()).toHaveLength(1)
  await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
  await kit.control.post('timer', { function: 'cleanup' })
  expect(rows()).toEqual([])
})
