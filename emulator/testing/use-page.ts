import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { DEFINE_NAME } from './script-text.ts'

export { NO_PHONE } from './no-phone.ts'

export interface TestTab {
  /** The page of the test that runs. */
  readonly page: Page
  /** What its page has logged as errors. The test fails unless it is empty at the end. */
  problems: string[]
}

/** A page without an address stores nothing. */
const SKIP_GUIDE = `try { localStorage.setItem('console.guide', '"done"') } catch {}`

/**
 * Starts one browser for the tests of the file, and gives each test a new page. Dialogs are accepted.
 * @param isNewcomer whether the console shows its guide, as to somebody who opens it for the first time
 */
export function usePage({ isNewcomer = false } = {}): TestTab {
  let browser: Browser
  let page: Page | undefined
  const tab = {
    get page() {
      if (!page) throw new Error('the page opens before each test')
      return page
    },
    problems: [] as string[],
  }
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
  }, 180_000)
  afterAll(() => browser.close())
  beforeEach(async () => {
    tab.problems = []
    page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
    page.setDefaultTimeout(10_000)
    await page.addInitScript(DEFINE_NAME)
    if (!isNewcomer) await page.addInitScript(SKIP_GUIDE)
    page.on('pageerror', ({ message }) => tab.problems.push(message))
    page.on('console', (message) => message.type() === 'error' && tab.problems.push(message.text()))
    page.on('dialog', (dialog) => dialog.accept())
  })
  afterEach(async () => {
    await tab.page.close()
    expect(tab.problems).toEqual([])
  })
  return tab
}
