import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildConsole } from 'wechat-cloud-emulator/console'
import { createPages } from 'wechat-cloud-emulator/server'
import { NO_PHONE, usePage } from 'wechat-cloud-emulator/testing/page'
import { adminOperations } from '../../scripts/lib/admin/operations/admin-operations.ts'
import { useForAWhile } from '../../scripts/lib/demo/used-app.ts'
import { localSecrets } from '../../scripts/lib/keys/local-secrets.ts'
import { CloudKit } from '../support/cloud-kit.ts'

/** The phone has a test of its own. */
const EMPTY_PHONE = {
  ...NO_PHONE,
  html: '<!doctype html><html lang="zh-CN"><title>phone</title></html>',
  pages: [],
}

const tab = usePage()
let kit: CloudKit
let secretsDirectory: string

beforeAll(async () => {
  const console = await buildConsole()
  const findings = {
    errors: ['cloudfunctions/notes/notes.ts:1:2: Unexpected "}"'],
    notes: ['app.json:3 theme'],
  }
  secretsDirectory = mkdtempSync(join(tmpdir(), 'accessibility-'))
  const operations = adminOperations(secretsDirectory)
  const pages = createPages({
    console: () => console,
    phone: () => EMPTY_PHONE,
    findings: () => findings,
    userTable: 'users',
    operations: operations.title,
  })
  kit = await CloudKit.start({ pages, operations, variables: { ...localSecrets(secretsDirectory) } })
  await useForAWhile(kit.cloud.controlUrl, secretsDirectory)
  await kit.control.post('faults', { target: 'users', answer: { kind: 'hang' } })
}, 180_000)
afterAll(async () => {
  await kit.stop()
  rmSync(secretsDirectory, { recursive: true })
})

/** Rules that the page breaks, with the elements that break them. @param rules those alone; all by default */
async function violations(...rules: string[]): Promise<string[]> {
  await tab.page.evaluate(axe.source)
  const options = { iframes: false, ...(rules.length > 0 ? { runOnly: rules } : {}) }
  const { violations: found } = await tab.page.evaluate<axe.AxeResults>(
    `axe.run(document, ${JSON.stringify(options)})`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

const SECTIONS = [
  'users',
  'operations/find',
  'operations/transfer',
  'operations/stats',
  'database/users',
  'files',
  'calls',
  'web',
  'people',
  'figures',
  'faults',
  'machine',
]

it.each(SECTIONS)(
  'axe finds nothing in #%s, light and dark',
  async (section) => {
    await tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#${section}`)
    await tab.page.getByText('项异常条件').waitFor()
    await tab.page.waitForLoadState('networkidle')
    expect(await violations()).toEqual([])
    await tab.page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations('color-contrast')).toEqual([])
  },
  60_000,
)

it('axe finds nothing in an open call, a person, a menu and the list of shortcuts', async () => {
  const { calls } = await kit.control.get('calls?limit=50')
  const failed = calls.find(({ logs, roundTrips }) => logs.length > 0 && roundTrips.length > 1)
  const base = new URL('/', kit.cloud.controlUrl)
  for (const address of [`#calls/${failed?.requestId}`, '#people/oWechatUser-A', '#database/users']) {
    await tab.page.goto(`${base}${address}`)
    await tab.page.locator('.conditions summary').click()
    expect(await violations()).toEqual([])
    await tab.page.keyboard.press('Escape')
  }
  await tab.page.locator('main').focus()
  await tab.page.keyboard.press('?')
  await tab.page.getByRole('dialog').waitFor()
  expect(await violations()).toEqual([])
}, 60_000)

it('axe finds nothing in a list of users, their question and its outcome', async () => {
  kit.cloud.faults.clear()
  await tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}#operations/list`)
  await tab.page.getByRole('checkbox', { name: '选中全部' }).check()
  expect(await violations()).toEqual([])
  await tab.page.getByRole('button', { name: '停用…' }).click()
  await tab.page.getByRole('dialog').waitFor()
  expect(await violations()).toEqual([])
  await tab.page.keyboard.press('Escape')
  await tab.page.getByRole('checkbox', { name: '选中全部' }).uncheck()
  await tab.page.locator('tbody').getByRole('checkbox').first().press('Space')
  await tab.page.getByRole('button', { name: '查看完整号码…' }).press('Enter')
  await tab.page.getByLabel('原因').fill('客服回电')
  await tab.page.keyboard.press('Enter')
  await tab.page.getByText('在这台电脑上打开').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await tab.page.emulateMedia({ colorScheme })
    expect(await violations()).toEqual([])
  }
  await tab.page.keyboard.press('Escape')
  await tab.page.locator('tbody').getByRole('link').first().press('Enter')
  await tab.page.getByRole('heading', { name: '会话', exact: true }).waitFor()
  expect(await violations()).toEqual([])
}, 60_000)
