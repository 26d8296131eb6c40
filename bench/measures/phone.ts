import { type BrowserContext, chromium } from 'playwright-core'
import { PhoneBuilder } from 'wechat-cloud-emulator/phone'
import { createPages } from 'wechat-cloud-emulator/server'
import { CHROMIUM_FLAGS, findChromium } from 'wechat-cloud-emulator/testing/chromium'
import { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { projectPath } from '../../scripts/lib/project.ts'
import { login } from '../../test/phone/login-steps.ts'
import { BenchCloud } from '../bench-cloud.ts'
import { type Measure, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'

const ROUNDS = 15
const NOTHING = { html: '', script: '', style: '' }

/**
 * In the browser phone: from launch to a usable home page, for a new user and for a user whose stored token is checked
 * in the background.
 */
export const phoneMeasure: Measure = {
  keys: ['phoneMilliseconds'],
  async run(progress) {
    const built = await new PhoneBuilder(projectPath('miniprogram')).build()
    const pages = createPages({ console: () => NOTHING, phone: () => built })
    const bench = await BenchCloud.open('ours', { pages })
    const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
    try {
      const address = (openid: string) =>
        new URL(`/phone?openid=${openid}&device=1`, bench.kit.cloud.controlUrl).href
      const known = await browser.newContext()
      await withPhone(known, async (phone) => {
        await phone.page.goto(address('oBench'))
        await login(phone)
      })
      // Usable: the button for the account shows this label, and everything before it is there.
      const launch = (context: BrowserContext, openid: string, label: string) =>
        withPhone(context, (phone) =>
          timed(async () => {
            await phone.page.goto(address(openid), { waitUntil: 'commit' })
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
      const rows = [
        ['launch to usable home page, somebody new', samples.new] as const,
        ['launch to usable home page, logged in', samples.known] as const,
      ].map(([what, values]) => {
        const spread = spreadOf(values)
        return { what, ours: show(spread, 'ms', 0), against: '', result: spread.median, toReach: '' }
      })
      const [launchNew, launchLoggedIn] = rows.map(({ result }) => round(result, 0))
      return { values: { phoneMilliseconds: { launchNew, launchLoggedIn } }, rows }
    } finally {
      await browser.close()
      await bench.close()
    }
  },
}

/** Opens a phone's page for as long as `use` takes. */
async function withPhone<Result>(
  context: BrowserContext,
  use: (phone: PhonePage) => Promise<Result>,
): Promise<Result> {
  const page = await context.newPage()
  const result = await use(new PhonePage(page))
  await page.close()
  return result
}
