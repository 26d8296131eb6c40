import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { writeFunctions } from '../../testing/written-functions.ts'

const OPENID = 'oMaskedPerson_0001'
const OTHER = 'oMaskedPerson_0002'
const KEY = 'q8Xh/2Jd+Lm0PzTqVw=='

const FUNCTIONS = {
  'talks/index.js': `exports.main = (event) => {
    console.log(event)
    console.log('code', event.code)
    console.log('all', [event.code, event.userInfo.openId, '${OTHER}'].join('|'))
    console.log(JSON.stringify({ deep: { deeper: { deepest: { event } } } }))
    console.log(new Map([['session', event.session]]), '91234567', process.env.PAY_KEYS, '${KEY}')
    process.stdout.write('out ' + event.code + '\\n')
    console.log(encodeURIComponent('${KEY}'))
    return { ok: true }
  }`,
  'throws/index.js': `exports.main = ({ code }) => {
    throw new Error('refused ' + code + ' for 13800138000')
  }`,
  'floods/index.js': `exports.main = () => {
    console.log('token: ' + 'ab1'.repeat(350000))
    return { ok: true }
  }`,
}

let functionsDirectory: string
let test: FixtureCloud
let code: string
beforeAll(async () => {
  functionsDirectory = writeFunctions(FUNCTIONS)
  test = await FixtureCloud.start({ functionsDirectory, variables: { PAY_KEYS: `k1:${KEY}` } })
  await test.phoneCode(OTHER, '+85291234567')
  code = await test.phoneCode(OPENID)
})
afterAll(async () => {
  await test.stop()
  rmSync(functionsDirectory, { recursive: true, force: true })
})

it('masks what a function logs, however it logs it', async () => {
  const session = { session_key: 'Kx19-value-of-a-session', token: 'half of a character \uD83D' }
  await test.invoke('talks', OPENID, { code, session, n: 7 })
  // What goes to standard output comes by another way, perhaps later.
  await expect.poll(async () => (await test.lastCall()).logs.length).toBe(7)
  const text = (await test.lastCall()).logs.map((line) => line.text).join('\n')
  for (const secret of [code, OPENID, OTHER, '91234567', KEY, encodeURIComponent(KEY), 'Kx19']) {
    expect(text).not.toContain(secret)
  }
  expect(text).toContain("code: '••••••'")
  expect(text).toContain('code ••••••')
  expect(text).toContain('all ••••••|••••••|••••••')
  expect(text).toContain('n: 7')
  expect(text).toContain('****4567 ')
})

it('masks what a function throws, and leaves it whole for the client', async () => {
  const { errMsg } = await test.invoke('throws', OPENID, { code })
  expect(errMsg).toContain(`refused ${code} for 13800138000`)
  const { error, logs } = await test.lastCall()
  expect(error?.errMsg).toContain('refused •••••• for 138****8000')
  expect(JSON.stringify(logs)).not.toContain(code)
})

it('cuts a line of a megabyte with a note', async () => {
  expect(await test.invoke('floods', OPENID, {})).toMatchObject({ result: { ok: true } })
  const [line] = (await test.lastCall()).logs
  expect(line?.text.length).toBeLessThan(70_000)
  expect(line?.text).toMatch(/1050007 characters, the rest is not shown/)
})
