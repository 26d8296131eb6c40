import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, verdict } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { buildFixtures } from '../support/fixture-functions.ts'

const LOGINS = isExhaustive ? 200 : 40
/** For slow machines: what is held to is the outcome. */
const TIMEOUT_MILLISECONDS = 120_000

/** How often each text occurs. */
function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

it(
  `${LOGINS} first logins of one person at once all succeed and make one user with ten sessions`,
  async () => {
    const kit = await CloudKit.start({ variables: { ...makeSecrets(), LOGIN_LIMIT: '1000' } })
    try {
      await kit.warmUp('login')
      const openid = 'oEverywhere'
      const codes = await Promise.all(Array.from({ length: LOGINS }, () => kit.phoneCode(openid)))
      const answers = await Promise.all(
        codes.map((phoneCode) => kit.login(openid, { phoneCode, consent: { version: CONSENT } })),
      )
      expect(tally(answers.map(verdict))).toEqual({ '200': LOGINS })
      expect(answers.filter((answer) => answer.code === 200 && answer.data.isNewUser)).toHaveLength(1)
      const [user, ...others] = kit.users()
      expect(others).toEqual([])
      expect(user?.['sessions']).toHaveLength(10)
      expect(user?.['loginCount']).toBe(LOGINS)

      const checks = await Promise.all(
        answers.map((answer) =>
          kit.checkToken(openid, { token: answer.code === 200 ? answer.data.token : '' }),
        ),
      )
      expect(tally(checks.map(verdict))).toEqual({ '200': 10, '403 SESSION_REVOKED': LOGINS - 10 })
    } finally {
      await kit.stop()
    }
  },
  TIMEOUT_MILLISECONDS,
)

it('the same written as find-then-add makes several users of one person', async () => {
  const functionsDirectory = await buildFixtures()
  const kit = await CloudKit.start({ functionsDirectory })
  try {
    await kit.warmUp('naive')
    await Promise.all(Array.from({ length: LOGINS }, () => kit.invoke('naive', 'oEverywhere', {})))
    const documents = kit.users().filter((user) => user['openid'] === 'oEverywhere').length
    console.info(`find-then-add: ${documents} documents of one person after ${LOGINS} first logins at once`)
    expect(documents).toBeGreaterThan(1)
  } finally {
    await kit.stop()
    rmSync(functionsDirectory, { recursive: true, force: true })
  }
})
