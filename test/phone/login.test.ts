import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { projectPath } from '../../scripts/lib/project.ts'
import { allow, login, loginKnown, logout, openLogin, tapAll } from './login-steps.ts'
import { PhoneKit } from './phone-kit.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

const userOf = (person: string) => kit.cloud.users().find(({ openid }) => openid === person)
const sessionsOf = (person: string) => (userOf(person)?.['sessions'] ?? []) as { device: object }[]

/** As an admin does in the console. */
async function changeUser(openid: string, change: object): Promise<void> {
  const path = 'collections/users/documents'
  const filter = encodeURIComponent(JSON.stringify({ openid }))
  const { documents } = await kit.cloud.control.get(`${path}?filter=${filter}`)
  await kit.cloud.control.put(path, { document: { ...documents[0], ...change } })
}

const functionsCalled = async () => {
  const { calls } = await kit.cloud.control.get('calls?limit=1000')
  return calls.map(({ functionName }) => functionName)
}

describe('from the first page to being in', () => {
  const HOME = 'AI 旅行助手'

  /** Taps these, and nothing else; then the first page shows the name of the person. @returns the calls meanwhile */
  async function isInAfter(phone: PhonePage, labels: readonly string[], titles: readonly string[]) {
    await phone.button('登录').waitFor()
    await kit.cloud.control.delete('calls')
    const start = performance.now()
    expect(await tapAll(phone, labels)).toEqual(titles)
    await phone.button('旅行者').waitFor()
    const seconds = (performance.now() - start) / 1000
    expect(await phone.title()).toBe(HOME)
    const called = await functionsCalled()
    console.log(
      `${labels.join(', ')}: ${labels.length} taps, ${called.length} calls, ${seconds.toFixed(1)} s`,
    )
    return called
  }

  it('somebody new taps three times, and waits for two calls', async () => {
    const phone = await kit.phone('oNew')
    const called = await isInAfter(phone, ['登录', '同意并登录', '允许'], [HOME, '登录', '登录'])
    expect(called).toEqual(['login', 'login'])
    expect(userOf('oNew')).toMatchObject({ consent: { version: '2026-11-28' }, loginCount: 1 })
  })

  it('somebody known taps once and waits for one call, on another phone or after a logout', async () => {
    await login(await kit.phone('oKnown'))
    const other = await kit.phone('oKnown', 'b', 'Xiaomi 14')
    await other.page.bringToFront()
    expect(await isInAfter(other, ['登录'], [HOME])).toEqual(['login'])
    await other.button('旅行者').click()
    await logout(other)
    await expect.poll(() => sessionsOf('oKnown')).toHaveLength(1)
    await other.back()
    expect(await isInAfter(other, ['登录'], [HOME])).toEqual(['login'])
  })

  it('somebody known whose agreement has changed agrees, and gives no number again', async () => {
    await login(await kit.phone('oStale'))
    await changeUser('oStale', { consent: { version: '2020-01-01', at: { $date: 0 } } })
    const other = await kit.phone('oStale', 'b', 'Xiaomi 14')
    await other.page.bringToFront()
    expect(await isInAfter(other, ['登录', '同意并登录'], [HOME, '登录'])).toEqual(['login', 'login'])
    expect(userOf('oStale')).toMatchObject({ consent: { version: '2026-11-28' } })
  })
})

it('a first login: consent, the phone sheet, and back where the user was, in', async () => {
  const phone = await kit.phone('oFirst')
  await openLogin(phone)
  expect(await phone.title()).toBe('登录')
  await phone.button('同意并登录').click()
  const sheet = phone.page.getByRole('dialog')
  const [number = ''] = /120\*{4}\d{4}/.exec((await sheet.textContent()) ?? '') ?? []
  await phone.wechatButton('允许').click()
  await phone.toast('登录成功').waitFor()
  await phone.button('旅行者').waitFor()
  expect(await phone.title()).toBe('AI 旅行助手')
  await phone.button('旅行者').click()
  await phone.text(number).waitFor()
  expect(userOf('oFirst')).toMatchObject({ phoneMasked: number, status: 'active' })
  expect(sessionsOf('oFirst')).toMatchObject([{ device: { model: 'iPhone 15', platform: 'ios' } }])
})

it('a denied number leaves the user on the page, with the reason, free to try again', async () => {
  const phone = await kit.phone('oDenier')
  await openLogin(phone)
  await phone.button('同意并登录').click()
  await phone.wechatButton('拒绝').click()
  const reason = phone.top.getByRole('alert').getByText('你没有授权手机号')
  await reason.waitFor()
  expect(userOf('oDenier')).toBeUndefined()
  // It is right below the button that was tapped, which has not moved.
  const [tapped, shown] = [await phone.button('同意并登录').boundingBox(), await reason.boundingBox()]
  const gap = (shown?.y ?? 0) - (tapped?.y ?? 0) - (tapped?.height ?? 0)
  expect(gap).toBeGreaterThan(0)
  expect(gap).toBeLessThan(tapped?.height ?? 0)
  await phone.button('暂不登录').click()
  await phone.text('想去哪里').waitFor()
  await openLogin(phone)
  await allow(phone)
  await phone.button('旅行者').waitFor()
})

