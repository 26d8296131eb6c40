import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ProjectKit } from '../testing/phone/project-kit.ts'

/** In the page: the project of these tests has no types of a browser. */
const fontSize = (element: unknown): string =>
  (globalThis as unknown as { getComputedStyle(element: unknown): { fontSize: string } }).getComputedStyle(
    element,
  ).fontSize

let habits: ProjectKit
beforeAll(async () => {
  habits = await ProjectKit.start('habits')
  await habits.seed('habits')
})
afterEach(() => habits.finish())
afterAll(() => habits.stop())

it('TypeScript with Sass, stores and computed data builds, and its pages open', async () => {
  expect(habits.kit.built.errors).toEqual([])
  const phone = await habits.phone('oVisitor')
  await phone.text('先定一个小目标').waitFor()
  expect(await phone.title()).toBe('好习惯')
  await habits.openEach(phone, [
    'pages/statistics/statistics',
    'pages/settings/settings',
    'pages/edit/edit',
    'pages/logs/logs',
    'pages/today/today',
  ])
  await phone.text('先定一个小目标').waitFor()
})

it('one makes a habit, does it today and sees it in the figures', async () => {
  const phone = await habits.phone('oDoer')
  await phone.button('新习惯').click()
  await phone.top.locator('input').first().fill('早起')
  await phone.text('种类：身体').click()
  await phone.page.locator('.overlay').getByText('头脑').click()
  await phone.wechatButton('确定').click()
  await phone.text('种类：头脑').waitFor()
  await phone.button('保存').click()
  await phone.text('今天完成 0 / 1').waitFor()
  await phone.button('打卡').click()
  await phone.button('已打卡').waitFor()
  // 32rpx of a Sass function, on a screen of 375 px.
  expect(await phone.text('早起').evaluate(fontSize)).toMatch(/^1[5-9]/)
  await phone.screen.getByText('统计', { exact: true }).last().click()
  await phone.text('一共打卡 1 次，今天 1 次').waitFor()
  expect(habits.documents('habits')).toMatchObject([
    { name: '早起', kind: 'mind', days: [expect.any(String)] },
  ])
})
