import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CopiedTest } from '../../control/calls.ts'
import { ProjectCloud } from '../../testing/project-cloud.ts'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const MODULES = path('../../../node_modules')
/** A tea shop that knows nothing of the login. */
const FIXTURE = path('../../testing/kit/fixture')

/** A function that answers as many others do: with a token of its own, and with codes and reasons. */
const MEMBERS = `
const cloud = require('wx-server-sdk')
cloud.init()
const { randomUUID } = require('node:crypto')

exports.main = async ({ action, token, name, phoneCode }) => {
  const members = cloud.database().collection('members')
  const _id = cloud.getWXContext().OPENID
  if (action === 'join') {
    if (!phoneCode) return { code: 400, reason: 'PHONE_REQUIRED' }
    await cloud.openapi.phonenumber.getPhoneNumber({ code: phoneCode })
    const session = { _id, token: randomUUID(), at: new Date() }
    await members.add({ data: session })
    return { code: 200, data: { token: session.token } }
  }
  const { data: [member] } = await members.where({ _id, token }).get()
  if (!member) return { code: 401, reason: 'NO_SESSION' }
  if (Date.now() - member.at > 86400000) return { code: 401, reason: 'SESSION_EXPIRED' }
  if (action === 'rename') await members.doc(_id).update({ data: { name } })
  return { code: 200, data: { name: name ?? member.name ?? '' } }
}
`

let folder: string
let kit: ProjectCloud
const files: string[] = []

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'copied-')))
  cpSync(FIXTURE, folder, { recursive: true })
  cpSync(join(folder, 'cloudfunctions/bind'), join(folder, 'cloudfunctions/members'), { recursive: true })
  writeFileSync(join(folder, 'cloudfunctions/members/index.js'), MEMBERS)
  symlinkSync(MODULES, join(folder, 'node_modules'), 'junction')
  kit = await ProjectCloud.start(folder)
})
afterAll(async () => {
  await kit.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => kit.control.post('reset'))

/** Copies the latest call, and keeps the test that it makes for the run of all. */
async function copy(name: string): Promise<CopiedTest> {
  const { requestId } = await kit.lastCall()
  const test = await kit.control.post(`calls/${requestId}/test`)
  if (test.problem.length === 0) {
    files.push(`${name}.test.js`)
    writeFileSync(join(folder, `${name}.test.js`), test.text)
  }
  return test
}

const member = (data: object, openid = 'oAlice') =>
  kit.call<{ data: { token: string } }>('members', data, { as: openid })

it('a call without state', async () => {
  await kit.call('members', { action: 'join' }, { as: 'oAlice' })
  const { text, problem } = await copy('stateless')
  expect(problem).toEqual([])
  expect(text).toContain("expect(answer).toMatchObject({ code: 400, reason: 'PHONE_REQUIRED' })")
})

it('a call of the console, without a person', async () => {
  await kit.call('goods')
  const { text } = await copy('console')
  expect(text).toContain("const answer = await cloud.call('goods')\n  expect(answer).toHaveLength(0)")
})

it('a call that read documents gets them, as they were', async () => {
  await kit.collection('goods').put({ _id: "o'clock", title: '祁门红茶', price: 6850, since: new Date(0) })
  await kit.call('goods', {}, { as: 'oAlice' })
  await kit.collection('goods').put({ _id: "o'clock", title: '别的', price: 1 })
  const { text, problem } = await copy('documents')
  expect(problem).toEqual([])
  expect(text).toContain(
    "await cloud.collection('goods').put({ _id: 'o\\'clock', title: '祁门红茶', price: 6850, since: new Date('1970-01-01T00:00:00.000Z') })",
  )
  expect(text).toContain("expect(answer[0]).toMatchObject({ _id: 'o\\'clock', title: '祁门红茶'")
})

it('a call that throws, with what it throws', async () => {
  await kit.call('order', {}, { as: 'oAlice' }).catch(() => {})
  const { text, problem } = await copy('thrown')
  expect(problem).toEqual([])
  expect(text).toContain(
    "await expect(cloud.call('order', {}, { as: 'oAlice' })).rejects.toThrow('an order needs a tea')",
  )
})

it('a call with the token of a login is preceded by that login, and by what has written what it reads', async () => {
  const { data } = await member({ action: 'join', phoneCode: await kit.phoneCode('oAlice') })
  await member({ action: 'rename', token: data.token, name: '阿青' })
  await member({ action: 'join' }, 'oBob')
  await member({ action: 'show', token: data.token })
  const { text, problem } = await copy('session')
  expect(problem).toEqual([])
  expect(text).toContain("phoneCode: await cloud.phoneCode('oAlice')")
  expect(text).toContain("token: members.data.token, name: '阿青'")
  expect(text).toContain("data: { name: '阿青' }")
  expect(text).not.toContain('oBob')
  expect(text).not.toContain(data.token)
})

it('time passes as it did', async () => {
  const { data } = await member({ action: 'join', phoneCode: await kit.phoneCode('oAlice') })
  await kit.control.post('clock', { advanceSeconds: 90_000 })
  await member({ action: 'show', token: data.token })
  const { text, problem } = await copy('later')
  expect(problem).toEqual([])
  expect(text).toMatch(/project\.clock\.advance\('9000\d s'\)/)
  expect(text).toContain("reason: 'SESSION_EXPIRED'")
})

it('a fault that the call met is injected', async () => {
  const answer = { kind: 'error', code: 'SYS_ERR', message: 'busy' } as const
  await kit.control.post('faults', { target: 'goods', answer })
  await kit.call('goods', {}, { as: 'oAlice' }).catch(() => {})
  await kit.control.delete('faults')
  const { text, problem } = await copy('fault')
  expect(problem).toEqual([])
  expect(text).toContain("await project.faults.add({ target: 'goods'")
  expect(text).toContain('times: 1')
})

it('a call that an empty cloud cannot repeat says so, and why', async () => {
  await kit.collection('members').put({ _id: 'oAlice', token: 'written-by-an-import', at: new Date() })
  await member({ action: 'show', token: 'written-by-an-import' })
  const { text, problem } = await copy('impossible')
  expect(problem).toEqual([
    expect.stringContaining('401 NO_SESSION，不是 200'),
    expect.stringContaining('members 的 token'),
    expect.stringContaining('members 的文档没有 token'),
  ])
  expect(text).toContain(`// ${problem[0]}`)
  expect(text).not.toContain('written-by-an-import')
})

it('a call that is not in the log', async () => {
  await expect(kit.control.post('calls/none/test')).rejects.toThrow('the log does not have this call')
})

it('all tests that were copied pass unchanged', () => {
  expect(files).toHaveLength(7)
  const vitest = join(MODULES, 'vitest/vitest.mjs')
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--maxWorkers=1'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(stdout, stderr).toMatch(/Tests +7 passed \(7\)/)
}, 180_000)
