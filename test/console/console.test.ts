import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildConsole } from 'wechat-cloud-emulator/console'
import { buildPhone } from 'wechat-cloud-emulator/phone'
import { createPages } from 'wechat-cloud-emulator/server'
import { usePage } from 'wechat-cloud-emulator/testing/page'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit } from '../support/cloud-kit.ts'

const tab = usePage()
let kit: CloudKit

beforeAll(async () => {
  const [console, phone] = await Promise.all([buildConsole(), buildPhone(projectPath('miniprogram'))])
  const pages = createPages({ console: () => console, phone: () => phone, userTable: 'users' })
  kit = await CloudKit.start({ pages })
}, 180_000)
afterAll(() => kit.stop())
afterEach(() => kit.cloud.faults.clear())

const open = (section: string) => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
const row = (text: string) => tab.page.locator('main tr, main li', { hasText: text })

describe('the console', () => {
  it('shows a user as soon as they have logged in, with a masked number', async () => {
    await open('users')
    await tab.page.getByText('还没有用户').waitFor()
    await kit.loginWithCode('oSeen', '13800138000')
    await row('138****8000').getByText('正常').waitFor()
    expect(await tab.page.content()).not.toContain('13800138000')
    for (const width of [1440, 1024]) {
      await tab.page.setViewportSize({ width, height: 900 })
      const link = await row('138****8000').getByRole('link', { name: '全部数据' }).boundingBox()
      expect((link?.x ?? width) + (link?.width ?? 0), `at ${width} px`).toBeLessThanOrEqual(width)
    }
  })

  it('shows a call with its input, answer, round trips and logs, and no token', async () => {
    const { token } = await kit.loginWithCode('oCaller')
    await kit.checkToken('oCaller', { token: 'tampered' })
    await open('calls')
    const call = row('checkToken').first()
    await call.getByText('403 TOKEN_MALFORMED').waitFor()
    await call.getByRole('link').first().click()
    const detail = tab.page.getByRole('article', { name: 'checkToken 的调用' })
    await detail.getByText('"reason": "TOKEN_MALFORMED"', { exact: false }).first().waitFor()
    await detail.getByRole('tab', { name: '原始记录' }).click()
    await detail.getByText('"reason": "TOKEN_MALFORMED"', { exact: false }).first().waitFor()
    expect(await tab.page.content()).not.toContain(token)
  })

  it('shows markup in a nickname as text', async () => {
    const { userInfo } = await kit.loginWithCode('oAttacker')
    const nickname = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    const [user] = kit.users().filter((candidate) => candidate['_id'] === userInfo.id)
    kit.cloud.database.putDocument('users', { ...user, nickname })
    for (const section of ['users', `database/users/${userInfo.id}`]) {
      await open(section)
      await tab.page.reload()
      await tab.page.getByText('<img src=x').first().waitFor({ state: 'attached' })
    }
    expect(await tab.page.title()).toContain('本机云开发')
    expect(await tab.page.locator('main img, main script').count()).toBe(0)
  })

  it('injects a fault into the next login, and removes it', async () => {
    await kit.loginWithCode('oUnlucky')
    await open('faults')
    await row('数据库不可用').getByRole('button', { name: '一直' }).click()
    await tab.page.getByRole('status').getByText('SYS_ERR').waitFor()
    expect(await kit.login('oUnlucky', {})).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' })
    await tab.page.getByRole('button', { name: '全部关闭' }).click()
    await tab.page.getByText('没有故障').waitFor()
    expect(await kit.login('oUnlucky', {})).toMatchObject({ code: 200 })
  })

  it('warns of a permission of users that lets clients write', async () => {
    kit.cloud.database.setPermission('users', 'PRIVATE')
    await open('users')
    await tab.page.getByRole('alert').getByText('仅管理员可读写').waitFor()
    kit.cloud.database.setPermission('users', 'ADMINONLY')
  })
})

describe('phones beside the console', () => {
  it('a login on the phone appears in the console without a reload', async () => {
    await open('users')
    const phone = tab.page.frameLocator('.phone iframe').first()
    const screen = phone.frameLocator('iframe.screen')
    const top = screen.locator('.wx-page-layer:not([inert])')
    await top.getByRole('button', { name: '登录', exact: true }).click()
    await top.getByRole('button', { name: '同意并登录', exact: true }).click()
    await phone.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
    await expect
      .poll(() => kit.users().some((user) => user['openid'] === 'oWechatUser-A'), { timeout: 10_000 })
      .toBe(true)
    await open('people')
    await row('oWechatUser-A').waitFor()
    await tab.page.getByRole('button', { name: '另一台设备' }).click()
    expect(await tab.page.locator('.phone iframe').count()).toBe(2)
  })
})
