import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { expect } from 'vitest'
import { createPages } from '../../emulator/pages.ts'
import { PhoneBuilder } from '../../emulator/phone/build.ts'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.ts'
import { CloudKit } from '../cloud-kit.ts'
import { Phone } from './phone.ts'

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
