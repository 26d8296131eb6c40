import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { PhoneKit } from './phone-kit.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

it('another language of WeChat starts the mini-program again in it, and stays over a reload', async () => {
  const phone = await kit.phone('oEnglish')
  await phone.text('想去哪里').waitFor()
  await phone.setting('微信的语言').selectOption('English')
  await phone.text('Where to?').waitFor()
  await phone.page.reload()
  await phone.text('Where to?').waitFor()
  expect(await phone.title()).toBe('AI Travel Assistant')
  await phone.top.getByRole('link', { name: 'My trips' }).click()
  await phone.button('Agree and log in').click()
  await phone.wechatButton('允许').click()
  await expect.poll(() => phone.title()).toBe('My trips')
  await phone.setting('微信的语言').selectOption('繁體中文（香港）')
  await phone.text('想去哪里').waitFor()
})
