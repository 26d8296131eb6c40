import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPages } from '../../server/pages.ts'
import { ClientFiles } from '../../testing/client-files.ts'
import { FixtureCloud } from '../../testing/fixture-cloud.ts'
import { NO_PHONE } from '../../testing/no-phone.ts'
import { usePage } from '../../testing/use-page.ts'
import { buildConsole } from '../build.ts'

/** Two pixels wide, one high. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAC0lEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC',
  'base64',
)

/** Where the first phone of the page keeps the conditions that a tester sets. */
const PHONE_SETTINGS = 'phone/oWechatUser-A/a1/settings/tester'

const tab = usePage()
let kit: FixtureCloud
let sourceErrors: string[] = []
let sourceNotes: string[] = []

beforeAll(async () => {
  const console = await buildConsole()
  const pages = createPages({
    console: () => console,
    phone: () => NO_PHONE,
    findings: () => ({ errors: sourceErrors, notes: sourceNotes }),
    userTable: 'users',
  })
  kit = await FixtureCloud.start({ pages }, ['notes'])
}, 180_000)
afterAll(() => kit.stop())

const open = (section: string) => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
const row = (text: string) => tab.page.locator('main tr, main li', { hasText: text })

it('injects a fault into the collection and the function that are chosen', async () => {
  kit.cloud.database.createCollection('other')
  await open('faults')
  await tab.page.getByLabel('集合').selectOption('other')
  await row('数据库不可用').getByRole('button', { name: '一次' }).click()
  await tab.page.getByLabel('云函数').selectOption('probe')
  await row('云函数超时').getByRole('button', { name: '一次' }).click()
  await tab.page.getByRole('status').filter({ hasText: 'function-timeout' }).waitFor()
  expect(kit.cloud.faults.list()).toMatchObject([{ target: 'other' }, { action: 'invoke', target: 'probe' }])
  kit.cloud.faults.clear()
  kit.cloud.database.dropCollection('other')
})

it('gives new documents without an id one of their own', async () => {
  await open('database/notes/%E4%')
  await open('database/notes')
  for (const text of ['{"_id": "", "title": "a"}', '{"title": "b"}']) {
    await tab.page.getByRole('button', { name: '新建文档' }).click()
    await tab.page.getByLabel('文档（扩展 JSON）').fill(text)
    await tab.page.getByRole('button', { name: '保存', exact: true }).click()
    await tab.page
      .getByRole('region', { name: /^文档 / })
      .getByText(text.slice(-3, -2), { exact: true })
      .waitFor()
    await tab.page.getByRole('link', { name: '关闭' }).click()
  }
  const ids = kit.cloud.database.documents('notes').map((document) => document['_id'])
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)])
  for (const id of ids) kit.cloud.database.removeDocument('notes', id)
})

it('makes a collection that was asked for and does not exist', async () => {
  await kit.cloud.database.handle('database.getDocument', { collectionName: 'carts' }).catch(() => {})
  await open('database')
  await tab.page.getByRole('button', { name: '＋ carts' }).click()
  await tab.page.getByRole('link', { name: 'carts 0' }).waitFor()
  await tab.page.getByRole('button', { name: '＋ carts' }).waitFor({ state: 'detached' })
  expect(kit.cloud.database.collections()).toMatchObject([
    { name: 'carts', permission: 'PRIVATE' },
    { name: 'notes' },
  ])
  kit.cloud.database.dropCollection('carts')
})

it('shows the error of a query that the database refuses', async () => {
  await open('database/notes')
  await tab.page.getByLabel('查询条件').fill('{"$where":"1"}')
  await tab.page.getByRole('button', { name: '查询', exact: true }).click()
  await tab.page.getByRole('alert').getByText('DATABASE_INVALID_OPERRATOR').waitFor()
  // The browser logs each refused request.
  tab.problems = tab.problems.filter((problem) => !problem.includes('status of 400'))
})

