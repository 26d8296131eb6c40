import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { AppKit } from './app-kit.ts'
import { typeErrors } from './type-errors.ts'

let app: AppKit
beforeAll(async () => {
  app = await AppKit.start('museum')
})
afterEach(() => app.finish())
afterAll(() => app.stop())

it('a TypeScript app with subpackages and a tab bar of its own gets the login, and looks as before', async () => {
  await app.makeCollections(['collected'], 'ADMINONLY')
  const before = await app.phone('oBefore')
  await before.text('青铜鼎').waitFor()
  const looks = [await app.look(before, '.hall'), await app.look(before, '.muted')]
  await before.text('青铜鼎').click()
  await before.button('收藏').waitFor()
  const button = await app.look(before, '.button')

  await app.addLogin(['--theme', '#8a6500', '--guard', 'collect'])
  await app.useLogin()

  const phone = await app.phone('oVisitor')
  await phone.text('青铜鼎').waitFor()
  expect([await app.look(phone, '.hall'), await app.look(phone, '.muted')]).toEqual(looks)
  await phone.text('青铜鼎').click()
  await phone.button('收藏').waitFor()
  expect(await app.look(phone, '.button')).toEqual(button)
  await phone.button('收藏').click()
  await app.logIn(phone)
  await phone.text('已收藏 1 件').waitFor()
  await phone.back()
  await phone.text('参观').click()
  await phone.text('我的账号').click()
  await phone.text(/^120\*{4}\d{4}$/).waitFor()
})

it('a user who is logged in reserves at once', async () => {
  const phone = await app.phone('oVisitor')
  await phone.text('参观').click()
  await phone.button('预约参观').click()
  await phone.text('已预约，请带身份证').waitFor()
})

it('the app with the login passes the checks of the compiler that the app asks for', () => {
  expect(typeErrors(app.folder)).toBe('')
})
