import type { FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPhone } from '../../phone/build.ts'
import { createPages } from '../../server/pages.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { page as pageFiles, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'
import { usePage } from '../../testing/use-page.ts'
import { buildConsole } from '../build.ts'

/** A square of one red pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)

const START = {
  wxml: '<input type="nickname" aria-label="昵称" />',
  js: 'Page({})',
}
const GOODS = {
  wxml: '<text>商品 {{ text }}</text>',
  js: `Page({
    onLoad(query) {
      const { scene, chatType, shareTicket } = wx.getEnterOptionsSync()
      this.setData({ text: JSON.stringify({ query, scene, chatType, hasTicket: Boolean(shareTicket) }) })
    },
  })`,
}

const tab = usePage()
let kit: FixtureCloud
let miniProgram: WrittenMiniProgram

beforeAll(async () => {
  miniProgram = new WrittenMiniProgram({
    'app.json': { pages: ['pages/start/start', 'pages/goods/goods'] },
    ...pageFiles('pages/start/start', START),
    ...pageFiles('pages/goods/goods', GOODS),
  })
  const [built, phone] = await Promise.all([buildConsole(), buildPhone(miniProgram.directory)])
  kit = await FixtureCloud.start({
    pages: createPages({ console: () => built, phone: () => phone }),
    figures: { logins: { function: 'probe', kinds: { 手机号: 'phoneCode' }, otherwise: '静默' } },
  })
}, 180_000)
afterAll(async () => {
  await kit.stop()
  miniProgram.remove()
})

const open = (section: string) => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
const row = (text: string) => tab.page.locator('main tr', { hasText: text })
const phoneOf = (openid: string): FrameLocator => tab.page.frameLocator(`iframe[title="${openid} 的手机"]`)
const screenOf = (openid: string) => phoneOf(openid).frameLocator('iframe.screen')
const account = async (openid: string) =>
  (await kit.control.get('users')).users.find((user) => user.openid === openid)

it('makes an account with number, nickname and picture, which every phone of it has', async () => {
  const { page } = tab
  await open('people')
  await row('oWechatUser-A').getByText('第一次使用时由微信分配').waitFor()
  await page.getByRole('button', { name: '＋ 新微信账号' }).click()
  const form = page.getByRole('form', { name: '新账号 oWechatUser-B' })
  await form.getByLabel('手机号').fill('none')
  await form.getByRole('button', { name: '保存账号' }).click()
  await form.getByRole('alert').waitFor()
  await form.getByLabel('手机号').fill('13800138000')
  await form.getByLabel('昵称').fill('小林')
  await form.getByLabel('头像').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PICTURE })
  await form.getByRole('img', { name: '头像' }).waitFor()
  await form.getByRole('button', { name: '保存账号' }).click()
  await row('小林').getByText('+86 13800138000').waitFor()
  expect(await account('oWechatUser-B')).toMatchObject({
    nickname: '小林',
    avatarUrl: expect.stringMatching(/^data:image\/jpeg/),
  })
  await row('小林').getByText('没有打开').waitFor()
  await row('小林').getByRole('button', { name: '再开一台手机' }).click()
  await row('小林').getByText('1 台打开').waitFor()
  await screenOf('oWechatUser-B').getByRole('textbox', { name: '昵称' }).click()
  await phoneOf('oWechatUser-B').getByRole('button', { name: '同意' }).click()
  await phoneOf('oWechatUser-B').getByRole('button', { name: '用微信昵称：小林' }).waitFor()
  tab.problems = tab.problems.filter((problem) => !problem.includes('status of 400'))
})

it('opens the phone of a new account that has the number of another, and marks both', async () => {
  await kit.control.put('users/oFirst', { phoneNumber: '+85291234567' })
  await open('people')
  await row('oFirst').getByRole('button', { name: '同号的新微信账号' }).click()
  await tab.page.locator('.phone figcaption', { hasText: 'oWechatUser-C' }).waitFor()
  await row('oWechatUser-C').getByText('+852 91234567').waitFor()
  expect(await tab.page.locator('main tr .badge', { hasText: '同号' }).count()).toBe(2)
})

it('deletes an account with its phones and what they have stored', async () => {
  await kit.control.put('users/oLeaving', {})
  await open('people')
  await row('oLeaving').getByRole('button', { name: '再开一台手机' }).click()
  await row('oLeaving').getByText('1 台打开').waitFor()
  const stored = () =>
    tab.page.evaluate(() => {
      const { localStorage } = globalThis as unknown as { localStorage: object }
      return Object.keys(localStorage).filter((key) => key.startsWith('phone/oLeaving/')).length
    })
  await phoneOf('oLeaving').locator('.panel summary').first().click()
  await phoneOf('oLeaving').getByLabel('断网').check()
  await expect.poll(stored).toBeGreaterThan(0)
  await row('oLeaving').getByRole('button', { name: '删除 oLeaving' }).click()
  await row('oLeaving').waitFor({ state: 'detached' })
  expect(await account('oLeaving')).toBeUndefined()
  expect(await tab.page.locator('.phone figcaption', { hasText: 'oLeaving' }).count()).toBe(0)
  expect(await stored()).toBe(0)
})

it('starts an open phone with page, query and the scene of a code, and lists the launch', async () => {
  const { page } = tab
  await open('people')
  await screenOf('oWechatUser-A').getByRole('textbox', { name: '昵称' }).waitFor()
  const form = page.locator('.launch-form')
  await expect
    .poll(() => form.getByLabel('手机').locator('option').first().textContent())
    .toBe('oWechatUser-A · a1')
  await form.getByLabel('启动页面').fill('pages/goods/goods')
  await form.getByRole('button', { name: '＋ 参数' }).click()
  await form.getByLabel('参数名').fill('from')
  await form.getByLabel('参数值').fill('大理')
  await form.getByLabel('场景').selectOption('1047 扫小程序码')
  await form.getByLabel('码里的 scene').fill('id=7')
  await form.getByRole('button', { name: '冷启动' }).click()
  const shown = { query: { from: '大理', scene: 'id%3D7' }, scene: 1047, hasTicket: false }
  await screenOf('oWechatUser-A')
    .getByText(`商品 ${JSON.stringify(shown)}`)
    .waitFor()
  await row('pages/goods/goods?from=大理&scene=id%3D7').getByText('最近的启动').waitFor()
  await form.getByLabel('参数值').fill('丽江')
  await form.getByLabel('场景').selectOption('1044 群聊的卡片，带 shareTicket')
  await form.getByRole('button', { name: '从后台打开' }).click()
  const card = { query: { from: '丽江' }, scene: 1044, chatType: 3, hasTicket: true }
  await screenOf('oWechatUser-A')
    .getByText(`商品 ${JSON.stringify(card)}`)
    .waitFor()
})

it('opens a code that a function has made, on a new phone of an account', async () => {
  kit.cloud.launchLinks.add('code', 'pages/goods/goods', 'scene=a%3D1')
  await kit.control.put('users/oScanning', {})
  await open('people')
  await tab.page.locator('.launch-form').getByLabel('手机').selectOption('oScanning · 新手机')
  await row('小程序码').getByRole('button', { name: '打开' }).click()
  const shown = { query: { scene: 'a%3D1' }, scene: 1047, hasTicket: false }
  await screenOf('oScanning')
    .getByText(`商品 ${JSON.stringify(shown)}`)
    .waitFor()
})

it('lists the subscription messages that functions have sent', async () => {
  const message = { openid: 'oAlice', templateId: 'T1', page: 'pages/a/a', fields: { thing1: '到货' } }
  kit.cloud.subscriptions.accept('oAlice', ['T1'])
  expect(kit.cloud.subscriptions.send(message)).toBe(true)
  await open('people')
  await row('thing1：到货').waitFor()
})

it('folds the panel of a phone under it, and opens it beside it by keyboard', async () => {
  await open('people')
  const phone = phoneOf('oWechatUser-A')
  const title = phone.locator('.panel summary').first()
  await title.waitFor()
  const boxes = async () => {
    const [glass, panel] = await Promise.all(
      [phone.locator('.glass'), title].map((part) => part.boundingBox()),
    )
    if (!glass || !panel) throw new Error('phone or panel is not shown')
    return { isBelow: panel.y >= glass.y + glass.height, isBeside: panel.x >= glass.x + glass.width, panel }
  }
  const folded = await boxes()
  expect(folded).toMatchObject({ isBelow: true, isBeside: false })
  expect(folded.panel.y + folded.panel.height).toBeLessThanOrEqual(1000)
  await title.press('Enter')
  await expect.poll(async () => (await boxes()).isBeside).toBe(true)
  await title.press('Enter')
  await expect.poll(async () => (await boxes()).isBelow).toBe(true)
})

it('shows logins by day, refusals and times as tables beside the charts', async () => {
  const { page } = tab
  await kit.invoke('probe', 'oAlice', { do: 'context', phoneCode: 'c' })
  await kit.invoke('probe', 'oAlice', { do: 'context' })
  await kit.invoke('missing', 'oAlice', {})
  await kit.phoneCode('oAlice')
  await open('figures')
  await row('-501000').getByText('missing').waitFor()
  await row('probe').first().getByText('2').first().waitFor()
  await page.getByText('¥0.03').first().waitFor()
  expect(await page.getByRole('img', { name: '每天的登录次数' }).locator('canvas').count()).toBe(1)
  await page.locator('summary', { hasText: '按天的数字' }).click()
  const header = page.getByRole('columnheader', { name: '登录：静默' })
  await header.waitFor()
  const today = page.locator('details tbody tr').first()
  expect((await today.locator('td').allTextContents()).slice(0, 3)).toEqual(['1', '1', '2'])
  await page.getByRole('button', { name: '清空统计' }).click()
  await page.getByText('这段时间没有调用').waitFor()
})
