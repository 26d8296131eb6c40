import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildConsole } from 'wechat-cloud-emulator/console'
import { createPages } from 'wechat-cloud-emulator/server'
import { NO_PHONE, usePage } from 'wechat-cloud-emulator/testing/page'
import { adminOperations } from '../../scripts/lib/admin/operations/admin-operations.ts'
import { localSecrets } from '../../scripts/lib/keys/local-secrets.ts'
import { CloudKit } from '../support/cloud-kit.ts'

const tab = usePage()
let kit: CloudKit
let secretsDirectory: string

beforeAll(async () => {
  secretsDirectory = mkdtempSync(join(tmpdir(), 'operations-'))
  const console = await buildConsole()
  const operations = adminOperations(secretsDirectory)
  const pages = createPages({
    console: () => console,
    phone: () => NO_PHONE,
    userTable: 'users',
    operations: operations.title,
  })
  kit = await CloudKit.start({ pages, operations, variables: { ...localSecrets(secretsDirectory) } })
}, 180_000)
afterAll(async () => {
  await kit.stop()
  rmSync(secretsDirectory, { recursive: true })
})

const open = (address: string) => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${address}`)
const row = (text: string) => tab.page.locator('main tbody tr', { hasText: text })
const button = (name: string) => tab.page.getByRole('button', { name, exact: true })
const dialog = () => tab.page.getByRole('dialog')
const userId = (openid: string) => String(kit.users({ openid })[0]?.['_id'])
const records = (act: string) => kit.documents('audit_logs', { act })

async function find(option: string, text: string): Promise<void> {
  await open('operations/find')
  await tab.page.getByLabel('查找：按什么').selectOption(option)
  await tab.page.getByRole('textbox', { name: option }).fill(text)
  await button('查找用户').click()
}

it('finds all users of a number, disables those who are active, and enables one again', async () => {
  for (const openid of ['oOne', 'oTwo', 'oThree']) await kit.loginWithCode(openid, '13800138000')
  await find('手机号', '138 0013 8000')
  await row('138****8000').nth(2).waitFor()
  await tab.page.getByRole('checkbox', { name: new RegExp(userId('oOne')) }).check()
  await tab.page.getByRole('checkbox', { name: new RegExp(userId('oTwo')) }).check()
  await button('停用…').click()
  await dialog()
    .getByText(/^停用 2 位用户，结束其所有会话？/)
    .waitFor()
  await dialog().getByLabel('原因').fill('盗号调查')
  await dialog().getByRole('button', { name: '停用 2 个' }).click()
  await dialog().getByText('完成 2 个，未完成 0 个').waitFor()
  await dialog().getByRole('button', { name: '关闭' }).click()
  await row('已停用').nth(1).waitFor()
  expect(kit.users({ status: 'disabled' }).map(({ _id }) => _id)).toEqual(
    expect.arrayContaining([userId('oOne'), userId('oTwo')]),
  )
  expect(records('admin.disable')).toMatchObject(Array(2).fill({ reason: '盗号调查', outcome: 'done' }))
  await row(userId('oOne')).getByRole('link').first().click()
  await tab.page.getByRole('heading', { name: '用户', exact: true }).waitFor()
  await button('启用…').click()
  await dialog().getByLabel('原因').fill('核实完毕')
  await dialog().getByRole('button', { name: '启用 1 个' }).click()
  await dialog().getByText('完成 1 个').waitFor()
  await tab.page.keyboard.press('Escape')
  await tab.page.getByRole('region', { name: '用户' }).getByText('正常').waitFor()
  expect(kit.users({ openid: 'oOne' })).toMatchObject([{ status: 'active' }])
})

it('lists users by filters, ends sessions of those who are selected, and shows the record of it', async () => {
  for (const openid of ['oListed', 'oAlso']) await kit.loginWithCode(openid, '13500135000')
  await kit.loginWithCode('oElse', '13400134000')
  await open('operations/list')
  await row('135****5000').first().waitFor()
  await row('134****4000').waitFor()
  await tab.page.getByLabel('注册不早于').fill('2000-01-01T00:00')
  await tab.page.getByLabel('状态').selectOption('正常')
  await button('查询').click()
  for (const openid of ['oListed', 'oAlso']) {
    await tab.page.getByRole('checkbox', { name: new RegExp(userId(openid)) }).check()
  }
  await button('结束会话…').click()
  await dialog()
    .getByText(/^让 2 位用户在所有设备上退出？/)
    .waitFor()
  await dialog().getByLabel('原因').fill('手机遗失')
  await dialog().getByRole('button', { name: '结束会话 2 个' }).click()
  await dialog().getByText('完成 2 个，未完成 0 个').waitFor()
  await dialog().getByRole('button', { name: '关闭' }).click()
  expect(kit.users({ openid: 'oListed' })).toMatchObject([{ sessions: [] }])
  await row(userId('oListed')).getByRole('link').first().click()
  await tab.page.getByText('没有登录的设备。').waitFor()
  await tab.page.getByRole('link', { name: '操作记录' }).last().click()
  await row('管理员结束会话').getByText('手机遗失').waitFor()
  await tab.page.getByRole('combobox', { name: '操作' }).selectOption('登录')
  await button('查询').click()
  await row('管理员结束会话').waitFor({ state: 'detached' })
  await row('本人').waitFor()
})

it('saves the users of a list as CSV with masked numbers alone', async () => {
  await kit.loginWithCode('oSaved', '13300133000')
  await open('operations/list')
  await row('133****3000').waitFor()
  const [download] = await Promise.all([tab.page.waitForEvent('download'), button('导出全部 CSV').click()])
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toContain('133****3000,')
  expect(text).not.toContain('13300133000')
  expect(text.trim().split('\r\n')).toHaveLength(kit.users().length + 1)
})

it('reveals a number on this machine alone, with a reason, until the user leaves', async () => {
  await kit.loginWithCode('oRevealed', '13900139000')
  const answers: string[] = []
  tab.page.on('request', (request) => answers.push(`${request.url()} ${request.postData() ?? ''}`))
  await open(`operations/show%3FuserId%3D${userId('oRevealed')}`)
  await button('查看完整号码…').click()
  await dialog().getByRole('button', { name: '查看完整号码 1 个' }).click()
  expect(await tab.page.getByText('139 0013 9000').or(tab.page.getByText('+8613900139000')).count()).toBe(0)
  expect(records('admin.reveal')).toEqual([])
  await dialog().getByLabel('原因').fill('客服回电')
  await dialog().getByRole('button', { name: '查看完整号码 1 个' }).click()
  await dialog().getByText('+8613900139000').waitFor()
  expect(records('admin.reveal')).toMatchObject([{ userId: userId('oRevealed'), reason: '客服回电' }])
  const { calls } = await kit.control.get('calls')
  expect(JSON.stringify(calls)).not.toMatch(/13900139000|eyJ[\w-]+\./)
  expect(answers.join('\n')).not.toMatch(/13900139000|eyJ[\w-]+\./)
  await tab.page.keyboard.press('Escape')
  await tab.page.locator('.run-dialog').waitFor({ state: 'detached' })
  expect(await tab.page.content()).not.toContain('13900139000')
})

it('gives an operation a token that permits that alone', async () => {
  const { userInfo } = await kit.loginWithCode('oKept')
  const { authorize } = adminOperations(secretsDirectory)
  const tokenOf = (operation: string) => authorize?.({ operation, now: Date.now() })
  const disable = { action: 'disable', userId: userInfo.id, reason: '测试' }
  for (const operation of ['list', 'show', 'records', 'stats', 'reveal']) {
    const answer = await kit.call('admin', undefined, { ...disable, ...(await tokenOf(operation)) })
    expect(answer).toMatchObject({ code: 403, reason: 'ADMIN_ROLE' })
  }
  const reveal = { ...disable, action: 'reveal', ...(await tokenOf('disable')) }
  expect(await kit.call('admin', undefined, reveal)).toMatchObject({ reason: 'ADMIN_ROLE' })
})

it('moves an account to another one, after a question', async () => {
  await kit.loginWithCode('oOld', '13700137000')
  await kit.loginWithCode('oNew', '13700137000')
  const [from, to] = [userId('oOld'), userId('oNew')]
  await find('用户 id', from)
  await tab.page.getByRole('checkbox', { name: '选中全部' }).check()
  await button('转移到另一个账号…').click()
  await dialog().getByLabel('到用户 id').fill(to)
  await dialog().getByLabel('原因').fill('本人来店核实')
  await dialog().getByRole('button', { name: '转移到另一个账号 1 个' }).click()
  await dialog().getByText('完成 1 个').waitFor()
  expect(kit.users({ openid: 'oOld' })).toEqual([])
  expect(kit.users({ openid: 'oNew' })).toHaveLength(1)
})

it('links the table of users and a person to the operations', async () => {
  await kit.loginWithCode('oLinked', '13600136000')
  await open('users')
  await row('136****6000').getByRole('link', { name: '查看用户' }).click()
  await tab.page.getByRole('region', { name: '用户' }).getByText('136****6000').waitFor()
  await open('people/oLinked')
  await tab.page.getByRole('link', { name: '停用' }).click()
  await tab.page.getByRole('form', { name: '停用' }).waitFor()
  expect(await tab.page.getByLabel('用户 id').inputValue()).toBe(userId('oLinked'))
})

it('shows figures of all users', async () => {
  await open('operations/stats')
  await tab.page.getByText('没有手机号').waitFor()
  const total = tab.page.locator('.totals > div', { hasText: /^用户/ })
  await total.getByText(String(kit.users().length), { exact: true }).waitFor()
})
