import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from 'wechat-cloud-emulator/control'
import type { AdminUser } from '../../contract/admin-look.ts'
import { ensureCollections } from '../../scripts/lib/cloud/ensure-collections.ts'
import { openCloud } from '../../scripts/lib/cloud/open-cloud.ts'
import { CONSENT } from '../support/cloud-kit.ts'
import { runScript } from '../support/run-script.ts'

const TIMEOUT_MILLISECONDS = 120_000
const NUMBERS = ['13800138000', '13900139000', '13700137000']
/** What spreadsheets, terminals and readers of a file could take for something else. */
const NICKNAMES = ['=HYPERLINK("http://x","点我")', `小明,"${'u_'.padEnd(24, 'x')}"`, '@SUM(1)']
let directory: string
let userIds: string[]

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'admin-lists-'))
  const cloud = await openCloud({ dataDirectory: directory, port: 0 })
  ensureCollections(cloud)
  const control = new ControlClient(cloud.controlUrl)
  userIds = []
  for (const [index, phoneNumber] of NUMBERS.entries()) {
    const openid = `oPerson-${index}`
    const { code } = await control.post('phone-code', { openid, phoneNumber })
    const data = { phoneCode: code, consent: { version: CONSENT } }
    const { result } = (await control.post('invoke', { function: 'login', openid, data })) as {
      result: { data: { userInfo: { id: string } } }
    }
    const { id } = result.data.userInfo
    userIds.push(id)
    const [user] = cloud.database.documents('users', { filter: { _id: id } })
    cloud.database.putDocument('users', { ...user, _id: id, nickname: NICKNAMES[index] })
  }
  await cloud.close()
}, TIMEOUT_MILLISECONDS)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The port is one where no cloud is, so that the command opens the folder itself. */
const admin = (words: readonly string[], input = '') =>
  runScript('admin', [...words, '--data', directory, '--port', '1'], { input })
const path = (name: string) => join(directory, name)
const list = async (...words: string[]): Promise<AdminUser[]> =>
  JSON.parse((await admin(['list', ...words])).output).users
const statusesOf = async () => {
  const users = await list()
  return userIds.map((id) => users.find(({ userId }) => userId === id)?.status)
}

