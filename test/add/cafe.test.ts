import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { AppKit } from './app-kit.ts'

const OWN = ['.button', '.card', '.row']

let app: AppKit
beforeAll(async () => {
  app = await AppKit.start('cafe')
})
afterEach(() => app.finish())
afterAll(() => app.stop())

it('a JavaScript app with tabs and Vant gets the login, and looks as before', async () => {
  await app.makeCollections(['orders'], 'ADMINONLY')
  const before = await app.phone('oBefore')
  await before.text('拿铁').waitFor()
  const looks = await Promise.all(OWN.map((selector) => app.look(before, selector)))
  await before.button('下单').click()
  await before.text('已下单，取餐号 100').waitFor()

  await app.addLogin(['--guard', 'order'])
  await app.useLogin()

  const phone = await app.phone('oGuest')
  await phone.text('拿铁').waitFor()
  expect(await Promise.all(OWN.map((selector) => app.look(phone, selector)))).toEqual(looks)
  await phone.button('下单').click()
  await app.logIn(phone)
  // The order that waited for the login is placed.
  await phone.text('已下单，取餐号 101').waitFor()
  const [user] = app.cloud.documents('users')
  expect(app.cloud.documents('orders')[1]).toMatchObject({ userId: user?.['_id'], number: 101 })
  await phone.page.getByText('我的', { exact: true }).click()
  await phone.button('我的账号').click()
  await phone.text(/^120\*{4}\d{4}$/).waitFor()
  await phone.text('微信用户').waitFor()
})

it('a call without a login is refused by the guarded function', async () => {
  const { result } = await app.cloud.invoke('order', 'oGuest', { action: 'place', cart: {} })
  expect(result).toMatchObject({ code: 401, reason: 'TOKEN_MISSING' })
})
