import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONSENT } from '../support/cloud-kit.ts'
import { type RehearsedCloud, startRehearsedCloud } from '../support/rehearsed-cloud.ts'

/**
 * docs/en/console.md from its first word to its last, as one who rehearses on the cloud of this machine: what is typed
 * into 云端测试 is read out of the document.
 */
const NUMBER = '13800138000'
let rehearsed: RehearsedCloud
let project: RehearsedCloud['project']
let control: RehearsedCloud['control']
let userId: string

beforeAll(async () => {
  rehearsed = await startRehearsedCloud()
  ;({ project, control } = rehearsed)
  const tap = { openid: 'oAlice', phoneNumber: NUMBER }
  const { code } = await control.post('phone-code', tap)
  const data = { phoneCode: code, consent: { version: CONSENT } }
  await control.post('invoke', { function: 'login', openid: 'oAlice', data })
})
afterAll(() => rehearsed.stop())

const admin = (...words: string[]) => project.run('admin', [...words, '--port', rehearsed.port])

/** Commands of the document that begin so, without `npm run admin --`. */
function commandsOf(start: string): string[][] {
  const page = project.read('docs/en/console.md')
  const commands = [...page.matchAll(/`npm run admin -- ([^`]+)`/g)].map(([, words = '']) => words.split(' '))
  return commands.filter(([first]) => first === start)
}

/** What the document puts into 云端测试 for this action, with the token and the user filled in. */
async function test(action: string, token: string): Promise<{ code: number; data: Record<string, unknown> }> {
  const page = project.read('docs/en/console.md')
  const [event] = [...page.matchAll(/\{ "action"[^\n]*\}/g)]
    .map(([json]) => JSON.parse(json) as Record<string, unknown>)
    .filter((candidate) => candidate['action'] === action)
  expect(event).toBeDefined()
  const data = { ...event, token, ...(event?.['userId'] === undefined ? {} : { userId }) }
  const { result } = (await control.post('invoke', { function: 'admin', data })) as { result: never }
  return result
}

it('every step works with a token of the documented command, also after the clock was moved', async () => {
  await project.run('secrets')
  const [words = []] = commandsOf('token').filter((candidate) => candidate.includes('--local'))
  expect(words).toContain('--local')
  await control.post('clock', { advanceSeconds: 3 * 24 * 60 * 60 })
  const made = await admin(...words)
  expect(made.code).toBe(0)
  expect(made.errors).toContain('this machine')
  const token = made.output.trim()
  const found = await test('find', token)
  expect(found).toMatchObject({ code: 200, data: { hasMore: false } })
  const [user] = found.data['users'] as { userId: string; phone: string }[]
  userId = user?.userId ?? ''
  expect(user?.phone).toBe('138****8000')
  const revealed = await test('reveal', token)
  expect(JSON.stringify(revealed)).not.toContain(NUMBER)
  const [open = []] = commandsOf('open')
  const opened = await admin(open[0] ?? '', String(revealed.data['sealedPhone']))
  expect(opened).toMatchObject({ output: `+86${NUMBER}\n`, errors: '', code: 0 })
  expect(await test('disable', token)).toMatchObject({ code: 200, data: { user: { status: 'disabled' } } })
  expect(await test('stats', token)).toMatchObject({ code: 200, data: { users: 1, disabled: 1 } })
}, 120_000)

it('the commands of the document do the same on the cloud of this machine', async () => {
  for (const [act = '', ...rest] of [
    ...commandsOf('find'),
    ...commandsOf('reveal'),
    ...commandsOf('stats'),
  ]) {
    const words = rest.map((word) => (word.startsWith('u_') ? userId : word))
    expect(await admin(act, ...words)).toMatchObject({ code: 0, errors: '' })
  }
  const { output } = await admin('reveal', userId, '--reason', '来电核实')
  expect(JSON.parse(output)).toMatchObject({ code: 200, data: { phone: `+86${NUMBER}` } })
}, 120_000)

it('a token of the deployment says what it is for, and is refused here', async () => {
  const made = await admin('token', '--name', 'zhang.san')
  expect(made.errors).toContain('--local')
  expect(await test('stats', made.output.trim())).toMatchObject({ code: 403, reason: 'ADMIN_DENIED' })
}, 60_000)

it('without .env the command makes a token for this machine', async () => {
  rmSync(project.path('.env'))
  const made = await admin('token')
  expect(made).toMatchObject({ code: 0 })
  expect(await test('stats', made.output.trim())).toMatchObject({ code: 200 })
}, 60_000)

it('a text encrypted with other keys is not opened, and the error is one line', async () => {
  const { code, output, errors } = await admin('open', `k1.${'x'.repeat(22)}.${'A'.repeat(60)}`)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors.trim().split('\n')).toHaveLength(1)
})
