import { writeFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import type { Cloud } from 'wechat-cloud-emulator'
import { projectPath } from '../project.ts'
import { animatedPng, type Frame } from './animated-png.ts'

/** What somebody new taps, from the first page to being in: on the page, or in WeChat's own sheet over it. */
const TAPS: readonly { on: 'page' | 'sheet'; role: 'button'; name: string }[] = [
  { on: 'page', role: 'button', name: '登录' },
  { on: 'page', role: 'button', name: '同意并登录' },
  { on: 'sheet', role: 'button', name: '允许' },
]
/** On the page that somebody sees who is in. */
const IS_IN = '旅行者'

const WINDOW = { width: 430, height: 900 }
/** The file stays small. */
const SCALE = 0.6
const TAP_MILLISECONDS = 1100
const END_MILLISECONDS = 2600
const SETTLE_MILLISECONDS = 900
/** For slow machines. */
const PATIENCE_MILLISECONDS = 120_000

/** The login of somebody new, as an animated PNG: each tap is marked. @returns its size in bytes */
export async function takeAnimation(browser: Browser, cloud: Cloud): Promise<number> {
  const page = await browser.newPage({ viewport: WINDOW, deviceScaleFactor: SCALE })
  page.setDefaultTimeout(PATIENCE_MILLISECONDS)
  const query = new URLSearchParams({ openid: 'oWechatUser-N', device: 'n1' })
  await page.goto(new URL(`/phone?${query}`, cloud.sdkUrl).href)
  const top = page.frameLocator('iframe.screen').locator('.wx-page-layer:not([inert])')
  const frames: Frame[] = []
  for (const { on, role, name } of TAPS) {
    const where = on === 'page' ? top : page.locator('.overlay')
    const target = where.getByRole(role, { name, exact: true })
    await target.waitFor()
    await page.waitForTimeout(SETTLE_MILLISECONDS)
    await mark(page, target)
    frames.push({ png: await picture(page), milliseconds: TAP_MILLISECONDS })
    await mark(page)
    await target.click()
  }
  await top.getByText(IS_IN).waitFor()
  await page.waitForTimeout(SETTLE_MILLISECONDS)
  frames.push({ png: await picture(page), milliseconds: END_MILLISECONDS })
  await page.close()
  const animation = animatedPng(frames)
  writeFileSync(projectPath('docs/images/login.png'), animation)
  return animation.length
}

function picture(page: Page): Promise<Uint8Array> {
  return page.locator('main.phone').screenshot()
}

/** Draws a finger's dot on an element; without one, takes the dot away. */
async function mark(page: Page, target?: Locator): Promise<void> {
  await target?.scrollIntoViewIfNeeded()
  const box = await target?.boundingBox()
  const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [-100, -100]
  await page.evaluate(
    `(() => {
      const dot = document.querySelector('.tap-dot') ?? document.body.appendChild(document.createElement('i'))
      dot.className = 'tap-dot'
      dot.style = 'position:fixed;z-index:99;left:${x - 22}px;top:${y - 22}px;width:44px;height:44px;border-radius:50%;' +
        'background:rgb(255 140 0 / 45%);border:3px solid #ff8c00;box-sizing:border-box;pointer-events:none'
    })()`,
  )
}
