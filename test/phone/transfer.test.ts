import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { projectPath } from '../../scripts/lib/project.ts'
import { allow, openLogin } from './login-steps.ts'
import { PhoneKit } from './phone-kit.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

/** From the home page: saves a trip, with a first login on the way. */
async function saveTrip(phone: PhonePage, city: string): Promise<void> {
  await phone.page.bringToFront()
  await phone.screen.getByRole('textbox', { name: '目的地' }).fill(city)
  await phone.button('收藏并保存行程').click()
  await allow(phone)
  await phone.toast('行程已保存').waitFor()
}

/** From the home page. */
async function openTrips(phone: PhonePage): Promise<void> {
  await phone.button('旅行者').click()
  await phone.top.getByRole('link', { name: '我的行程' }).click()
}

/** In the tester's panel: the account gets the number of another one. */
async function takeNumber(phone: PhonePage, openid: string): Promise<void> {
  const accounts = phone.setting('与另一个账号同号')
  const other = accounts.locator('option', { hasText: `${openid} ·` })
  await other.waitFor({ state: 'attached' })
  const number = (await other.getAttribute('value')) ?? ''
  await accounts.selectOption(number)
  await phone.page.locator('.panel output').getByText(number).waitFor()
}

/**
 * Two WeChat accounts with one number, by a choice in the tester's panel. The new one reads that after its login, and
 * asks; the old one is asked at its next launch, and opens the question.
 */
async function twoAccounts(name: string): Promise<{ former: PhonePage; latter: PhonePage }> {
  const former = await kit.phone(`oFormer${name}`)
  await saveTrip(former, '大理')
  const latter = await kit.phone(`oLatter${name}`, 'b', 'Xiaomi 14')
  await latter.page.bringToFront()
  await takeNumber(latter, `oFormer${name}`)
  await saveTrip(latter, '丽江')
  await latter.page.getByRole('dialog').getByText('这个手机号还登录过另一个微信号').waitFor()
  await latter.wechatButton('找回').click()
  await latter.button('申请找回').click()
  await latter.text('已申请找回').waitFor()
  await former.page.bringToFront()
  await former.panelButton('重新启动').click()
  await former.page.getByRole('dialog').getByText('是你本人吗').waitFor()
  await former.wechatButton('去处理').click()
  await former.text('不答复也不会转走').waitFor()
  return { former, latter }
}

it('two WeChat accounts, one number: the old one says yes, and its trips are with the new one', async () => {
  const { former, latter } = await twoAccounts('Yes')
  await former.button('是，转过去').click()
  await former.wechatButton('转过去').click()
  await former.page.getByRole('dialog').getByText('内容已转到你的另一个微信号').waitFor()
  await former.wechatButton('知道了').click()
  await former.text('想去哪里').waitFor()
  await latter.page.bringToFront()
  await latter.panelButton('下拉刷新').click()
  await latter.text('已找回').waitFor()
  await latter.back()
  await openTrips(latter)
  await latter.text('大理').waitFor()
  await latter.text('丽江').waitFor()
  await former.page.bringToFront()
  await openLogin(former)
  await allow(former)
  // It is a new account of that number, which the other one has.
  await former.wechatButton('暂不').click()
  await former.top.getByRole('link', { name: '我的行程' }).click()
  await former.text('还没有保存过行程').waitFor()
})

it('two WeChat accounts, one number: the old one says no, and both keep what they have', async () => {
  const { former, latter } = await twoAccounts('No')
  await former.button('不是我').click()
  await former.wechatButton('拒绝').click()
  await former.toast('已拒绝').waitFor()
  await former.back()
  await openTrips(former)
  await former.text('大理').waitFor()
  await latter.page.bringToFront()
  await latter.panelButton('下拉刷新').click()
  await latter.text('那个账号没有同意').waitFor()
  expect(await latter.button('申请找回').count()).toBe(0)
  await latter.back()
  await openTrips(latter)
  await latter.text('丽江').waitFor()
  expect(await latter.text('大理').count()).toBe(0)
})
