import type { FrameLocator, Locator, Page } from 'playwright-core'
import type { Cloud } from 'wechat-cloud-emulator'
import { ControlClient } from 'wechat-cloud-emulator/control'
import { databaseName } from '../../../cloudfunctions/shared/database/collection-names.ts'
import { useForAWhile } from '../demo/used-app.ts'
import { projectPath } from '../project.ts'

const OTHER_DEVICES = [
  { model: 'Xiaomi 14', platform: 'android' },
  { model: 'MacBook Pro', platform: 'mac' },
]
const TOAST_MILLISECONDS = 2000

/**
 * Takes a picture of every page into docs/images/. Logs one user in on the phone on the way.
 * @param cloud with empty collections
 * @param dataDirectory of the cloud
 */
export async function takeScreenshots(page: Page, cloud: Cloud, dataDirectory: string): Promise<void> {
  await page.goto(new URL('/', cloud.sdkUrl).href)
  const phone = page.frameLocator('.phone iframe')
  await takePhone(page, phone)
  await takeAccount(page, phone, cloud)
  await useForAWhile(cloud.controlUrl, dataDirectory)
  await takeConsole(page, cloud)
  await takeTwoPhones(page)
}

/** Takes the pictures of one view of the console, from a cloud that many have used. @param cloud as above */
export async function takeView(page: Page, cloud: Cloud, dataDirectory: string, view: string): Promise<void> {
  await page.goto(new URL('/', cloud.sdkUrl).href)
  await useForAWhile(cloud.controlUrl, dataDirectory)
  await takeConsole(page, cloud, view)
}

/** Each view of the console, or one, light and dark. */
async function takeConsole(page: Page, cloud: Cloud, only?: string): Promise<void> {
  const base = new URL('/', cloud.sdkUrl).href
  const { calls } = await new ControlClient(cloud.controlUrl).get('calls?limit=1000')
  const login = calls.findLast((call) => call.functionName === 'login' && call.roundTrips.length > 4)
  const views: Record<string, string> = {
    users: 'users',
    operations: 'operations/list',
    database: `database/${databaseName('users')}`,
    files: 'files',
    calls: `calls/${login?.requestId}`,
    web: 'web',
    people: 'people',
    person: 'people/oWechatUser-A',
    figures: 'figures',
    faults: 'faults',
    machine: 'machine',
  }
  for (const [name, address] of Object.entries(views)) {
    if (only !== undefined && name !== only) continue
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${base}#${address}`)
      await settle(page)
      await page.screenshot({ path: picture(`console-${name}${colorScheme === 'dark' ? '-dark' : ''}`) })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

function topOf(phone: FrameLocator): Locator {
  return phone.frameLocator('iframe.screen').locator('.wx-page-layer:not([inert])')
}

async function take(page: Page, name: string): Promise<void> {
  await settle(page)
  // Taps may have scrolled the phone itself out of its frame.
  await page
    .frameLocator('.phone iframe')
    .locator('html')
    .evaluate((root) => root.scrollTo(0, 0))
  await page.locator('.phone iframe').screenshot({ path: picture(`phone-${name}`) })
}

/** Logs in on the phone and takes a picture of each page. */
async function takePhone(page: Page, phone: FrameLocator): Promise<void> {
  const top = topOf(phone)
  const tap = (name: string) => top.getByRole('button', { name, exact: true }).click()
  await top.getByText('大理', { exact: true }).click()
  await take(page, 'home')
  await tap('收藏并保存行程')
  await top.getByText('暂不登录').waitFor()
  await take(page, 'login')
  await tap('同意并登录')
  await take(page, 'number')
  await phone.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
  await top.getByText('想去哪里？').waitFor()
  await settle(page)
  await page.screenshot({ path: picture('overview') })
  await top.getByText('我的行程').click()
  await top.getByText('大理').waitFor()
  await take(page, 'trips')
}

/** From the trips page, takes the pages about the account of a user who is logged in on two more devices. */
async function takeAccount(page: Page, phone: FrameLocator, cloud: Cloud): Promise<void> {
  const control = new ControlClient(cloud.controlUrl)
  const top = topOf(phone)
  const tap = (name: string) => top.getByRole('button', { name, exact: true }).click()
  const open = (name: string) => top.getByRole('link', { name, exact: true }).click()
  const back = () => phone.getByRole('button', { name: '返回', exact: true }).click()
  const openid = String(cloud.database.documents('users')[0]?.['openid'])
  for (const device of OTHER_DEVICES) {
    await control.post('invoke', { function: 'login', openid, data: { device } })
  }
  await back()
  await tap('旅行者')
  await top.getByRole('button', { name: '更换头像' }).click()
  await phone.locator('.overlay').getByRole('button', { name: '用微信头像', exact: true }).click()
  await top.getByText('移除头像').waitFor()
  await page.waitForTimeout(TOAST_MILLISECONDS)
  await top.evaluate((layer) => layer.scrollTo(0, 0))
  await take(page, 'account')
  await open('登录设备')
  await top.getByText('当前设备').waitFor()
  await take(page, 'devices')
  await back()
  await open('我的数据')
  await tap('查看我的数据')
  await top.getByText('复制全部').waitFor()
  await take(page, 'my-data')
  await back()
  await open('注销账号')
  await top.getByRole('checkbox').click()
  await take(page, 'close-account')
}

/** Two phones of one user, right after the second has ended the session of the first. */
async function takeTwoPhones(page: Page): Promise<void> {
  const frames = ['iPhone 15', 'Xiaomi 14'].map((model, place) => {
    const query = new URLSearchParams({ openid: 'oWechatUser-B', device: `two-${place}`, model })
    return `<iframe src="/phone?${query}" style="width: 420px; height: 860px; border: 0"></iframe>`
  })
  await page.setViewportSize({ width: 860, height: 880 })
  await page.setContent(`<body style="margin: 10px; display: flex">${frames.join('')}</body>`)
  const [first, second] = [0, 1].map((place) => page.frameLocator('body > iframe').nth(place))
  if (!first || !second) return
  for (const phone of [first, second]) {
    const top = topOf(phone)
    await top.getByRole('button', { name: '登录', exact: true }).click()
    // The cloud knows the user of the second phone, so that it asks for no number.
    if (phone === first) {
      await top.getByRole('button', { name: '同意并登录', exact: true }).click()
      await phone.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
    }
    await top.getByText('旅行者').waitFor()
  }
  await topOf(second).getByRole('button', { name: '旅行者', exact: true }).click()
  await topOf(second).getByRole('link', { name: '登录设备', exact: true }).click()
  await topOf(second).getByRole('button', { name: '退出 iPhone 15', exact: true }).click()
  await second.locator('.overlay').getByRole('button', { name: '退出', exact: true }).click()
  await topOf(second).getByText('没有其他设备').waitFor()
  await topOf(first).getByRole('link', { name: '我的行程' }).click()
  await topOf(first).getByText('已在其他设备退出').waitFor()
  await page.waitForTimeout(TOAST_MILLISECONDS)
  for (const phone of [first, second]) await phone.locator('html').evaluate((root) => root.scrollTo(0, 0))
  await page.screenshot({ path: picture('two-phones') })
}

/** Waits for transitions and toasts to end. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(900)
}

function picture(name: string): string {
  return projectPath(`docs/images/${name}.png`)
}