it('shows markup in a document as text', async () => {
  const title = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  kit.cloud.database.putDocument('notes', { _id: 'attack', title })
  await open('database/notes/attack')
  await tab.page.getByText('<img src=x').first().waitFor({ state: 'attached' })
  expect(await tab.page.title()).toContain('本机云开发')
  expect(await tab.page.locator('main img, main script').count()).toBe(0)
})

it('shows a file of cloud storage with its creator as soon as it is stored, and deletes it', async () => {
  await open('files')
  await tab.page.getByText('还没有文件').waitFor()
  await new ClientFiles(kit, 'oPainter').upload('avatars/a.png', PICTURE)
  const file = row('avatars/a.png')
  await file.getByText('oPainter').waitFor()
  await file.getByText(`${PICTURE.length} B`).waitFor()
  const width = () =>
    file.getByRole('img').evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)
  await expect.poll(width).toBe(2)
  await file.getByRole('button', { name: '删除' }).click()
  await tab.page.getByText('还没有文件').waitFor()
  expect(kit.cloud.files.list()).toEqual([])
})

it('sets the permission of a collection; rules with a mistake are refused with its place', async () => {
  await open('database/notes')
  const { page } = tab
  await page.getByLabel('权限').selectOption('CUSTOM')
  await page.getByText('小程序端的请求全部拒绝').waitFor()
  const editor = page.getByLabel('安全规则', { exact: true })
  await editor.fill('{ "read": "doc.a ==" }')
  await page.getByRole('button', { name: '保存规则' }).click()
  await page.getByRole('alert').getByText('read 第 9 个字符：表达式没有写完').waitFor()
  await editor.fill('{ "read": true }')
  await page.getByRole('button', { name: '保存规则' }).click()
  const notes = () => kit.cloud.database.collections().find(({ name }) => name === 'notes')
  await expect.poll(notes).toMatchObject({
    permission: 'CUSTOM',
    rules: '{ "read": true }',
  })
  await page.getByLabel('权限').selectOption('ADMINONLY')
  await editor.waitFor({ state: 'detached' })
  expect(notes()?.permission).toBe('ADMINONLY')
  tab.problems = tab.problems.filter((problem) => !problem.includes('status of 400'))
})

it('sets the permissions of storage and of functions', async () => {
  await open('files')
  const { page } = tab
  await page.getByLabel('权限').selectOption('CUSTOM')
  const storage = page.getByLabel('云存储安全规则')
  await storage.fill('{ "read": true, "write": "auth.openid == \'oPainter\'" }')
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect
    .poll(() => kit.cloud.permissions.storage)
    .toEqual({
      read: true,
      write: "auth.openid == 'oPainter'",
    })
  await page.getByLabel('权限').selectOption('READONLY')
  await storage.waitFor({ state: 'detached' })
  await open('machine')
  const functions = page.getByLabel('云函数安全规则')
  await functions.fill('{ "*": { "invoke": true }, "probe": { "invoke": false } }')
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect.poll(() => kit.cloud.permissions.functions['probe']).toEqual({ invoke: false })
})

it('moves the clock and resets it', async () => {
  await open('machine')
  const offset = tab.page.getByRole('status').filter({ hasText: '快 31.0 天' })
  await tab.page.getByRole('button', { name: /31 天/ }).click()
  await offset.waitFor()
  await tab.page.getByRole('button', { name: '回到现在' }).click()
  await offset.waitFor({ state: 'detached' })
})

