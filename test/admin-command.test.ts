import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ControlClient } from '../scripts/control-client.ts'
import { ensureCollections } from '../scripts/ensure-collections.ts'
import { openCloud } from '../scripts/open-cloud.ts'
import { runScript } from './run-script.ts'

const CONSENT = '2026-11-01'
let directory: string
let userId: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'admin-'))
  const cloud = await openCloud({ dataDirectory: directory, port: 0 })
  ensureCollections(cloud)
  const control = new ControlClient(cloud.controlUrl)
  const { code } = await control.post<{ code: string }>('phone-code', {
    openid: 'oAlice',
    phoneNumber: '13800138000',
  })
  const login = { phoneCode: code, consent: { version: CONSENT } }
  const { result } = await control.post<{ result: { data: { userInfo: { id: string } } } }>('invoke', {
    function: 'login',
    openid: 'oAlice',
    data: login,
  })
  userId = result.data.userInfo.id
  await cloud.close()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The port is one where no cloud is, so that the command opens the folder itself. */
const admin = (...words: string[]) => runScript('admin', [...words, '--data', directory, '--port', '1'])

it('finds a user by number, reveals, disables and enables, each with its row', async () => {
  const found = await admin('find', '13800138000')
  expect(found.errors).toBe('')
  expect(JSON.parse(found.output)).toMatchObject({
    code: 200,
    data: { users: [{ userId, phone: '138****8000' }] },
  })
  const unreasoned = await admin('disable', userId)
  expect(unreasoned.code).toBe(1)
  expect(JSON.parse(unreasoned.output)).toMatchObject({ code: 400, reason: 'BAD_REQUEST' })
  const disabled = await admin('disable', userId, '--reason', '用户来电要求停用')
  expect(JSON.parse(disabled.output)).toMatchObject({ code: 200, data: { user: { status: 'disabled' } } })
  const stats = await admin('stats')
  expect(JSON.parse(stats.output)).toMatchObject({ data: { users: 1, disabled: 1 } })
})

it('says how it is used', async () => {
  const { code, errors } = await admin('destroy', userId)
  expect(code).toBe(1)
  expect(errors).toContain('npm run admin -- find')
})
