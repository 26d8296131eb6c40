import { describe, expect, it } from 'vitest'
import { CITY, MASKED, PHONE_NUMBER, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

const DENIED = { errMsg: 'getPhoneNumber:fail user deny', errno: 103 }

describe('首次授权登录', () => {
  it('returns a new user to where they were, with the trip saved', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    expect(phone.calls).toEqual([])
    await testUser.save()
    expect(phone.route).toBe('login')
    for (const text of ['智能规划，精彩旅程', '收藏目的地', '查看历史记录', '个性化推荐', '暂不登录']) {
      expect(phone.text).toContain(text)
    }
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(phone.toasts).toContain('行程已保存')
    expect(testUser.tripDocuments).toMatchObject([{ city: CITY, days: 3 }])
    expect(testUser.userDocument).toMatchObject({ phoneMasked: MASKED })
    phone.tap('.account')
    await phone.settle()
    expect(phone.text).toContain(MASKED)
  })

  it('sends which agreement was agreed to and on which device', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    expect(testUser.userDocument).toMatchObject({
      consent: { version: '2026-11-28' },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
    })
  })

  it('leads home when the login page was opened by itself', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await phone.launch('account/pages/login/login')
    // The first tap asks whether there is an account already, which costs nothing.
    phone.tap('.one-tap')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(phone.text).not.toContain('登录后')
  })
})

describe('consent', () => {
  it('is given by the button that says so, beside the two documents, and by nothing beforehand', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    expect(phone.text).toContain('点击“同意并登录”，即表示已阅读并同意《用户协议》和《隐私政策》')
    expect(phone.attribute('.main-button', 'label')).toBe('同意并登录')
    expect(phone.callsOf('login').filter(({ data }) => 'consent' in data)).toEqual([])
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(testUser.userDocument).toMatchObject({ consent: { version: '2026-11-28' } })
  })

  it('lets the user read both documents before', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    for (const [link, heading] of [
      ['.link-agreement', '一、我们是谁'],
      ['.link-privacy', '一、谁处理你的信息'],
    ]) {
      phone.tap(`.consent >>> ${link}`)
      await phone.settle()
      expect(phone.text).toContain(heading)
      phone.back()
      expect(phone.route).toBe('login')
    }
    await testUser.allow()
    expect(testUser.tripDocuments).toHaveLength(1)
  })
})

describe('拒绝授权', () => {
  it('is shown, blocks nothing, and lets the user try again', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    phone.tapPhoneButton(DENIED)
    await phone.settle()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('你没有授权手机号')
    expect(phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)).toEqual([])
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(1)
  })

  it('leaving by the back arrow drops the waiting action as well', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    phone.back()
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('trips')
    expect(testUser.tripDocuments).toEqual([])
  })

  it('暂不登录 leads back to browsing and drops the waiting action', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    phone.tap('.later')
    await phone.settle()
    expect(phone.route).toBe('index')
    phone.tap('.account')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toEqual([])
  })
})

describe('the phone button', () => {
  it('is disabled from the tap to the answer: a second tap is billed', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    expect(phone.tap(phone.phoneButton)).toBe(true)
    expect(phone.tap(phone.phoneButton)).toBe(false)
    phone.answerPhoneButton(DENIED)
    expect(phone.tap(phone.phoneButton)).toBe(true)
    phone.answerPhoneButton(await testUser.allowed())
    expect(phone.tap(phone.phoneButton)).toBe(false)
    await phone.settle()
    expect(phone.route).toBe('index')
  })

  it('does not log in twice for a double tap', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    const [first, second] = [await testUser.allowed(), await testUser.allowed()]
    phone.tapPhoneButton(first)
    phone.answerPhoneButton(second)
    await phone.settle()
    expect(phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)).toHaveLength(1)
    expect(testUser.tripDocuments).toHaveLength(1)
  })

  it('works again if WeChat never answers', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    phone.clock.isHurried = true
    phone.tap(phone.phoneButton)
    await phone.settle()
    expect(phone.tap(phone.phoneButton)).toBe(true)
  })

  it('asks for the number and for WeChat’s privacy agreement, in real time if configured', async () => {
    const quick = await newTestUser()
    await quick.save()
    expect(quick.phone.attribute(quick.phone.phoneButton, 'openType')).toBe(
      'getPhoneNumber|agreePrivacyAuthorization',
    )
    const realtime = await newTestUser({ realtimePhone: true })
    await realtime.save()
    expect(realtime.phone.attribute(realtime.phone.phoneButton, 'openType')).toBe(
      'getRealtimePhoneNumber|agreePrivacyAuthorization',
    )
    realtime.phone.tapPhoneButton(await realtime.allowed(), 'getrealtimephonenumber')
    await realtime.phone.settle()
    expect(realtime.phone.route).toBe('index')
  })
})

it('keeps the whole number nowhere on the phone', async () => {
  const testUser = await newTestUser()
  await testUser.logIn()
  expect(JSON.stringify([...testUser.phone.storage])).not.toContain(PHONE_NUMBER)
})
