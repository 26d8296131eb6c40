import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stepsOf } from '../documents/markdown.ts'
import { readPage } from '../documents/pages.ts'
import { CONSENT } from '../support/cloud-kit.ts'
import { type RehearsedCloud, startRehearsedCloud } from '../support/rehearsed-cloud.ts'

/** The walk of the documents from "a user calls" to "moved, with a trace", as it is written there. */
const TIMEOUT_MILLISECONDS = 180_000
const NUMBER = '13800138000'
let rehearsed: RehearsedCloud
let project: RehearsedCloud['project']
let cloud: RehearsedCloud['cloud']
let control: RehearsedCloud['control']
let people = 0
let oldId: string
let newId: string

beforeAll(async () => {
  rehearsed = await startRehearsedCloud()
  ;({ project, cloud, control } = rehearsed)
}, TIMEOUT_MILLISECONDS)
afterAll(() => rehearsed.stop())

const call = async (name: string, data: object, openid?: string) => {
  const { result } = (await control.post('invoke', {
    function: name,
    data,
    ...(openid === undefined ? {} : { openid }),
  })) as { result: { code: number; data: Record<string, never> } }
  expect(result).toMatchObject({ code: 200 })
  return result.data
}

/** A person with a trip who comes back with another WeChat account. */
async function changeAccount(): Promise<void> {
  people += 1
  const logIn = async (openid: string): Promise<{ token: string; userInfo: { id: string } }> => {
    const { code } = await control.post('phone-code', { openid, phoneNumber: NUMBER })
    return call('login', { phoneCode: code, consent: { version: CONSENT } }, openid) as never
  }
  const old = await logIn(`oOld-${people}`)
  oldId = old.userInfo.id
  const trip = { title: '回家', destination: '成都', date: '2026-12-01' }
  cloud.database.putDocument('trips', {
    _id: `trip-${people}`,
    userId: oldId,
    createdAt: new Date(cloud.clock.now()),
    ...trip,
  })
  newId = (await logIn(`oNew-${people}`)).userInfo.id
}

const named = (text: string) => text.replaceAll('u_old…', oldId).replaceAll('u_new…', newId)

/** The block of the walk that mentions both accounts. */
function walkOf(page: string, language: string): string[] {
  const blocks = stepsOf(readPage(page)).filter(
    ({ words, text }) => words === language && text.includes('u_new…') && text.trim().includes('\n'),
  )
  expect(blocks).toHaveLength(1)
  return (blocks[0]?.text ?? '').trim().split('\n').map(named)
}

function expectMoved(records: readonly Record<string, unknown>[]): void {
  expect(cloud.database.documents('trips', { filter: { _id: `trip-${people}` } })).toMatchObject([
    { userId: newId },
  ])
  expect(cloud.database.documents('users', { filter: { _id: oldId } })).toEqual([])
  const moved = records.filter(({ act }) => act === 'transfer.in')
  expect(moved).toMatchObject([{ outcome: 'done', reason: expect.stringContaining('1024') }])
  expect(String(moved[0]?.['by'])).toMatch(/^admin:/)
}

describe.each(['docs/en/console.md', 'docs/zh-CN/console.md'])(
  '%s',
  { timeout: TIMEOUT_MILLISECONDS },
  (page) => {
    it('moves an account from the terminal, with a trace', async () => {
      await changeAccount()
      const outputs: Record<string, never>[] = []
      for (const line of walkOf(page, 'sh')) {
        const words = line.replace('npm run admin -- ', '').split(' ')
        const { code, output, errors } = await project.run('admin', [...words, '--port', rehearsed.port])
        expect({ code, errors }, line).toEqual({ code: 0, errors: '' })
        expect(output).not.toContain(NUMBER)
        outputs.push(JSON.parse(output))
      }
      const [found, , , records] = outputs
      const users: { userId: string }[] = (found as unknown as { data: { users: [] } }).data.users
      expect(users.map(({ userId }) => userId)).toEqual(expect.arrayContaining([oldId, newId]))
      expectMoved((records as unknown as { records: [] }).records)
    })

    it('moves an account in 云端测试, with a trace', async () => {
      await changeAccount()
      const { output } = await project.run('admin', ['token', '--local', '--port', rehearsed.port])
      let last: Record<string, unknown> = {}
      for (const line of walkOf(page, 'json')) {
        last = await call('admin', { ...JSON.parse(line), token: output.trim() })
        expect(JSON.stringify(last)).not.toContain(NUMBER)
      }
      expectMoved(last['records'] as [])
    })
  },
)
