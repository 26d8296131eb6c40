import { describe, expect, it } from 'vitest'
import { ALARMS } from '../../cloudfunctions/shared/core/alarms.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { readPage } from '../documents/pages.ts'
import { CloudKit, verdict } from '../support/cloud-kit.ts'
import { PATIENT_TIMER } from '../support/patient-timer.ts'
import { TestUser } from '../support/test-user.ts'

interface Line {
  level: string
  alarm?: string
  means?: string
  detail?: string
}

/** The lines of the latest call that report a failure. */
async function failures(kit: CloudKit): Promise<Line[]> {
  const texts = (await kit.lastCall()).logs.map(({ text }) => text)
  // The emulator adds where an error was thrown.
  const lines = texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Line)
  return lines.filter(({ level }) => level !== 'info')
}

async function withCloud(
  variables: Record<string, string>,
  run: (kit: CloudKit) => Promise<void>,
): Promise<void> {
  const kit = await CloudKit.start({ variables, maximumInstances: 1, functions: PATIENT_TIMER })
  try {
    await run(kit)
  } finally {
    await kit.stop()
  }
}

describe('a function that is configured wrongly', () => {
  it('raises MISCONFIGURED once an instance, and logs an error for each further call', async () => {
    await withCloud({ ...makeSecrets(), LOGIN_SECRETS: '' }, async (kit) => {
      expect(verdict(await kit.login('oAlice', {}))).toBe('500 MISCONFIGURED')
      const [first] = await failures(kit)
      expect(first).toMatchObject({ level: 'alarm', alarm: 'MISCONFIGURED', means: ALARMS.MISCONFIGURED })
      expect(first?.detail).toContain('LOGIN_SECRETS')
      expect(verdict(await kit.login('oAlice', {}))).toBe('500 MISCONFIGURED')
      expect(await failures(kit)).toMatchObject([{ level: 'error', detail: first?.detail }])
    })
  })

  it('raises it once for each reason', async () => {
    await withCloud({ ...makeSecrets() }, async (kit) => {
      const { token } = await kit.loginWithCode('oAlice')
      for (const collection of ['trips', 'users']) {
        kit.cloud.database.dropCollection(collection)
        for (const level of ['alarm', 'error']) {
          const answer = await kit.call('trips', 'oAlice', { token, action: 'list' })
          expect(verdict(answer)).toBe('500 MISCONFIGURED')
          expect(await failures(kit)).toMatchObject([{ level, detail: expect.stringContaining(collection) }])
        }
      }
    })
  })
})

it('a user whose document a client wrote raises CLIENT_DOCUMENTS, without the user', async () => {
  await withCloud({ ...makeSecrets() }, async (kit) => {
    const { token } = await kit.loginWithCode('oAlice', '13800138000')
    const [user] = kit.users()
    kit.cloud.database.putDocument('users', { ...user, _id: String(user?._id), _openid: 'oAlice' })
    expect(verdict(await kit.checkToken('oAlice', { token }))).toBe('500 MISCONFIGURED')
    expect(await failures(kit)).toMatchObject([{ level: 'alarm', alarm: 'CLIENT_DOCUMENTS' }])
    await kit.control.post('timer', { function: 'cleanup' })
    const alarms = (await failures(kit)).filter(({ level }) => level === 'alarm')
    expect(alarms).toMatchObject([{ alarm: 'CLIENT_DOCUMENTS' }])
    expect(JSON.stringify(alarms)).not.toMatch(/oAlice|13800138000|u_/)
  })
})

it('a number whose key is missing raises KEY_NEEDED, by the timer and by an export', async () => {
  const secrets = { ...makeSecrets() }
  const before = await CloudKit.start({ variables: secrets })
  await before.loginWithCode('oAlice', '13800138000')
  await before.cloud.close()
  const LOGIN_SECRETS = makeSecrets().LOGIN_SECRETS.replace(/^k1:/, 'k2:')
  const kit = await CloudKit.start({
    variables: { ...secrets, LOGIN_SECRETS },
    dataDirectory: before.directory,
    maximumInstances: 1,
    functions: PATIENT_TIMER,
  })
  try {
    await kit.control.post('timer', { function: 'cleanup' })
    const [alarm] = await failures(kit)
    expect(alarm).toMatchObject({ level: 'alarm', alarm: 'KEY_NEEDED' })
    expect(alarm?.detail).toContain('key k1')
    const answer = await kit.login('oAlice', {})
    if (answer.code !== 200) throw new Error(answer.reason)
    await new TestUser(kit, 'oAlice', answer.data.token).export()
    expect(await failures(kit)).toMatchObject([{ level: 'alarm', alarm: 'KEY_NEEDED' }])
  } finally {
    await kit.stop()
  }
})

it('a plain number where a cipher should be is not logged as the id of a key', async () => {
  await withCloud({ ...makeSecrets() }, async (kit) => {
    await kit.loginWithCode('oAlice', '13800138000')
    const [user] = kit.users()
    const document = { ...user, _id: 'u_imported', phoneCipher: '13800138000.', openid: 'oBob' }
    kit.cloud.database.putDocument('users', document)
    await kit.control.post('timer', { function: 'cleanup' })
    const lines = await failures(kit)
    const alarms = lines.filter(({ level }) => level === 'alarm')
    expect(alarms).toMatchObject([{ alarm: 'KEY_NEEDED', detail: expect.stringContaining('key unknown') }])
    expect(JSON.stringify(lines)).not.toContain('13800138000')
  })
})

it.each(['docs/en/console.md', 'docs/zh-CN/console.md'])(
  '%s explains each word of an alarm, and no other',
  (page) => {
    const [, section = ''] = readPage(page).split('<a id="alarms"></a>\n\n## ')
    const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm)].map(
      ([, word]) => word,
    )
    expect(rows).toEqual(Object.keys(ALARMS))
  },
)
