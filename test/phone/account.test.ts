import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { projectPath } from '../../scripts/lib/project.ts'
import { allow, login, loginKnown, logout } from './login-steps.ts'
import { PhoneKit } from './phone-kit.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

const userOf = (person: string) => kit.cloud.users().find(({ openid }) => openid === person)
const link = (phone: PhonePage, name: string) => phone.top.getByRole('link', { name, exact: true })

async function twoPhones(openid: string): Promise<[PhonePage, PhonePage]> {
  const first = await kit.phone(openid, 'a')
  const second = await kit.phone(openid, 'b', 'Xiaomi 14')
  await first.page.bringToFront()
  await login(first)
  await second.page.bringToFront()
  await loginKnown(second)
  return [first, second]
}

it('two phones: one sees both, ends the other, and that one says so at its next tap', async () => {
  const [first, second] = await twoPhones('oTwoPhones')
  await link(second, '登录设备').click()
  await second.text('当前设备').waitFor()
  expect(await second.top.locator('[class$="--name"]').allTextContents()).toEqual(['Xiaomi 14', 'iPhone 15'])
  await second.button('退出 iPhone 15').click()
  await second.wechatButton('退出').click()
  await second.toast('该设备已退出').waitFor()
  await second.text('没有其他设备').waitFor()
  await first.page.bringToFront()
  await link(first, '我的行程').click()
  await first.top.getByRole('alert').getByText('已在其他设备退出').waitFor()
  expect(await first.title()).toBe('登录')
  await first.button('一键登录').click()
  await first.text('还没有保存过行程').waitFor()
})

it('two phones: 退出全部设备 ends both', async () => {
  const [first, second] = await twoPhones('oEverywhere')
  await link(second, '登录设备').click()
  await second.button('退出全部设备').click()
  await second.wechatButton('退出').click()
  await second.text('未登录').waitFor()
  expect(userOf('oEverywhere')).toMatchObject({ sessions: [] })
  await first.page.bringToFront()
  await first.panelButton('重新启动').click()
  await first.page.getByRole('dialog').getByText('已在其他设备退出').waitFor()
})

it('a nickname: saved and seen on the first page; refused where WeChat or its service finds fault', async () => {
  const phone = await kit.phone('oNamed')
  await login(phone)
  const field = phone.top.getByRole('textbox', { name: '昵称' })
  await field.fill('小明')
  await phone.button('保存').click()
  await phone.toast('昵称已保存').waitFor()
  // WeChat's own check, on the phone, takes the text out; that alone clears nothing.
  await field.fill('违规')
  await phone.button('保存').click()
  await phone.wechatButton('取消').click()
  await field.fill('疑似')
  await phone.button('保存').click()
  await phone.top.getByRole('alert').getByText('内容可能不合适').waitFor()
  expect(userOf('oNamed')).toMatchObject({ nickname: '小明' })
  await phone.panelButton('重新启动').click()
  await phone.button('小明').waitFor()
})

it('an avatar: WeChat’s own, kept in the cloud storage, and removed again', async () => {
  const phone = await kit.phone('oPictured')
  await login(phone)
  const picture = phone.top.getByRole('img', { name: '头像' }).locator('img')
  await phone.top.getByRole('button', { name: '更换头像' }).click()
  await phone.wechatButton('用微信头像').click()
  await phone.toast('头像已更新').waitFor()
  await expect.poll(() => picture.evaluate((img) => img.naturalWidth)).toBe(132)
  const path = String(userOf('oPictured')?.['avatar']).split('/').slice(3).join('/')
  expect(kit.cloud.cloud.files.find(path)).toBeDefined()
  await phone.panelButton('重新启动').click()
  await phone.button('旅行者').click()
  await expect.poll(() => picture.evaluate((img) => img.naturalWidth)).toBe(132)
  await phone.button('移除头像').click()
  await phone.wechatButton('移除').click()
  await phone.toast('头像已移除').waitFor()
  expect(kit.cloud.cloud.files.find(path)).toBeUndefined()
})

it('another number, by WeChat’s own sheet', async () => {
  const phone = await kit.phone('oMover')
  await login(phone)
  await phone.button('更换手机号').click()
  await phone.wechatButton('拒绝').click()
  await phone.top.getByRole('alert').getByText('你没有授权手机号').waitFor()
  await phone.button('更换手机号').click()
  await phone.wechatButton('允许').click()
  await phone.toast('手机号已更新').waitFor()
  expect(await kit.cloud.acts('oMover')).toContain('phone.change')
})

it('my data: the whole number after a tap, and a copy of everything', async () => {
  const phone = await kit.phone('oCurious')
  await login(phone)
  await link(phone, '我的数据').click()
  await phone.button('查看我的数据').click()
  await phone.text(/^120\*{4}\d{4}$/).waitFor()
  await phone.button('显示完整号码').click()
  await phone.text(/^\+86120\d{8}$/).waitFor()
  await phone.button('复制全部').click()
  await phone.toast('已复制').waitFor()
})

it('closing, and registering again: nothing is left, and the person is new', async () => {
  const phone = await kit.phone('oLeaver')
  await phone.screen.getByRole('textbox', { name: '目的地' }).fill('大理')
  await phone.button('收藏并保存行程').click()
  await allow(phone)
  await phone.toast('行程已保存').waitFor()
  await phone.button('旅行者').click()
  await link(phone, '注销账号').click()
  await phone.top.getByRole('checkbox', { name: '我已了解以上后果' }).click()
  await phone.button('注销账号').click()
  await phone.wechatButton('确定注销').click()
  await phone.page.getByRole('dialog').getByText('账号已注销').waitFor()
  await phone.wechatButton('知道了').click()
  await phone.text('想去哪里').waitFor()
  expect(userOf('oLeaver')).toBeUndefined()
  expect(kit.cloud.documents('trips')).toEqual([])
  await login(phone)
  expect(userOf('oLeaver')).toMatchObject({ loginCount: 1, status: 'active' })
  await link(phone, '我的行程').click()
  await phone.text('还没有保存过行程').waitFor()
  await phone.back()
  await logout(phone)
})