describe('npm run admin', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('lists masked users by filters, as JSON or as lines', async () => {
    expect((await list()).map(({ userId }) => userId).toSorted()).toEqual(userIds.toSorted())
    expect(await list('--nickname', '小')).toMatchObject([{ userId: userIds[1], phone: '139****9000' }])
    expect(await list('--status', 'disabled')).toEqual([])
    expect(await list('--created', '2020-01-01..2020-12-31')).toEqual([])
    expect(await list('--last-login', '2020-01-01..', '--limit', '2')).toHaveLength(2)
    const { output, code } = await admin(['list', '--text', '--limit', '2'])
    expect(code).toBe(0)
    expect(output.trim().split('\n')).toHaveLength(3)
    expect(output).toContain('正常 active')
    expect(output).toContain('--cursor ')
    for (const number of NUMBERS) expect(output).not.toContain(number)
  })

  it('shows a person, and the records of a person, an act or a day', async () => {
    const [userId = ''] = userIds
    const shown = await admin(['show', userId, '--text'])
    expect(shown).toMatchObject({ code: 0, errors: '' })
    for (const part of [userId, '138****8000', '设备 devices: 1', 'login'])
      expect(shown.output).toContain(part)
    expect(JSON.parse((await admin(['show', userId])).output)).toMatchObject({ user: { userId } })
    const { records } = JSON.parse((await admin(['records', userId, '--act', 'admin.show'])).output)
    expect(records).toMatchObject([{ act: 'admin.show' }, { act: 'admin.show' }])
    expect((await admin(['records', '--act', 'login', '--text'])).output.trim().split('\n')).toHaveLength(3)
    expect((await admin(['records', '--day', '2020-01-01', '--text'])).output).toContain('没有记录')
    const nobody = await admin(['show', `u_${'x'.repeat(22)}`])
    expect(nobody).toMatchObject({ code: 1, output: '' })
    expect(nobody.errors).toContain('NOT_FOUND')
  })

  it('exports masked rows as CSV, of which a spreadsheet takes nothing for a formula', async () => {
    const file = path('users.csv')
    const { code, output, errors } = await admin(['export', file])
    expect({ code, output }).toEqual({ code: 0, output: '' })
    expect(errors).toContain('3 行 rows')
    const text = readFileSync(file, 'utf8')
    expect(text.startsWith('\ufeff用户编号 userId,')).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
    expect(text).toContain(`,"'=HYPERLINK(""http://x"",""点我"")",`)
    expect(text).toContain(`,"'@SUM(1)",`)
    expect(text).toContain('138****8000')
    for (const number of NUMBERS) expect(text).not.toContain(number)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0)
    expect(existsSync(`${file}.part`)).toBe(false)
    expect((await admin(['export', file])).errors).toContain('已存在')
    const some = await admin(['export', '-', '--nickname', '小'])
    expect(some.output.trimEnd().split('\r\n')).toHaveLength(2)
  })

  it('changes the people of a file after a count and a confirmation', async () => {
    const file = path('users.csv')
    const words = ['disable', '--from', file, '--reason', '活动作弊，工单 1024']
    const dry = await admin([...words, '--dry-run'])
    expect(dry.errors).toContain('3 人 people：改动 changed 3')
    expect(JSON.parse(dry.output).results).toMatchObject(Array(3).fill({ result: 'changed' }))
    expect(await statusesOf()).toEqual(Array(3).fill('active'))
    for (const typed of ['', 'y\n', '2\n']) {
      const refused = await admin(words, typed)
      expect(refused.code).toBe(1)
      expect(refused.errors).toContain('没有做任何改动')
    }
    expect(await statusesOf()).toEqual(Array(3).fill('active'))
    const done = await admin(words, '3\n')
    expect(done.code).toBe(0)
    expect(JSON.parse(done.output).results).toHaveLength(3)
    expect(await statusesOf()).toEqual(Array(3).fill('disabled'))
    const { records } = JSON.parse((await admin(['records', '--act', 'admin.disable'])).output)
    expect(records).toMatchObject(Array(3).fill({ outcome: 'done', reason: '活动作弊，工单 1024' }))
    writeFileSync(path('ids.txt'), `# 名单\n${userIds.join('\n')}\nu_${'x'.repeat(22)}\n`)
    const enabled = await admin([
      'enable',
      '--from',
      path('ids.txt'),
      '--reason',
      '申诉成立',
      '--yes',
      '--text',
    ])
    expect(enabled.code).toBe(1)
    expect(enabled.errors).toContain('refused 1')
    expect(await statusesOf()).toEqual(Array(3).fill('active'))
    const out = await admin(['end-sessions', ...userIds.slice(0, 1), '--reason', '手机丢失'])
    expect(JSON.parse(out.output)).toMatchObject({ code: 200, data: { user: { sessions: 0 } } })
  })

  it('a dry run of people who are named changes nobody', async () => {
    const dry = await admin(['disable', ...userIds, '--reason', '试一试', '--dry-run'])
    expect(dry.code).toBe(0)
    expect(await statusesOf()).toEqual(Array(3).fill('active'))
  })

  it('takes nothing of a file for a user id but what stands in its place', async () => {
    const lists: readonly [string, string][] = [
      ['nickname.csv', `小明,${userIds[0]}\n`],
      ['short.txt', 'u_short\n'],
      ['object.json', JSON.stringify([{ nickname: userIds[0] }])],
      ['broken.json', '[{'],
      ['empty.txt', '\n'],
    ]
    for (const [name, text] of lists) {
      writeFileSync(path(name), text)
      const refused = await admin(['disable', '--from', path(name), '--reason', '停用名单', '--yes'])
      expect(refused).toMatchObject({ code: 1, output: '' })
      expect(refused.errors).toContain(name)
    }
    writeFileSync(path('list.json'), (await admin(['list', '--nickname', '小'])).output)
    const words = ['disable', '--from', path('list.json'), '--reason', '停用名单', '--dry-run']
    expect(JSON.parse((await admin(words)).output).results).toMatchObject([{ userId: userIds[1] }])
    expect(await statusesOf()).toEqual(Array(3).fill('active'))
  })

  it('asks for a number where none may stand on the command line', async () => {
    const { output, errors } = await admin(['find', '-'], `${NUMBERS[0]}\n`)
    expect(JSON.parse(output)).toMatchObject({ data: { users: [{ userId: userIds[0] }] } })
    expect(errors).not.toContain(NUMBERS[0])
  })

  it.each([
    [['reveal', '--from', 'ids.txt']],
    [['find', '13800138000', '--dry-run']],
    [['list', '--status', 'gone']],
    [['list', '--created', 'yesterday']],
    [['list', '--created', '2026-02-31x..']],
    [['list', '--limit', '0']],
    [['token', '--may', 'look,boss']],
    [['show']],
    [['records', 'a', 'b']],
    [['disable', 'u_x', '--from', 'ids.txt']],
    [['stats', '--cloud']],
  ])('refuses %j', async (words) => {
    const { code, output, errors } = await admin(words)
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).not.toMatch(/\n\s+at /)
  })
})
