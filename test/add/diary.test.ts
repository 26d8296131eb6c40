import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { AppKit } from './app-kit.ts'

let app: AppKit
beforeAll(async () => {
  app = await AppKit.start('diary')
  await app.makeCollections(['users', 'entries'], 'PRIVATE')
  await app.makeCollections(['streaks'], 'ADMINONLY')
})
afterEach(() => app.finish())
afterAll(() => app.stop())

it('an app with `users` of its own, written by its pages, gets the login beside it', async () => {
  const before = await app.phone('oWriter')
  await before.text('你好，今天心情怎么样？').waitFor()
  await before.button('写日记').click()
  const look = await app.look(before, '.button')
  await before.top.locator('textarea').fill('雨')
  await before.button('保存').click()
  await before.text('雨').waitFor()
  const users = app.cloud.documents('users')
  expect(users).toMatchObject([{ _openid: 'oWriter', nickName: '小日记' }])

  await app.addLogin(['--guard', 'streak'], RENAMED)
  await app.useLogin()

  const phone = await app.phone('oWriter')
  await phone.text('小日记，今天心情怎么样？').waitFor()
  await phone.button('写日记').click()
  expect(await app.look(phone, '.button')).toEqual(look)
  await phone.top.locator('textarea').fill('晴')
  await phone.button('保存').click()
  await app.logIn(phone)
  await phone.text('已连续写了 2 天').waitFor()
  await phone.back()
  await phone.text('晴').waitFor()
  await phone.text('我的账号').click()
  await phone.text(/^120\*{4}\d{4}$/).waitFor()

  expect(app.cloud.documents('users')).toEqual(users)
  const [user] = app.cloud.documents('auth_users')
  expect(app.cloud.documents('streaks')).toMatchObject([{ _id: user?.['_id'], days: 2 }])
})

/** What `npm run add` names a collection whose name the app has taken. */
const RENAMED = { users: 'auth_users' }
