import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildConsole } from 'wechat-cloud-emulator/console'
import { buildPhone } from 'wechat-cloud-emulator/phone'
import { createPages } from 'wechat-cloud-emulator/server'
import { usePage } from 'wechat-cloud-emulator/testing/page'
import { exampleData } from '../../scripts/lib/demo/example.ts'
import { localSecrets } from '../../scripts/lib/keys/local-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { readStats } from '../figures/figures.ts'
import { CloudKit } from '../support/cloud-kit.ts'

/** For slow machines. */
const TIMEOUT_MILLISECONDS = 180_000
/** How many documents the example adds. */
const ADDED = { users: 11, trips: 19, favourites: 11, history: 47, audit_logs: 47, closed_accounts: 2 }
const WINDOWS = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 640, height: 800 },
]

const tab = usePage({ isNewcomer: true })
let kit: CloudKit
let secretsDirectory: string

beforeAll(async () => {
  const [console, phone] = await Promise.all([buildConsole(), buildPhone(projectPath('miniprogram'))])
  secretsDirectory = mkdtempSync(join(tmpdir(), 'guide-'))
  const pages = createPages({
    console: () => console,
    phone: () => phone,
    userTable: 'users',
    guide: { tap: '登录' },
    hasExample: true,
  })
  const variables = { ...localSecrets(secretsDirectory) }
  kit = await CloudKit.start({ pages, variables, example: exampleData(secretsDirectory) })
}, TIMEOUT_MILLISECONDS)
afterAll(async () => {
  await kit.stop()
  rmSync(secretsDirectory, { recursive: true })
})

const open = (address = '') => tab.page.goto(`${new URL('/', kit.cloud.controlUrl)}${address}`)
const guide = () => tab.page.getByRole('region', { name: '导览 Tour' })
const button = (name: string) => guide().getByRole('button', { name, exact: true })
const step = (number: number) => guide().getByText(`${number}/4`).waitFor()
const phone = () => tab.page.frameLocator('.phone iframe')
const screen = () => phone().frameLocator('iframe.screen').locator('.wx-page-layer:not([inert])')

/** Waits until the ring is around the element, within the ring's own width. */
async function expectRingAround(element: { boundingBox(): Promise<object | null> }): Promise<void> {
  const distance = async () => {
    const [ring, target] = await Promise.all([
      tab.page.locator('.guide-ring').boundingBox(),
      element.boundingBox(),
    ])
    if (!ring || !target) return Number.POSITIVE_INFINITY
    const { x, y } = target as { x: number; y: number }
    return Math.hypot(ring.x - x, ring.y - y)
  }
  await expect.poll(distance, { timeout: 10_000 }).toBeLessThan(3)
}

describe('the guide', { timeout: TIMEOUT_MILLISECONDS }, () => {
  it('goes on by doing what it says, and does not return after a reload', async () => {
    await open()
    await step(1)
    const login = screen().getByRole('button', { name: '登录', exact: true })
    await expectRingAround(login)
    await login.click()
    await step(2)
    await expectRingAround(phone().locator('.panel summary').first())
    await phone().locator('.panel summary').first().click()
    await step(3)
    const link = (name: string) => tab.page.getByRole('link', { name, exact: true })
    await expectRingAround(link('云函数调用'))
    await link('云函数调用').click()
    await step(4)
    await link('数据库').click()
    await guide().waitFor({ state: 'detached' })
    await tab.page.reload()
    await link('数据库').waitFor()
    expect(await guide().count()).toBe(0)
    await open('?tour')
    await step(1)
  })

  it('asks somebody who is logged in for any tap', async () => {
    await open()
    for (const name of ['登录', '同意并登录'])
      await screen().getByRole('button', { name, exact: true }).click()
    await phone().locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
    await screen().getByText('旅行者').waitFor()
    await open('?tour')
    await guide().getByText('在手机上点一点这个小程序').waitFor()
    await screen().getByText('大理', { exact: true }).click()
    await step(2)
  })

  it('is left by a button or Escape, and focus goes to the view', async () => {
    await open()
    await button('下一步').press('Enter')
    await step(2)
    await tab.page.keyboard.press('Escape')
    await guide().waitFor({ state: 'detached' })
    expect(await tab.page.evaluate('document.activeElement.id')).toBe('view')
    await open('?tour')
    await button('跳过').click()
    await guide().waitFor({ state: 'detached' })
  })

  it('covers nothing that it points to, in any window, and axe finds nothing', async () => {
    for (const viewport of WINDOWS) {
      await tab.page.setViewportSize(viewport)
      await open('?tour')
      for (const number of [1, 2, 3, 4]) {
        await step(number)
        await tab.page.locator('.guide-ring').waitFor()
        const ring = await tab.page.locator('.guide-ring').boundingBox()
        const bar = await guide().boundingBox()
        expect(ring?.y, `step ${number} at ${viewport.width}`).toBeGreaterThanOrEqual(
          (bar?.y ?? 0) + (bar?.height ?? 0),
        )
        expect(await tab.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
        if (number < 4) await button('下一步').click()
      }
    }
    await tab.page.evaluate(axe.source)
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.page.emulateMedia({ colorScheme })
      const { violations } = await tab.page.evaluate<axe.AxeResults>('axe.run(".guide", { iframes: false })')
      expect(violations.map(({ id }) => id)).toEqual([])
    }
  })
})

