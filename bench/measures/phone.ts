import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createPages } from '../../emulator/pages.ts'
import { PhoneBuilder } from '../../emulator/phone/build.ts'
import { watchDirectory } from '../../emulator/watch.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { projectPath } from '../../scripts/project.ts'
import { type Measure, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'
import { Stage } from '../stage.ts'

const ROUNDS = 15
const HOME_TEMPLATE = 'pages/index/index.wxml'
const NOTHING = { html: '', script: '', style: '' }

/**
 * From launch to a home page that can be used, in the browser phone: of somebody who was never here, and of somebody
 * whose token is kept and checked meanwhile. And from saving a file of the mini-program to seeing the change.
 */
export const phoneMeasure: Measure = {
  key: 'phoneMilliseconds',
  async run(progress) {
    const directory = mkdtempSync(join(tmpdir(), 'mini-program-'))
    cpSync(projectPath('miniprogram'), directory, { recursive: true })
    const builder = new PhoneBuilder(directory)
    let built = await builder.build()
    const pages = createPages({ console: () => NOTHING, phone: () => built })
    const stage = await Stage.open('ours', { pages })
    const stopWatching = watchDirectory(directory, async () => {
      built = await builder.build()
      stage.kit.cloud.changes.tell('code')
    })
    const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
    try {
      const address = (person: string) =>
        new URL(`/phone?openid=${person}&device=1`, stage.kit.cloud.controlUrl).href
      const known = await browser.newContext()
      await logIn(await known.newPage(), address('oBench'))
      const launch = (context: Awaited<ReturnType<Browser['newContext']>>, person: string, label: string) =>
        timedPage(context, (page) => timed(() => openHome(page, address(person), label)))
      const samples = await interleave(
        ROUNDS,
        {
          new: async () => {
            const context = await browser.newContext()
            const milliseconds = await launch(context, 'oBench-new', '登录')
            await context.close()
            return milliseconds
          },
          known: () => launch(known, 'oBench', '旅行者'),
        },
        progress,
      )
      const reload = await edits(await known.newPage(), address('oBench'), directory, progress)
      const rows = [
        ['launch to usable home page, somebody new', samples.new] as const,
        ['launch to usable home page, logged in', samples.known] as const,
        ['a saved file of the mini-program on the phone', reload] as const,
      ].map(([what, values]) => {
        const spread = spreadOf(values)
        return { what, ours: show(spread, 'ms', 0), against: '', result: spread.median, toReach: '' }
      })
      const [launchNew, launchLoggedIn, edit] = rows.map(({ result }) => round(result, 0))
      return { value: { launchNew, launchLoggedIn, edit }, rows }
    } finally {
      stopWatching()
      await browser.close()
      await stage.close()
      rmSync(directory, { recursive: true, force: true })
    }
  },
}

async function timedPage(
  context: { newPage(): Promise<Page> },
  work: (page: Page) => Promise<number>,
): Promise<number> {
  const page = await context.newPage()
  const milliseconds = await work(page)
  await page.close()
  return milliseconds
}

/** Usable: its button for the account is there under this label, and so is everything before it. */
async function openHome(page: Page, address: string, label: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' })
  await button(page, label).waitFor()
}

const screen = (page: Page) => page.frameLocator('iframe.screen').locator('.wx-page-layer:not([inert])')
const button = (page: Page, name: string) => screen(page).getByRole('button', { name, exact: true })

async function logIn(page: Page, address: string): Promise<void> {
  await openHome(page, address, '登录')
  await button(page, '登录').click()
  await screen(page).getByText('未登录').waitFor()
  await button(page, '登录').click()
  await screen(page).getByRole('checkbox').click()
  await button(page, '手机号快捷登录').click()
  await page.locator('.overlay').getByRole('button', { name: '允许', exact: true }).click()
  await screen(page).getByText('旅行者').waitFor()
  await page.close()
}

async function edits(
  page: Page,
  address: string,
  directory: string,
  progress: (line: string) => void,
): Promise<number[]> {
  const file = join(directory, HOME_TEMPLATE)
  const template = readFileSync(file, 'utf8')
  await page.goto(address)
  const { edit } = await interleave(
    ROUNDS,
    {
      edit: () => {
        const mark = `第 ${performance.now()} 次`
        return timed(async () => {
          writeFileSync(file, `${template}<view>${mark}</view>`)
          await screen(page).getByText(mark).waitFor({ state: 'attached' })
        })
      },
    },
    (line) => progress(`edit, ${line}`),
  )
  return edit
}
