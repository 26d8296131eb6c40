import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ControlClient } from '../../control/client.ts'
import { startTestCloud } from '../../testing/test-cloud.ts'
import { writeFunctions } from '../../testing/written-functions.ts'
import type { Cloud } from '../cloud.ts'

const ENTRY = `exports.main = async ({ sleep = 0, phoneCode, answer }) => {
  if (answer === 'fail') throw new Error('broken')
  await new Promise((resolve) => setTimeout(resolve, sleep))
  return answer ?? { code: 200 }
}`
const OPTIONS = {
  figures: {
    logins: { function: 'enter', kinds: { 手机号: 'phoneCode' }, otherwise: '静默' },
    prices: { quickYuan: 0.05 },
  },
}

let functionsDirectory: string
let cloud: Cloud
let control: ControlClient
let dataDirectory: string

async function start(folder?: string): Promise<void> {
  const options = folder === undefined ? {} : { dataDirectory: folder }
  const started = await startTestCloud({ functionsDirectory, ...OPTIONS, ...options })
  cloud = started[0]
  dataDirectory = started[1]
  control = new ControlClient(cloud.controlUrl)
}

beforeAll(async () => {
  functionsDirectory = writeFunctions({ 'enter/index.js': ENTRY, 'other/index.js': ENTRY })
  await start()
})
afterAll(async () => {
  await cloud.close()
  rmSync(dataDirectory, { recursive: true, force: true })
  rmSync(functionsDirectory, { recursive: true, force: true })
})

const call = (name: string, data: object) =>
  control.post('invoke', { function: name, openid: 'oAlice', data })

/** Noon in China, so that no day ends during a test. */
const noon = () =>
  control.post('clock', { advanceSeconds: (4 * 3600 + 86_400 - ((Date.now() / 1000) % 86_400)) % 86_400 })

it('counts logins by kind, refusals by reason and authorizations with their cost, day by day', async () => {
  await noon()
  await call('enter', { phoneCode: 'c' })
  await call('enter', {})
  await call('enter', { phoneCode: 'c', answer: { code: 403, reason: 'CONSENT_REQUIRED' } })
  await call('other', { answer: { code: 500 } })
  await call('other', { answer: 'fail' })
  await control.post('phone-code', { openid: 'oAlice' })
  await control.post('phone-code', { openid: 'oAlice', realtime: true })
  await control.post('clock', { advanceSeconds: 86_400 })
  await call('enter', {})
  const { days, functions, refusals, loginKinds, prices } = await control.get('figures?days=3')
  expect(days).toMatchObject([
    { calls: 0, logins: {}, costYuan: 0 },
    {
      calls: 5,
      refused: 3,
      logins: { 手机号: 1, 静默: 1 },
      authorizations: { quick: 1, realtime: 1 },
      costYuan: expect.closeTo(0.09),
    },
    { calls: 1, logins: { 静默: 1 }, authorizations: { quick: 0, realtime: 0 } },
  ])
  expect(loginKinds).toEqual(['手机号', '静默'])
  expect(prices).toEqual({ quickYuan: 0.05, realtimeYuan: 0.04 })
  expect(functions).toMatchObject([
    { name: 'enter', calls: 4, refused: 1 },
    { name: 'other', calls: 2, refused: 2 },
  ])
  expect(refusals).toHaveLength(3)
  for (const [functionName, reason] of [
    ['enter', 'CONSENT_REQUIRED'],
    ['other', '500'],
    ['other', '-504002'],
  ])
    expect(refusals).toContainEqual({ functionName, reason, count: 1 })
})

it('keeps the figures over a restart, until they are deleted', async () => {
  const before = await control.get('figures?days=2')
  await cloud.close()
  await start(dataDirectory)
  expect(await control.get('figures?days=2')).toEqual(before)
  await control.delete('figures')
  const { functions } = await control.get('figures')
  expect(functions).toEqual([])
})

it('says the median and the slow end of a function within 5 %', async () => {
  for (const sleep of [0, 0, 0, 0, 300]) await call('other', { sleep })
  const { calls } = await control.get('calls?limit=5')
  const times = calls.map(({ durationMilliseconds = 0 }) => durationMilliseconds).sort((a, b) => a - b)
  const { functions } = await control.get('figures?days=1')
  const { medianMilliseconds = 0, p95Milliseconds = 0 } = functions[0] ?? { name: 'other' }
  expect(medianMilliseconds / Math.max(times[2] ?? 0, 1)).toBeCloseTo(1, 0)
  expect(Math.abs(p95Milliseconds / (times[4] ?? 0) - 1)).toBeLessThan(0.06)
})

it('refuses a number of days that cannot be shown', async () => {
  await expect(control.get('figures?days=400')).rejects.toThrow('days')
})
