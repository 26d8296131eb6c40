/** `npm run screenshots`: pictures of every page into docs/images/, from a cloud and a browser of its own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type FrameLocator, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { ensureCollections } from './ensure-collections.ts'
import { openCloud } from './open-cloud.ts'
import { projectPath } from './project.ts'
import { Workshop } from './workshop.ts'

const dataDirectory = mkdtempSync(join(tmpdir(), 'screenshots-'))
const workshop = await Workshop.build()
const cloud = await openCloud({ dataDirectory, port: 0, pages: workshop.pages })
ensureCollections(cloud)
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
try {
  mkdirSync(projectPath('docs/images'), { recursive: true })
  await takeAll(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
} finally {
  await browser.close()
  await cloud.close()
  rmSync(dataDirectory, { recursive: true, force: true })
}

async function takeAll(page: Page): Promise<void> {
  await page.goto(new URL('/', cloud.sdkUrl).href)
  const phone = page.frameLocator('.phone iframe')
  await takePhone(page, phone)
  for (const section of ['users', 'calls', 'database', 'people', 'faults', 'machine']) {
    await page.goto(`${new URL('/', cloud.sdkUrl).href}#${section}`)
    await settle(page)
    await page.screenshot({ path: picture(`console-${section}`) })
  }
}

/** One login on the phone, a picture at each page of it. */
async function takePhone(page: Page, phone: FrameLocator): Promise<void> {
  const top = phone.frameLocator('iframe.screen').locator('.wx-page-layer:not([inert])')
  const take = async (name: string) => {
    await settle(page)
    await page.locator('.phone iframe').screenshot({ path: picture(`phone-${name}`) })
  }
  const tap = (name: string) => top.getByRole('button', { name, exact: true }).click()
  await top.getByText('大理', { exact: true }).click()
  await take('home')
  await tap('收藏并保存行程')
  await top.getByText('暂不登录').waitFor()
  await take('login')
  await tap('手机号快捷登录')
  await take('consent')
  await tap('同意并登录')
  await take('number')
  await phone.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
  await top.getByText('想去哪里？').waitFor()
  await settle(page)
  await page.screenshot({ path: picture('overview') })
  await top.getByText('我的行程').click()
  await top.getByText('大理').waitFor()
  await take('trips')
}

/** Transitions and toasts come to rest. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(900)
}

function picture(name: string): string {
  return projectPath(`docs/images/${name}.png`)
}
