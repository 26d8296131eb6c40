import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { createPages } from '../../emulator/pages.ts'
import { PhoneBuilder } from '../../emulator/phone/build.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { CloudKit } from '../cloud-kit.ts'

/** A cloud with phones on its own address, and a browser to hold them in. */
export class PhoneKit {
  readonly cloud: CloudKit
  /** Builds the mini-program again, as after a file of it was saved. */
  readonly rebuild: () => Promise<void>
  readonly #profile: string
  #context: BrowserContext
  #phones: Phone[] = []

  private constructor(parts: {
    cloud: CloudKit
    rebuild: () => Promise<void>
    profile: string
    context: BrowserContext
  }) {
    this.cloud = parts.cloud
    this.rebuild = parts.rebuild
    this.#profile = parts.profile
    this.#context = parts.context
  }

  /** @param directory of the mini-program that the phones run */
  static async start(directory: string): Promise<PhoneKit> {
    const builder = new PhoneBuilder(directory)
    let built = await builder.build()
    const nothing = { html: '', script: '', style: '' }
    const cloud = await CloudKit.start({ pages: createPages({ console: () => nothing, phone: () => built }) })
    const rebuild = async () => {
      built = await builder.build()
      cloud.cloud.changes.tell('code')
    }
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
    return new PhoneKit({ cloud, rebuild, profile, context: await openBrowser(profile) })
  }

  async stop(): Promise<void> {
    await this.#context.close()
    await this.cloud.stop()
    rmSync(this.#profile, { recursive: true, force: true })
  }

  /** Opens a person's phone. */
  async phone(openid: string, device = '1', model?: string): Promise<Phone> {
    const page = await this.#context.newPage()
    const query = new URLSearchParams({ openid, device, ...(model === undefined ? {} : { model }) })
    const { origin } = new URL(this.cloud.cloud.controlUrl)
    const phone = new Phone(page)
    this.#phones.push(phone)
    await page.goto(`${origin}/phone?${query}`)
    return phone
  }

  /** After each test: nothing went wrong on any phone, and all are put away. */
  async finish(): Promise<void> {
    const phones = this.#phones
    this.#phones = []
    const errors = await Promise.all(phones.map((phone) => phone.allErrors()))
    await Promise.all(phones.map(({ page }) => page.close()))
    await this.cloud.control.post('clock', { reset: true })
    expect(errors.flat()).toEqual([])
  }

  /** Closes the browser and opens it again; what was stored in it is still there. */
  async reopenBrowser(): Promise<void> {
    this.#phones = []
    await this.#context.close()
    this.#context = await openBrowser(this.#profile)
  }
}

function openBrowser(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 900, height: 900 },
    reducedMotion: 'reduce',
  })
}

/** One phone on the screen of a test. */
export class Phone {
  readonly page: Page
  /** What the mini-program shows. */
  readonly screen: FrameLocator

  readonly #pageErrors: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', ({ message }) => this.#pageErrors.push(message))
    page.setDefaultTimeout(10_000)
    this.screen = page.frameLocator('iframe.screen')
  }

  /** The page on top: those below are still in the document. */
  get top(): Locator {
    return this.screen.locator('.wx-page-layer:not([inert])')
  }

  button(name: string): Locator {
    return this.top.getByRole('button', { name, exact: true })
  }

  text(text: string | RegExp): Locator {
    return this.top.getByText(text)
  }

  /** A button of WeChat's own, in a sheet or dialog. */
  wechatButton(name: string): Locator {
    return this.page.locator('.overlay').getByRole('button', { name, exact: true })
  }

  /** Title in the navigation bar. */
  title(): Promise<string | null> {
    return this.page.locator('.navigation .title').textContent()
  }

  toast(text: string): Locator {
    return this.page.locator('.toast', { hasText: text })
  }

  back(): Promise<void> {
    return this.page.getByRole('button', { name: '返回', exact: true }).click()
  }

  /** What the tester's panel counts as gone wrong, and takes it off the list: the test expects it. */
  async takeErrors(): Promise<string[]> {
    const errors = await this.#listErrors()
    await this.panelButton('清空').click()
    this.#pageErrors.length = 0
    return errors
  }

  async allErrors(): Promise<string[]> {
    return [...(await this.#listErrors()), ...this.#pageErrors]
  }

  #listErrors(): Promise<string[]> {
    return this.page.evaluate(() => [...(globalThis as unknown as { __phoneErrors: string[] }).__phoneErrors])
  }

  /** A switch or choice of the tester's panel. */
  setting(label: string): Locator {
    return this.page.locator('.panel').getByLabel(label)
  }

  panelButton(name: string): Locator {
    return this.page.locator('.panel').getByRole('button', { name })
  }
}
