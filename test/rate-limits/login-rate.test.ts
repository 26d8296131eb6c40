import { expect, it } from 'vitest'
import { LIMITS } from 'wechat-cloud-emulator'
import type { Failure } from '../../contract/answer.ts'
import { CloudKit, verdict } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'

const LOGINS = isExhaustive ? 100 : 50
const LIMIT = 30
const TIMEOUT_MILLISECONDS = 120_000

it(
  `of ${LOGINS} logins at once on ${LIMITS.functions.instances} instances exactly ${LIMIT} succeed in three minutes`,
  async () => {
    const kit = await CloudKit.start()
    try {
      const openid = 'oEverywhere'
      await kit.loginWithCode(openid)
      await kit.control.post('latency', { milliseconds: 200 })
      await Promise.all(
        Array.from({ length: LIMITS.functions.instances }, () => kit.invoke('login', 'oSomebodyElse', {})),
      )
      await kit.control.post('latency', { milliseconds: 0 })
      await kit.control.post('clock', { advanceSeconds: 4 * 60 })

      const answers = await Promise.all(Array.from({ length: LOGINS }, () => kit.login(openid, {})))
      const refused = answers.filter((answer) => answer.code !== 200) as Failure[]
      const limited = refused.filter(({ reason }) => reason === 'RATE_LIMITED')
      // A machine that is busy otherwise may lose an answer: that login counts, and nobody was let in by it.
      const lost = refused.length - limited.length
      const succeeded = answers.length - refused.length
      expect(refused.map(verdict).filter((text) => !/^(429 RATE_LIMITED|503 .*)$/.test(text))).toEqual([])
      expect(succeeded).toBeLessThanOrEqual(LIMIT)
      expect(succeeded + lost).toBeGreaterThanOrEqual(LIMIT)
      const waits = limited.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds)
      expect(Math.min(...waits)).toBeGreaterThan(0)
      expect(Math.max(...waits)).toBeLessThanOrEqual(180)
      expect(kit.users()).toMatchObject([{ loginCount: 1 + LIMIT }])
      // Somebody else is not held up.
      await kit.loginWithCode('oSomebodyElse')

      // A caller that waits as long as the answers say gets in.
      await kit.control.post('clock', { advanceSeconds: Math.max(...waits) })
      expect(verdict(await kit.login(openid, {}))).toBe('200')
    } finally {
      await kit.stop()
    }
  },
  TIMEOUT_MILLISECONDS,
)
