import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { FOREIGN_STYLES, writeForeignApp } from './foreign-app.ts'
import { allow } from './login-steps.ts'
import { PhoneKit } from './phone-kit.ts'

const apps = ['', FOREIGN_STYLES].map(writeForeignApp)
const kits: PhoneKit[] = []
beforeAll(async () => {
  for (const { directory } of apps) kits.push(await PhoneKit.start(directory))
})
afterAll(async () => {
  for (const kit of kits) await kit.stop()
  for (const { remove } of apps) remove()
})
const kitOf = (index: 0 | 1) => kits[index] as PhoneKit

const tab = (phone: PhonePage, name: string) =>
  phone.page.locator('.tab-bar').getByText(name, { exact: true }).click()
const link = (phone: PhonePage, name: string) => phone.top.getByRole('link', { name, exact: true })

/** For each element inside of another: its box there, and each value of its style, also of what is before and after it. */
type Look = readonly (readonly string[])[]

function lookOf(what: Locator): Promise<Look> {
  return what.evaluate((root) => {
    const { left, top } = root.getBoundingClientRect()
    return [...root.querySelectorAll('*')].map((element) => {
      const box = element.getBoundingClientRect()
      const bounds = [box.left - left, box.top - top, box.width, box.height].map((length) =>
        length.toFixed(1),
      )
      const styles = [undefined, '::before', '::after'].flatMap((part) => {
        const style = element.ownerDocument.defaultView?.getComputedStyle(element, part)
        return [...(style ?? [])]
          .filter((name) => !name.startsWith('--'))
          .map((name) => `${part ?? ''} ${name}: ${style?.getPropertyValue(name)}`)
      })
      return [`${element.tagName} at ${bounds.join(' ')}`, ...styles]
    })
  })
}

/** How the login's components look on the app's page, and its pages, by name. */
async function looks(kit: PhoneKit): Promise<Record<string, Look>> {
  const phone = await kit.phone('oLooks')
  const taken: Record<string, Look> = {}
  const take = async (name: string, what = phone.top.locator('wx-page')) => {
    taken[name] = await lookOf(what)
  }
  await phone.text('登录后可下单').waitFor()
  await take('wall', phone.top.locator('.wall'))
  await take('notice', phone.top.locator('.warning'))
  await tab(phone, '我的')
  await phone.text('未登录').waitFor()
  await take('account, logged out')
  await phone.button('登录').click()
  await phone.text('暂不登录').waitFor()
  await take('login')
  await kit.finish()
  return taken
}

it('pages and components of the login look the same whatever the app’s sheet says', async () => {
  const [plain, foreign] = await Promise.all([looks(kitOf(0)), looks(kitOf(1))])
  const differences = Object.entries(plain).flatMap(([name, look]) =>
    look.flatMap((values, element) => {
      const others = new Set(foreign[name]?.[element])
      return values.filter((value) => !others.has(value)).map((value) => `${name}, ${values[0]}: ${value}`)
    }),
  )
  expect(Object.keys(plain)).toHaveLength(4)
  expect(differences).toEqual([])
})

it('the app’s own classes stay as the app has them', async () => {
  const phone = await kitOf(1).phone('oOwnStyles')
  const [width, background] = await phone.button('下单').evaluate((button) => {
    const { clientWidth = 0 } = button.parentElement ?? {}
    const style = button.ownerDocument.defaultView?.getComputedStyle(button)
    return [Math.round((Number.parseFloat(style?.width ?? '') / clientWidth) * 100), style?.backgroundColor]
  })
  expect([width, background]).toEqual([40, 'rgb(0, 255, 0)'])
  await kitOf(1).finish()
})

it('from pages in plain JavaScript: an action goes on after the login, and every tab follows it', async () => {
  const kit = kitOf(1)
  const phone = await kit.phone('oTabs')
  await phone.text('3 杯，0 单').waitFor()
  await phone.button('下单').click()
  await allow(phone)
  await phone.text('3 杯，1 单').waitFor()
  await phone.button('账号').click()
  await phone.text('旅行者').waitFor()
  expect(await phone.title()).toBe('我的')
  await tab(phone, '清单')
  await phone.text('你的清单').waitFor()
  await tab(phone, '我的')
  await phone.button('退出登录').click()
  await phone.wechatButton('退出').click()
  await phone.text('未登录').waitFor()
  await tab(phone, '清单')
  await phone.button('去登录').click()
  await phone.text('你的清单').waitFor()
  await tab(phone, '我的')
  await phone.text('旅行者').waitFor()
  await link(phone, '登录设备').click()
  await phone.text('当前设备').waitFor()
  await phone.back()
  await link(phone, '注销账号').click()
  await phone.top.getByRole('checkbox').click()
  await phone.button('注销账号').click()
  await phone.wechatButton('确定注销').click()
  await phone.wechatButton('知道了').click()
  await phone.text('3 杯，1 单').waitFor()
  await tab(phone, '我的')
  await phone.text('未登录').waitFor()
  await kit.finish()
})
