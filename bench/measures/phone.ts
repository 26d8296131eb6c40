import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { createPages } from '../../emulator/pages.ts'
import { PhoneBuilder } from '../../emulator/phone/build.ts'
import { watchDirectory } from '../../emulator/watch.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { projectPath } from '../../scripts/project.ts'
import { login } from '../../test/phone/login-steps.ts'
import { Phone } from '../../test/phone/phone.ts'
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
      await withPhone(known, async (phone) => {
        await phone.page.goto(address('oBench'))
        await login(phone)
      })
      // Usable: the button for the account is there under this label, and so is everything before it.
      const launch = (context: BrowserContext, person: string, label: string) =>
        withPhone(context, (phone) =>
          timed(async () => {
            await phone.page.goto(address(person), { waitUntil: 'commit' })
            await phone.button(label).waitFor()
          }),
        )
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
      const reload = await withPhone(known, async (phone) => {
        await phone.page.goto(address('oBench'))
        return edits(phone, join(directory, HOME_TEMPLATE), progress)
      })
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

/** Opens a phone's page for as long as `use` takes. */
async function withPhone<Result>(
  context: BrowserContext,
  use: (phone: Phone) => Promise<Result>,
): Promise<Result> {
  const page = await context.newPage()
  const result = await use(new Phone(page))
  await page.close()
  return result
}

async function edits(phone: Phone, file: string, progress: (line: string) => void): Promise<number[]> {
  const template = readFileSync(file, 'utf8')
  const edit = () => {
    const mark = `第 ${performance.now()} 次`
    return timed(async () => {
      writeFileSync(file, `${template}<view>${mark}</view>`)
      await phone.text(mark).waitFor({ state: 'attached' })
    })
  }
  return (await interleave(ROUNDS, { edit }, (line) => progress(`edit, ${line}`))).edit
}
