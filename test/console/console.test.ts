import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildConsole } from '../../emulator/console/build.ts'
import { createPages } from '../../emulator/pages.ts'
import { buildPhone } from '../../emulator/phone/build.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { projectPath } from '../../scripts/project.ts'
import { ClientFiles } from '../client-files.ts'
import { CloudKit } from '../cloud-kit.ts'

/** Two pixels wide, one high. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAC0lEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
)

let kit: CloudKit
let browser: Browser
let page: Page
let problems: string[]
let sourceErrors: string[] = []

beforeAll(async () => {
  const [console, phone] = await Promise.all([buildConsole(), buildPhone(projectPath('miniprogram'))])
  const pages = createPages({ console: () => console, phone: () => phone, errors: () => sourceErrors })
  kit = await CloudKit.start({ pages })
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
}, 180_000)
afterAll(async () => {
  await browser.close()
  await kit.stop()
})

beforeEach(async () => {
  problems = []
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
  page.setDefaultTimeout(10_000)
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('dialog', (dialog) => dialog.accept())
})
/** Each test ends with this: no page logged an error. */
afterEach(async () => {
  await page.close()
  kit.cloud.faults.clear()
  expect(problems).toEqual([])
})

const open = (section: string) => page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
const row = (text: string) => page.locator('main tr, main li', { hasText: text })

describe('the console', () => {
  it('shows a user as soon as they have logged in, with a masked number', async () => {
    await open('users')
    await page.getByText('还没有用户').waitFor()
    await kit.loginWithCode('oSeen', '13800138000')
    await row('138****8000').getByText('正常').waitFor()
    expect(await page.content()).not.toContain('13800138000')
  })

  it('shows a call with its input, answer, round trips and logs, and no token', async () => {
    const { token } = await kit.loginWithCode('oCaller')
    await kit.checkToken('oCaller', { token: 'bent' })
    await open('calls')
    const call = row('checkToken').first()
    await call.getByText('403 TOKEN_MALFORMED').waitFor()
    await call.locator('summary').click()
    await call.getByText('"reason": "TOKEN_MALFORMED"', { exact: false }).first().waitFor()
    expect(await page.content()).not.toContain(token)
  })

  it('finds, changes and deletes a document', async () => {
    const { userInfo } = await kit.loginWithCode('oEdited')
    await open(`database/users/${userInfo.id}`)
    const document = page.locator('.rows > li', { hasText: userInfo.id })
    await document.locator('summary').click()
    await document.getByRole('button', { name: '编辑' }).click()
    const editor = document.getByRole('textbox')
    await editor.fill((await editor.inputValue()).replace('"nickname": "旅行者"', '"nickname": "小明"'))
    await document.getByRole('button', { name: '保存' }).click()
    await document.locator('pre', { hasText: '小明' }).waitFor()
    expect(kit.users()).toContainEqual(expect.objectContaining({ _id: userInfo.id, nickname: '小明' }))
    await document.getByRole('button', { name: '删除' }).click()
    await page.getByText('没有文档').waitFor()
    expect(kit.users().some((user) => user['_id'] === userInfo.id)).toBe(false)
  })

  it('says what is wrong with a query or a document, and changes nothing', async () => {
    await kit.loginWithCode('oKept')
    problems = []
    await open('database/users')
    await page.getByLabel('查询条件').fill('{"$where":"1"}')
    await page.getByRole('button', { name: '查询', exact: true }).click()
    await page.getByRole('alert').getByText('DATABASE_INVALID_OPERRATOR').waitFor()
    // The browser itself notes each refused request.
    problems = problems.filter((problem) => !problem.includes('status of 400'))
  })

  it('runs nothing that a name or a document holds', async () => {
    const { userInfo } = await kit.loginWithCode('oAttacker')
    const nickname = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    const [user] = kit.users().filter((candidate) => candidate['_id'] === userInfo.id)
    kit.cloud.database.putDocument('users', { ...user, nickname })
    for (const section of ['users', `database/users/${userInfo.id}`]) {
      await open(section)
      await page.reload()
      await page.getByText('<img src=x').first().waitFor({ state: 'attached' })
    }
    expect(await page.title()).toContain('AI 旅行助手')
    expect(await page.locator('main img, main script').count()).toBe(0)
  })

  it('shows the files of cloud storage as they come, with whose they are, and deletes them', async () => {
    await open('files')
    await page.getByText('还没有文件').waitFor()
    await new ClientFiles(kit, 'oPainter').upload('avatars/a.png', PICTURE)
    const file = row('avatars/a.png')
    await file.getByText('oPainter').waitFor()
    await file.getByText(`${PICTURE.length} B`).waitFor()
    await expect
      .poll(() =>
        file.getByRole('img').evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth),
      )
      .toBe(2)
    await file.getByRole('button', { name: '删除' }).click()
    await page.getByText('还没有文件').waitFor()
    expect(kit.cloud.files.list()).toEqual([])
  })

  it('switches a fault on, which the next login meets, and off again', async () => {
    await kit.loginWithCode('oUnlucky')
    await open('faults')
    await row('数据库不可用').getByRole('button', { name: '一直' }).click()
    await page.getByRole('status').getByText('SYS_ERR').waitFor()
    expect(await kit.login('oUnlucky', {})).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' })
    await page.getByRole('button', { name: '全部关闭' }).click()
    await page.getByText('没有故障').waitFor()
    expect(await kit.login('oUnlucky', {})).toMatchObject({ code: 200 })
  })

  it('moves the clock, and warns of a permission that lets clients write', async () => {
    await open('machine')
    await page.getByRole('button', { name: /31 天/ }).click()
    await page.getByText('快 31.0 天').waitFor()
    await page.getByRole('button', { name: '回到现在' }).click()
    await page.getByText('快 31.0 天').waitFor({ state: 'detached' })
    kit.cloud.database.setPermission('users', 'PRIVATE')
    await open('users')
    await page.getByRole('alert').getByText('仅管理员可读写').waitFor()
    kit.cloud.database.setPermission('users', 'ADMINONLY')
  })

  it('is used with the keyboard alone', async () => {
    await open('users')
    await page.locator('nav[aria-label="控制台"] a').first().focus()
    for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: '云函数调用' }).waitFor()
  })

  it('shows mistakes in the sources while the last good build goes on', async () => {
    sourceErrors = ['cloudfunctions/login/login.ts:1:2: Unexpected "}"']
    await open('users')
    await page.getByRole('alert').getByText('login.ts:1:2').waitFor()
    sourceErrors = []
    kit.cloud.changes.tell('code')
    await page.getByText('login.ts:1:2').waitFor({ state: 'detached' })
  })
})

describe('phones beside the console', () => {
  it('a login on the phone appears in the console by itself', async () => {
    await open('users')
    const phone = page.frameLocator('.phone iframe').first()
    const screen = phone.frameLocator('iframe.screen')
    const top = screen.locator('.wx-page-layer:not([inert])')
    await top.getByRole('button', { name: '登录', exact: true }).click()
    await top.getByText('未登录').waitFor()
    await top.getByRole('button', { name: '登录', exact: true }).click()
    await top.getByRole('checkbox').click()
    await top.getByRole('button', { name: '手机号快捷登录', exact: true }).click()
    await phone.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
    await expect
      .poll(() => kit.users().some((user) => user['openid'] === 'oWechatUser-A'), { timeout: 10_000 })
      .toBe(true)
    await open('people')
    await row('oWechatUser-A').waitFor()
    await page.getByRole('button', { name: '另一台设备' }).click()
    expect(await page.locator('.phone iframe').count()).toBe(2)
  })
})
