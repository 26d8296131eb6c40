import { describe, expect, it } from 'vitest'
import type { MyData } from '../../miniprogram/account/services/my-data.ts'
import { CITY, MASKED, PHONE_NUMBER, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()

/** On the page, with the data loaded. */
async function withData(): Promise<PhoneUser> {
  const testUser = await newTestUser()
  await testUser.logIn()
  await testUser.open('my-data')
  testUser.phone.tap('.load')
  await testUser.phone.settle()
  return testUser
}

describe('我的数据', () => {
  it('calls nothing before the user’s tap', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    testUser.phone.calls.length = 0
    await testUser.open('my-data')
    expect(testUser.phone.calls).toEqual([])
  })

  it('shows in words what is stored, and how much', async () => {
    const { phone, openid, userDocument } = await withData()
    for (const text of [openid, String(userDocument?.['_id']), '我的行程', '登录设备', '安全记录', '1 项']) {
      expect(phone.text).toContain(text)
    }
  })

  it('shows the number in clear after a tap only, and hides it again', async () => {
    const { phone } = await withData()
    expect(phone.text).toContain(MASKED)
    expect(phone.page.element.dom.outerHTML).not.toContain(PHONE_NUMBER)
    phone.tap('.toggle')
    expect(phone.text).toContain(`+86${PHONE_NUMBER}`)
    phone.tap('.toggle')
    expect(phone.text).not.toContain(PHONE_NUMBER)
    phone.tap('.toggle')
    phone.gesture('onHide')
    expect(phone.text).not.toContain(PHONE_NUMBER)
  })

  it('copies everything, and stores nothing of it', async () => {
    const { phone, openid } = await withData()
    phone.tap('.copy')
    await phone.settle()
    const copied = JSON.parse(phone.clipboard ?? '') as MyData
    expect(copied).toMatchObject({
      account: { openid, phone: `+86${PHONE_NUMBER}`, consent: { version: '2026-11-28' } },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
      collections: { trips: [{ city: CITY, days: 3 }] },
    })
    expect(copied.records.map(({ act }) => act)).toEqual(expect.arrayContaining(['login', 'consent']))
    expect(phone.toasts.at(-1)).toBe('已复制')
    expect(JSON.stringify([...phone.storage])).not.toContain(PHONE_NUMBER)
    expect(JSON.stringify([...phone.storage])).not.toContain(openid)
  })

  it('says what is not listed, and why, and copies that, too', async () => {
    const { phone } = await withData()
    expect(phone.text).toContain('没有列出的内容')
    phone.tap('.copy')
    await phone.settle()
    const { omitted } = JSON.parse(phone.clipboard ?? '') as MyData
    expect(omitted.length).toBeGreaterThan(3)
    for (const { what, why } of omitted) {
      expect(phone.text).toContain(what)
      expect(phone.text).toContain(why)
    }
  })

  it('reaches the phone with nothing in clear that identifies the user', async () => {
    const testUser = await newTestUser()
    const { phone, openid } = testUser
    await testUser.logIn()
    await testUser.open('my-data')
    const answers: string[] = []
    const pads: unknown[] = []
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      answers.push(JSON.stringify(answer))
      pads.push(call.data['pad'])
      return answer
    }
    phone.tap('.load')
    await phone.settle()
    phone.tap('.toggle')
    expect(phone.text).toContain(`+86${PHONE_NUMBER}`)
    expect(phone.text).toContain(openid)
    expect(answers).toHaveLength(1)
    expect(answers[0]).not.toContain(PHONE_NUMBER)
    expect(answers[0]).not.toContain(openid)
    // Each time with a new pad.
    await phone.launch('account/pages/my-data/my-data')
    phone.tap('.load')
    await phone.settle()
    const sent = pads.filter((pad) => typeof pad === 'string')
    expect(new Set(sent).size).toBe(2)
  })

  it.each<[string, unknown, string]>([
    ['has no random numbers', undefined, ERROR_TEXTS.WECHAT_OLD],
    ['gives none', ({ fail }: { fail(): void }) => fail(), ERROR_TEXTS.INVALID_RESPONSE],
    [
      'gives too few',
      ({ success }: { success(result: object): void }) => success({ randomValues: new ArrayBuffer(8) }),
      ERROR_TEXTS.INVALID_RESPONSE,
    ],
  ])('asks for nothing where WeChat %s, and says so', async (_name, getRandomValues, text) => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.open('my-data')
    phone.calls.length = 0
    const before = phone.wx['getRandomValues']
    Object.assign(phone.wx, { getRandomValues })
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(text)
    expect(phone.calls).toEqual([])
    Object.assign(phone.wx, { getRandomValues: before })
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(MASKED)
  })

  it('rejects an answer that the pad does not open', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.open('my-data')
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: { data: { identity: string } } }
      answer.result.data.identity = Buffer.alloc(256, 7).toString('base64')
      return answer
    }
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.INVALID_RESPONSE)
  })

  it('says what to do when WeChat refuses the clipboard', async () => {
    const { phone } = await withData()
    phone.clipboard = undefined
    phone.tap('.copy')
    await phone.settle()
    expect(phone.text).toContain('没有复制成功')
    phone.clipboard = ''
    phone.tap('.copy')
    await phone.settle()
    expect(phone.text).not.toContain('没有复制成功')
  })

  it('shows why there is nothing, and loads it on the next tap', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.open('my-data')
    phone.goOffline()
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    phone.goOnline()
    phone.tap('.load')
    await phone.settle()
    expect(phone.text).toContain(MASKED)
  })

  it('is gone from the screen with the login', async () => {
    const testUser = await withData()
    const { phone } = testUser
    phone.tap('.toggle')
    phone.module<{ logout(): Promise<void> }>('auth/index.js').logout()
    await phone.settle()
    expect(phone.text).not.toContain(PHONE_NUMBER)
    expect(phone.text).not.toContain(testUser.openid)
  })
})