describe('the example data', { timeout: TIMEOUT_MILLISECONDS }, () => {
  const counts = async (): Promise<Record<string, number>> => {
    const { collections } = await kit.control.get('collections')
    return Object.fromEntries(collections.map(({ name, documentCount = 0 }) => [name, documentCount]))
  }

  it('are loaded by a click, beside what is there, and removed by another', async () => {
    await kit.loginWithCode('oBefore')
    const before = { counts: await counts(), users: kit.users() }
    await open('#machine')
    await tab.page.getByRole('button', { name: '载入示例数据' }).click()
    await tab.page.locator('progress[value]').waitFor({ timeout: TIMEOUT_MILLISECONDS })
    const remove = tab.page.getByRole('button', { name: '移除示例数据' })
    await remove.waitFor({ timeout: TIMEOUT_MILLISECONDS })
    const users = kit.users()
    expect(users.filter(({ status }) => status === 'disabled')).toHaveLength(1)
    expect(users.some(({ sessions }) => (sessions as unknown[]).length > 1)).toBe(true)
    const loaded = await counts()
    const added = (name: string) => Number(loaded[name]) - Number(before.counts[name])
    // The same each time.
    expect(Object.keys(ADDED).map((name) => [name, added(name)])).toEqual(Object.entries(ADDED))
    const acts = new Set(kit.documents('audit_logs').map(({ act }) => act))
    for (const act of ['transfer.in', 'account.close', 'admin.disable']) expect(acts).toContain(act)
    const { days } = await readStats(kit)
    expect(days.filter(({ newUsers }) => newUsers > 0).length).toBeGreaterThan(7)
    // That an administrator has read the figures is a record of its own.
    before.counts['audit_logs'] = Number(before.counts['audit_logs']) + 1
    await remove.click()
    await tab.page.getByText('已移除').waitFor()
    expect(await counts()).toEqual(before.counts)
    expect(kit.users()).toEqual(before.users)
  })

  it('are not there after the loading is cancelled', async () => {
    const before = await counts()
    await open('#machine')
    await tab.page.getByRole('button', { name: '载入示例数据' }).click()
    await tab.page.getByRole('button', { name: '取消载入' }).click()
    await tab.page.getByText('已取消，没有载入').waitFor({ timeout: TIMEOUT_MILLISECONDS })
    await tab.page.getByRole('button', { name: '载入示例数据' }).waitFor()
    expect(await counts()).toEqual(before)
  })

  it('say that the cloud has stopped', async () => {
    await open('#machine')
    await tab.page.getByRole('button', { name: '载入示例数据' }).waitFor()
    await tab.page.route('**/control/example/load', (route) => route.abort())
    await tab.page.getByRole('button', { name: '载入示例数据' }).click()
    await tab.page.getByText('云环境没有回应').waitFor()
    tab.problems = tab.problems.filter((text) => !text.includes('ERR_FAILED'))
  })
})