it.each([
  ['次数用完（1400001）', '手机号验证次数已用完'],
  ['没有权限（102）', '没有获取手机号的权限'],
  ['未声明隐私（112）', '《用户隐私保护指引》中声明手机号'],
  ['隐私接口被封（1025）', '手机号功能已被微信停用'],
  ['总是拒绝', '你没有授权手机号'],
])('the phone button under %s', async (mode, message) => {
  const phone = await kit.phone('oUnlucky')
  await openLogin(phone)
  await phone.setting('手机号授权').selectOption(mode)
  await phone.button('同意并登录').click()
  await phone.top.getByRole('alert').getByText(message).waitFor()
  await phone.setting('手机号授权').selectOption('每次询问')
})

it('an old base library gives no code', async () => {
  const phone = await kit.phone('oOldPhone')
  await phone.text('想去哪里').waitFor()
  await phone.setting('旧基础库').check()
  await openLogin(phone)
  await phone.button('同意并登录').click()
  await phone.wechatButton('允许').click()
  await phone.top.getByRole('alert').getByText('当前微信版本过低').waitFor()
})

it('a login that has run out is renewed silently', async () => {
  const phone = await kit.phone('oExpired')
  await login(phone)
  await phone.panelButton('+31 天').click()
  await phone.page.getByText('比本机快 31 天').waitFor()
  await kit.cloud.control.delete('calls')
  await phone.panelButton('重新启动').click()
  // No word of it: the button to the account shows the name as before.
  await phone.button('旅行者').waitFor()
  await expect.poll(functionsCalled).toEqual(['login'])
})

it('offline: the user is told, and the same tap works when the network is back', async () => {
  const phone = await kit.phone('oOffline')
  await openLogin(phone)
  await phone.setting('手机号授权').selectOption('总是允许')
  await phone.button('同意并登录').waitFor()
  await phone.setting('断网').check()
  await phone.button('同意并登录').click()
  await phone.top.getByRole('alert').waitFor()
  await phone.setting('断网').uncheck()
  await phone.button('同意并登录').click()
  await phone.text('旅行者').waitFor()
})

it('the guard: saving a trip leads through the login and saves it after', async () => {
  const phone = await kit.phone('oPlanner')
  await phone.screen.getByRole('textbox', { name: '目的地' }).fill('大理')
  await phone.button('增加一天').click()
  await phone.button('收藏并保存行程').click()
  await allow(phone)
  await phone.toast('行程已保存').waitFor()
  expect(await phone.title()).toBe('AI 旅行助手')
  await phone.top.getByRole('link', { name: '我的行程' }).click()
  await phone.text('4 天').waitFor()
  await phone.text('大理').waitFor()
  expect(await phone.title()).toBe('我的行程')
  expect(kit.cloud.cloud.database.documents('trips')).toMatchObject([{ city: '大理', days: 4 }])
})

it('logout, and back with one tap and no phone sheet', async () => {
  const phone = await kit.phone('oReturning')
  await login(phone)
  await logout(phone)
  await expect.poll(() => sessionsOf('oReturning'), { timeout: 10_000 }).toEqual([])
  await phone.button('登录').click()
  await phone.text(/^120\*{4}\d{4}$/).waitFor()
  expect(await phone.title()).toBe('我的')
})

it('a logout without a network, after which the app is closed, ends the session when the network is back', async () => {
  const phone = await kit.phone('oLeaves')
  await login(phone)
  await phone.setting('断网').check()
  await logout(phone)
  await phone.page.reload()
  await phone.button('登录').waitFor()
  expect(sessionsOf('oLeaves')).toHaveLength(1)
  await phone.setting('断网').uncheck()
  await expect.poll(() => sessionsOf('oLeaves'), { timeout: 10_000 }).toEqual([])
})

it('two devices of one person: each has its session, and logging out on one leaves the other', async () => {
  const [first, second] = [
    await kit.phone('oTwoPhones', 'a'),
    await kit.phone('oTwoPhones', 'b', 'Xiaomi 14'),
  ]
  await first.page.bringToFront()
  await login(first)
  await second.page.bringToFront()
  // The person is known: no number is asked for again.
  await loginKnown(second)
  const [, session] = sessionsOf('oTwoPhones')
  await first.page.bringToFront()
  await logout(first)
  await expect.poll(() => sessionsOf('oTwoPhones')).toEqual([session])
  await second.page.bringToFront()
  await second.panelButton('重新启动').click()
  await second.button('旅行者').waitFor()
  await first.page.bringToFront()
  await first.panelButton('重新启动').click()
  await first.button('登录').waitFor()
})

it('a session ended from elsewhere ends on the phone, with the reason', async () => {
  const phone = await kit.phone('oRevoked')
  await login(phone)
  await changeUser('oRevoked', { sessions: [] })
  await phone.panelButton('重新启动').click()
  await phone.page.getByRole('dialog').getByText('已在其他设备退出登录').waitFor()
  await phone.page.keyboard.press('Tab')
  await phone.page.keyboard.press('Enter')
  await phone.button('登录').waitFor()
})

it('closing the browser and coming back: still logged in', async () => {
  await login(await kit.phone('oStaying'))
  await kit.reopenBrowser()
  const phone = await kit.phone('oStaying')
  await phone.button('旅行者').waitFor()
  // Another device of the same browser knows nothing of it.
  await (await kit.phone('oStaying', '2')).button('登录').waitFor()
})

it('works by keyboard alone', async () => {
  const phone = await kit.phone('oKeyboard')
  await phone.button('登录').focus()
  await phone.page.keyboard.press('Enter')
  await phone.button('同意并登录').focus()
  await phone.page.keyboard.press('Enter')
  await phone.wechatButton('允许').waitFor()
  await phone.page.keyboard.press('Tab')
  await phone.page.keyboard.press('Tab')
  await phone.page.keyboard.press('Enter')
  await phone.text('旅行者').waitFor()
})
