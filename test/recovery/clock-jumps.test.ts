import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { outsideClient, sdkDatabase } from 'wechat-cloud-emulator/testing'
import { CloudKit, CONSENT, verdict } from '../support/cloud-kit.ts'

const HOUR_SECONDS = 60 * 60
const DAY_SECONDS = 24 * HOUR_SECONDS

let kit: CloudKit
let people = 0
beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
afterEach(async () => {
  vi.restoreAllMocks()
  await kit.control.post('clock', { reset: true })
})

const jump = (seconds: number) => kit.control.post('clock', { advanceSeconds: seconds })

function newPerson(): string {
  people += 1
  return `oJumper-${people}`
}

describe('sessions', () => {
  it('end when the clock jumps past them, and a clock that comes back has them back', async () => {
    const openid = newPerson()
    const { token } = await kit.loginWithCode(openid)
    await jump(31 * DAY_SECONDS)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 TOKEN_EXPIRED')
    await jump(-31 * DAY_SECONDS)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
  })

  it('stand when the clock jumps to before they began, and new ones can be opened beside them', async () => {
    const openid = newPerson()
    const { token } = await kit.loginWithCode(openid)
    await jump(-10 * DAY_SECONDS)
    const checked = await kit.checkToken(openid, { token })
    expect(verdict(checked)).toBe('200')
    expect(checked).not.toHaveProperty('data.token')
    const answer = await kit.login(openid, {})
    expect(verdict(answer)).toBe('200')
    await kit.call('logout', openid, { token })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 SESSION_REVOKED')
  })
})

it('a phone code is over when the clock has jumped five minutes on', async () => {
  const openid = newPerson()
  const phoneCode = await kit.phoneCode(openid)
  await jump(301)
  const answer = await kit.login(openid, { phoneCode, consent: { version: CONSENT } })
  expect(verdict(answer)).toBe('400 PHONE_CODE_INVALID')
})

describe('transactions', () => {
  const open = async (id: string) => {
    const database = sdkDatabase(kit.cloud.sdkUrl) as ReturnType<typeof sdkDatabase> & {
      startTransaction(): Promise<ReturnType<typeof sdkDatabase> & { commit(): Promise<unknown> }>
    }
    const transaction = await database.startTransaction()
    await transaction.collection('trips').add({ data: { _id: id, by: 'transaction' } })
    return transaction
  }
  const stored = (id: string) => kit.cloud.database.documents('trips', { filter: { _id: id } })

  it('are over when the clock has jumped past their 30 seconds, and have changed nothing', async () => {
    const transaction = await open('forward')
    await jump(31)
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
    expect(stored('forward')).toEqual([])
  })

  it('do not hold their documents for longer because the clock was put back', async () => {
    const transaction = await open('back')
    await jump(-DAY_SECONDS)
    const write = sdkDatabase(kit.cloud.sdkUrl)
      .collection('trips')
      .add({ data: { _id: 'back', by: 'other' } })
    const machineNow = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => machineNow() + 31_000)
    await write
    expect(stored('back')).toEqual([{ _id: 'back', by: 'other' }])
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
  })
})

it('a signed address ends by the clock that signed it', async () => {
  const client = outsideClient(kit.cloud.sdkUrl)
  const { fileID } = await client.uploadFile({ cloudPath: 'a.txt', fileContent: Buffer.from('a') })
  const { storage } = kit.cloud
  const answer = storage.handle('storage.batchGetDownloadUrl', { file_list: [fileID] }) as {
    data: { download_list: { tempFileURL: string }[] }
  }
  const url = answer.data.download_list[0]?.tempFileURL ?? ''
  expect((await fetch(url)).status).toBe(200)
  await jump(HOUR_SECONDS)
  expect((await fetch(url)).status).toBe(403)
  expect(String((await client.downloadFile({ fileID })).fileContent)).toBe('a')
  await jump(-2 * HOUR_SECONDS)
  expect((await fetch(url)).status).toBe(200)
})

it.each([1e12, -1e12, 1e300])('a jump of %d seconds, out of all calendars, is refused', async (seconds) => {
  const before = kit.cloud.clock.offsetMilliseconds
  await expect(jump(seconds)).rejects.toThrow('1970')
  expect(kit.cloud.clock.offsetMilliseconds).toBe(before)
})
