import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { ensureCollections } from '../../scripts/lib/cloud/ensure-collections.ts'
import { openCloud } from '../../scripts/lib/cloud/open-cloud.ts'
import { oldIdOf, oldPerson } from '../import/old-people.ts'
import { runScript } from '../support/run-script.ts'

const CONSENT = '2026-11-28'
const NUMBERS = ['13800138000', '13900139000']
let directory: string
let userId: string
let otherId: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'admin-'))
  const cloud = await openCloud({ dataDirectory: directory, port: 0 })
  ensureCollections(cloud)
  const control = new ControlClient(cloud.controlUrl)
  userId = await loginWith(control, 'oAlice', NUMBERS[0])
  otherId = await loginWith(control, 'oBob', NUMBERS[1])
  await cloud.close()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function loginWith(control: ControlClient, openid: string, phoneNumber?: string): Promise<string> {
  const { code } = await control.post('phone-code', { openid, phoneNumber })
  const data = { phoneCode: code, consent: { version: CONSENT } }
  const call = { function: 'login', openid, data }
  const { result } = (await control.post('invoke', call)) as {
    result: { data: { userInfo: { id: string } } }
  }
  return result.data.userInfo.id
}

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
  expect(JSON.parse(stats.output)).toMatchObject({ data: { users: 2, disabled: 1 } })
}, 120_000)

const statuses = async () => {
  const { output } = await admin('stats')
  const { active, disabled } = JSON.parse(output).data
  return { active, disabled }
}

it('does several users or none', async () => {
  await admin('enable', userId, '--reason', '申诉成立')
  const nobody = `u_${'x'.repeat(22)}`
  for (const ids of [
    [userId, nobody],
    [nobody, userId],
    [userId, otherId, 'u_short'],
    [userId, '13900139000'],
  ]) {
    const refused = await admin('disable', ...ids, '--reason', '批量停用')
    expect(refused.code).toBe(1)
    expect(refused.errors).toContain('nothing was done')
    expect(await statuses()).toEqual({ active: 2, disabled: 0 })
  }
  expect((await admin('disable', userId, otherId)).code).toBe(1)
  expect(await statuses()).toEqual({ active: 2, disabled: 0 })
  const disabled = await admin('disable', userId, otherId, userId, '--reason', '批量停用')
  expect(disabled).toMatchObject({ code: 0, errors: '' })
  expect(JSON.parse(disabled.output)).toMatchObject([
    { code: 200, data: { user: { userId, status: 'disabled' } } },
    { code: 200, data: { user: { userId: otherId, status: 'disabled' } } },
  ])
  const revealed = await admin('reveal', userId, otherId, '--reason', '批量核实')
  expect(JSON.parse(revealed.output).map(({ data }: { data: object }) => data)).toEqual(
    NUMBERS.map((number) => ({ phone: `+86${number}` })),
  )
  expect((await admin('enable', otherId, userId, '--reason', '恢复')).code).toBe(0)
  expect(await statuses()).toEqual({ active: 2, disabled: 0 })
}, 120_000)

it('imports a whole collection, call by call, and finds a user by an old id', async () => {
  const cloud = await openCloud({ dataDirectory: directory, port: 0 })
  cloud.database.createCollection('old_users', 'PRIVATE')
  for (let number = 1; number <= 60; number++) cloud.database.putDocument('old_users', oldPerson(number))
  await cloud.close()
  const refused = await admin('import', 'old_users')
  expect(JSON.parse(refused.output)).toMatchObject({ code: 400, reason: 'BAD_REQUEST' })
  const words = ['import', 'old_users', '--reason', '迁移', '--map', 'phone=mobile,nickname=']
  const dry = await admin(...words, '--dry-run')
  expect(JSON.parse(dry.output)).toMatchObject({ data: { read: 60, added: 60, withoutPhone: 0 } })
  const { data: imported } = JSON.parse((await admin(...words)).output)
  // A call that breaks off on a busy machine is repeated, and finds what it had added.
  expect([imported.read, imported.added + imported.existing]).toEqual([60, 60])
  expect(JSON.parse((await admin(...words)).output)).toMatchObject({ data: { added: 0, existing: 60 } })
  const { data } = JSON.parse((await admin('find', `old:${oldIdOf(7)}`)).output)
  expect(data.users).toMatchObject([{ phone: '139****0007', imported: true, nickname: '' }])
  expect((await admin('import', 'old_users', '--map', 'tel')).errors).toContain('field=old name')
}, 120_000)

it.each([
  [['import']],
  [['stats', 'u_x']],
  [['token', 'alice']],
  [['find', '138', '0013', '8000']],
  [['open']],
  [['open', 'a', 'b']],
  [['disable', '--reason', '停用']],
])('refuses %j, of which it would have to ignore a part', async (words) => {
  const { code, output, errors } = await admin(...words)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toContain('npm run admin -- find')
})

it('says how it is used', async () => {
  const { code, errors } = await admin('destroy', userId)
  expect(code).toBe(1)
  expect(errors).toContain('npm run admin -- find')
})