it('shows in every view what is not as usual, and turns all of it off', async () => {
  await open('database')
  const badge = tab.page.locator('.conditions')
  expect(await badge.count()).toBe(0)
  await kit.control.post('latency', { milliseconds: 20 })
  await kit.control.post('clock', { advanceSeconds: -86_400 })
  await kit.control.post('faults', { target: 'notes', answer: { kind: 'hang' } })
  await tab.page.evaluate(`localStorage['${PHONE_SETTINGS}'] = '{"offline":true,"phone":"deny"}'`)
  await tab.page.reload()
  await badge.getByText('4 项异常条件').click()
  await badge.getByText('1 个故障：hang → notes').waitFor()
  await badge.getByText('时钟慢 1.0 天').waitFor()
  await badge.getByRole('button', { name: '关闭：每次往返慢 20 ms' }).click()
  await badge.getByText('3 项异常条件').waitFor()
  await badge.getByRole('button', { name: '恢复正常' }).click()
  await badge.waitFor({ state: 'detached' })
  expect(kit.cloud.faults.list()).toEqual([])
  expect(await kit.control.get('latency')).toEqual({ milliseconds: 0 })
  expect(await kit.control.get('clock')).toMatchObject({ offsetSeconds: 0 })
  const stored = await tab.page.evaluate<string>(`localStorage['${PHONE_SETTINGS}']`)
  expect(JSON.parse(stored)).toEqual({ offline: false, phone: 'deny' })
})

it('has panes that are resized and folded by keyboard and pointer, and stay so', async () => {
  await open('machine')
  const { page } = tab
  const separator = page.getByRole('separator', { name: '手机的宽度' })
  const width = async () => Number(await separator.getAttribute('aria-valuenow'))
  const paneWidth = async () => (await page.getByRole('complementary', { name: '手机' }).boundingBox())?.width
  const initial = await width()
  await separator.press('ArrowRight')
  await expect.poll(width).toBe(initial + 16)
  await separator.press('Shift+ArrowRight')
  await expect.poll(width).toBe(initial + 96)
  const { x = 0 } = (await separator.boundingBox()) ?? {}
  await page.mouse.move(x + 4, 500)
  await page.mouse.down()
  await page.mouse.move(x + 4 - 200, 500, { steps: 4 })
  await page.mouse.up()
  await expect.poll(width).toBe(initial - 104)
  await page.reload()
  await expect.poll(width).toBe(initial - 104)
  expect(await paneWidth()).toBe(initial - 104)
  await separator.press('Enter')
  await separator.waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('button', { name: '展开手机' }).click()
  await separator.dblclick()
  await expect.poll(width).toBe(initial)
})

it('fits three phones into half of a window of 1440 pixels', async () => {
  await open('machine')
  const { page } = tab
  await page.setViewportSize({ width: 1440, height: 900 })
  for (let more = 0; more < 2; more++) await page.getByRole('button', { name: '＋ 新微信用户' }).click()
  const right = () =>
    page
      .locator('.phone')
      .evaluateAll((phones) => Math.max(...phones.map((phone) => phone.getBoundingClientRect().right)))
  await expect.poll(() => page.locator('.phone').count()).toBe(3)
  await expect.poll(right).toBeLessThan(720)
  expect((await page.locator('main').boundingBox())?.width).toBeGreaterThan(680)
  const names = page.locator('.phone-name')
  expect(await names.allTextContents()).toEqual(['oWechatUser-A', 'oWechatUser-B', 'oWechatUser-C'])
  // The end, which differs, is seen whole.
  expect(await names.evaluateAll((all) => all.map((name) => name.scrollWidth <= name.clientWidth))).toEqual([
    true,
    true,
    true,
  ])
  // The panel on each phone compensates for these.
  const scaleText =
    "[...document.querySelectorAll('.phone iframe')].map((frame) => frame.contentDocument.documentElement.style.getPropertyValue('--frame-scale'))"
  const scales = (await page.evaluate<string[]>(scaleText)).map(Number)
  for (const scale of scales) expect(scale).toBeCloseTo(scales[0] ?? 1)
  expect(scales[0]).toBeLessThan(0.6)
  await page.evaluate('localStorage.clear()')
})

it('lists its shortcuts under ?, which leave the keys of fields alone', async () => {
  await open('web')
  const { page } = tab
  await page.getByLabel('域名', { exact: true }).press('?')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.keyboard.press('8')
  expect(page.url()).toContain('#web')
  await page.locator('main').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Faults').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('8')
  await page.getByRole('region', { name: '故障' }).waitFor()
  await page.keyboard.press('[')
  await page.getByRole('button', { name: '展开手机' }).waitFor()
  await page.keyboard.press('[')
  await page.getByRole('button', { name: '折叠手机' }).waitFor()
})

