import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../chromium.ts'
import { DEFINE_NAME } from '../script-text.ts'
import { PhonePage } from './phone-page.ts'

/** A browser that holds the phones of one cloud. */
export class PhoneBrowser {
  readonly #controlUrl: string
  readonly #profile: string
  #context: BrowserContext
  #phones: PhonePage[] = []

  private constructor(controlUrl: string, profile: string, context: BrowserContext) {
    this.#controlUrl = controlUrl
    this.#profile = profile
    this.#context = context
  }

  /** @param controlUrl of the cloud; its origin serves the phone's page */
  static async start(controlUrl: string): Promise<PhoneBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
    return new PhoneBrowser(controlUrl, profile, await launch(profile))
  }

  /** Opens a phone of a WeChat user. @param model name of a phone model; the first one by default */
  async openPhone(openid: string, device = '1', model?: string): Promise<PhonePage> {
    const query = new URLSearchParams({ openid, device, ...(model === undefined ? {} : { model }) })
    const phone = await this.newPhone()
    await phone.page.goto(`${this.origin}/phone?${query}`)
    return phone
  }

  /** A phone whose page is empty yet. */
  async newPhone(): Promise<PhonePage> {
    const phone = new PhonePage(await this.#context.newPage())
    this.#phones.push(phone)
    return phone
  }

  /** Of the phones' pages. */
  get origin(): string {
    return new URL(this.#controlUrl).origin
  }

  /** Closes all phones. @returns the errors on them that the test has not taken */
  async closePhones(): Promise<string[]> {
    const phones = this.#phones
    this.#phones = []
    const errors = await Promise.all(phones.map((phone) => phone.allErrors()))
    await Promise.all(phones.map(({ page }) => page.close()))
    return errors.flat()
  }

  /** Closes all phones, whatever is on them, and removes what they stored. */
  async forget(): Promise<void> {
    const page = await this.#context.newPage()
    const phones = this.#phones
    this.#phones = []
    await Promise.all(phones.map((phone) => phone.page.close()))
    const session = await this.#context.newCDPSession(page)
    await session.send('Storage.clearDataForOrigin', { origin: this.origin, storageTypes: 'all' })
    await page.close()
  }

  /** Closes the browser and opens it again. What the phones stored stays. */
  async restart(): Promise<void> {
    this.#phones = []
    await this.#context.close()
    this.#context = await launch(this.#profile)
  }

  async stop(): Promise<void> {
    await this.#context.close()
    rmSync(this.#profile, { recursive: true, force: true })
  }
}

async function launch(profile: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 900, height: 900 },
    reducedMotion: 'reduce',
  })
  await context.addInitScript(DEFINE_NAME)
  return context
}
