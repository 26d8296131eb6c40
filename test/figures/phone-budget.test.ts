import { afterEach, describe, expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { passHours, readStats } from './figures.ts'

const consent = { version: CONSENT }
let kit: CloudKit
afterEach(() => kit.stop())

async function start(budget: string, more: object = {}): Promise<void> {
  kit = await CloudKit.start({ variables: { ...makeSecrets(), PHONE_BUDGET_PER_DAY: budget, ...more } })
}
const tap = async (openid: string) => kit.login(openid, { phoneCode: await kit.phoneCode(openid), consent })
const exchanges = async () => {
  const { roundTrips } = await kit.lastCall()
  return roundTrips.filter(({ action }) => action === 'wx.openApi').length
}
const entries = () => kit.documents('audit_logs').filter(({ act }) => act === 'phone.budget')

describe('past PHONE_BUDGET_PER_DAY', () => {
  it('a new person is refused before the code is exchanged, until tomorrow', async () => {
    await start('2')
    for (const openid of ['oOne', 'oTwo']) expect(verdict(await tap(openid))).toBe('200')
    expect(verdict(await tap('oThree'))).toBe('429 PHONE_BUDGET_SPENT')
    expect(await exchanges()).toBe(0)
    expect((await readStats(kit)).days[0]).toMatchObject({ paid: 2, refused: { PHONE_BUDGET_SPENT: 1 } })
    await passHours(kit, 24)
    expect(verdict(await tap('oThree'))).toBe('200')
  })

  it('the silent login of an unknown person says so, so that no number is asked for', async () => {
    await start('0')
    expect(verdict(await kit.login('oOne', {}))).toBe('429 PHONE_BUDGET_SPENT')
  })

  it('a known user with a number is let in without the exchange', async () => {
    await start('1')
    expect(verdict(await tap('oOne'))).toBe('200')
    expect(verdict(await tap('oOne'))).toBe('200')
    expect(await exchanges()).toBe(0)
    expect((await readStats(kit)).days[0]).toMatchObject({ paid: 1, logins: { number: 1, silent: 1 } })
  })

  it('accounts need no number where PHONE_REQUIRED=false', async () => {
    await start('0', { PHONE_REQUIRED: 'false' })
    expect(succeeded(await tap('oOne'))).toMatchObject({ isNewUser: true, userInfo: { phone: '' } })
    expect(await exchanges()).toBe(0)
  })

  it('a change of the number is refused before the code is exchanged', async () => {
    await start('1')
    const { token } = succeeded(await tap('oOne'))
    const phoneCode = await kit.phoneCode('oOne', '13700137000')
    const answer = await kit.call('account', 'oOne', { token, action: 'changePhone', phoneCode })
    expect(verdict(answer)).toBe('429 PHONE_BUDGET_SPENT')
    expect(await exchanges()).toBe(0)
  })

  it('one audit entry and one alarm line are written a day', async () => {
    await start('1')
    await tap('oOne')
    expect(entries()).toEqual([])
    const alarms: string[] = []
    for (const openid of ['oTwo', 'oThree', 'oFour']) {
      await tap(openid)
      const { logs } = await kit.lastCall()
      alarms.push(...logs.map(({ text }) => text).filter((text) => text.includes('"alarm":"PHONE_BUDGET"')))
    }
    expect(alarms).toHaveLength(1)
    expect(entries()).toMatchObject([{ by: 'system', outcome: 'done' }])
    expect(entries()[0]?.['from']).toEqual({ source: 'wx_client' })
    expect(JSON.stringify(entries())).not.toMatch(/oTwo|u_/)
    await passHours(kit, 24)
    await tap('oFive')
    await tap('oSix')
    expect(entries()).toHaveLength(2)
  })

  it('calls at once write one entry', async () => {
    await start('0')
    // However the calls fall together, none finds what another has marked.
    kit.cloud.faults.add({
      action: 'database.addDocument',
      target: 'daily_counts',
      answer: { kind: 'reset' },
    })
    await Promise.all(['oOne', 'oTwo', 'oThree', 'oFour'].map((openid) => tap(openid)))
    expect(entries()).toHaveLength(1)
  })
})

it('costs no sequential round trip', async () => {
  await start('5')
  expect(await kit.sequentialRoundTrips(() => tap('oOne'))).toBe(3)
  expect(await kit.sequentialRoundTrips(() => tap('oOne'))).toBe(3)
})

it('a budget that cannot be read refuses nobody', async () => {
  await start('0')
  kit.cloud.faults.add({ action: 'database.getDocument', target: 'daily_counts', answer: { kind: 'reset' } })
  expect(verdict(await tap('oOne'))).toBe('200')
})

it.each(['-1', '1.5', 'many', '１'])(
  'a budget of %s is refused as misconfigured, before the exchange',
  async (value) => {
    await start(value)
    expect(verdict(await tap('oOne'))).toBe('500 MISCONFIGURED')
    expect((await kit.lastCall()).logs.map(({ text }) => text).join()).toContain('PHONE_BUDGET_PER_DAY')
    expect(await exchanges()).toBe(0)
  },
)