it('is dark as the system is, or as somebody has chosen', async () => {
  await open('machine')
  const { page } = tab
  const back = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
  const light = await back()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(back).not.toBe(light)
  const dark = await back()
  await page.getByLabel('外观').selectOption('浅色')
  await expect.poll(back).toBe(light)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByLabel('外观').selectOption('深色')
  await page.reload()
  await expect.poll(back).toBe(dark)
  await page.getByLabel('外观').selectOption('系统')
})

it('can be used by keyboard alone', async () => {
  await open('machine')
  await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('Enter')
  await tab.page.locator('main:focus').waitFor()
  await tab.page.locator('nav[aria-label="控制台"] a').first().focus()
  for (let stop = 0; stop < 3; stop += 1) await tab.page.keyboard.press('Tab')
  await tab.page.keyboard.press('Enter')
  await tab.page.getByRole('region', { name: '云函数调用' }).waitFor()
})

it('shows errors of the sources until they are repaired', async () => {
  sourceErrors = ['cloudfunctions/notes/notes.ts:1:2: Unexpected "}"']
  await open('machine')
  await tab.page.getByRole('alert').getByText('notes.ts:1:2').waitFor()
  sourceErrors = []
  kit.cloud.events.emit('code')
  await tab.page.getByText('notes.ts:1:2').waitFor({ state: 'detached' })
})

it('shows an error of a page with its place in the sources, until it is cleared', async () => {
  const places = [{ file: 'miniprogram/pages/home/home.ts', line: 12, column: 3 }]
  const thrown = { name: 'TypeError', message: 'x is undefined', places }
  await kit.control.post('page-errors', { openid: 'oAlice', page: 'pages/home/home', text: 'x', thrown })
  await open('machine')
  await tab.page.getByText('小程序有 1 个错误').click()
  await tab.page.getByText('miniprogram/pages/home/home.ts:12:3').waitFor()
  kit.cloud.pageErrors.noteNewBuild()
  kit.cloud.events.emit('notes')
  await tab.page.getByText('最近一次构建以前有 1 个错误').waitFor()
  await tab.page.getByText('旧版本').waitFor()
  await kit.control.post('page-errors', { openid: 'oAlice', page: 'pages/home/home', text: 'x', thrown })
  await tab.page.getByText('小程序有 1 个错误').waitFor()
  expect(await tab.page.locator('.page-errors > ol > li').count()).toBe(2)
  await tab.page.locator('.page-errors').getByRole('button', { name: '清空' }).click()
  await tab.page.locator('.page-errors').waitFor({ state: 'detached' })
})

it('shows notes of the sources apart from errors', async () => {
  sourceNotes = ['miniprogram/app.json:3 theme']
  await open('machine')
  await tab.page.getByText('项目有 1 条提示').click()
  await tab.page.getByText('app.json:3 theme').waitFor()
  expect(await tab.page.getByRole('alert').count()).toBe(0)
  sourceNotes = []
})

it('allows a host, and lists the requests of pages without the values of their queries', async () => {
  await open('web')
  await tab.page.getByLabel('域名', { exact: true }).fill('https://API.example.com/v1')
  await tab.page.getByRole('button', { name: '允许' }).click()
  await row('api.example.com').waitFor()
  expect(kit.cloud.allowedHosts.added).toEqual(['api.example.com'])
  const request = { at: 1, openid: 'oAlice', method: 'GET', host: 'api.example.com', milliseconds: 3 }
  kit.cloud.webRequests.add({ ...request, path: '/v1?token=…', outcome: 'refused', error: 'api.example.com' })
  await row('/v1?token=…').getByText('不允许').waitFor()
  await tab.page.getByRole('button', { name: '删除 api.example.com' }).click()
  await expect.poll(() => kit.cloud.allowedHosts.added).toEqual([])
})
