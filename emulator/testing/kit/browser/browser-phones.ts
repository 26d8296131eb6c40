import { createRequire } from 'node:module'
import type { Cloud } from '../../../cloud/cloud.ts'
import { installedChromium } from '../../chromium.ts'
import { KitError } from '../../kit-error.ts'
import type { PhoneBrowser } from '../../phone/phone-browser.ts'
import { quoteFailedCalls } from '../failed-calls.ts'
import type { MiniProgramUnderTest } from '../mini-program-under-test.ts'
import type { Patience } from '../patience.ts'
import type { PhoneMaker } from '../phones.ts'
import { BrowserPhone } from './browser-phone.ts'

/** Makes phones in one real browser, which starts with the first of them. */
export class BrowserPhones implements PhoneMaker {
  readonly #cloud: Cloud
  readonly #program: MiniProgramUnderTest
  readonly #patience: Patience
  #browser: Promise<PhoneBrowser> | undefined
  readonly #phones: BrowserPhone[] = []

  constructor(cloud: Cloud, program: MiniProgramUnderTest, patience: Patience) {
    this.#cloud = cloud
    this.#program = program
    this.#patience = patience
  }

  make(openid: string, device: string): BrowserPhone {
    const phone = new BrowserPhone({
      openid,
      device,
      patience: this.#patience,
      failedCalls: () => quoteFailedCalls(this.#cloud),
      newPage: async () => {
        await this.#program.built()
        this.#browser ??= startBrowser(this.#cloud.controlUrl)
        return (await this.#browser).newPhone()
      },
      origin: () => new URL(this.#cloud.controlUrl).origin,
      checkPage: (url) => this.#program.checkPage(url),
    })
    this.#phones.push(phone)
    return phone
  }

  async followClock(): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.followClock()))
  }

  /** Closes all phones and forgets what they stored. */
  async reset(): Promise<void> {
    for (const phone of this.#phones) phone.close()
    await (await this.#browser)?.forget()
  }

  async stop(): Promise<void> {
    const browser = this.#browser
    this.#browser = undefined
    await (await browser)?.stop()
    this.#program.remove()
  }
}

async function startBrowser(controlUrl: string): Promise<PhoneBrowser> {
  if (!isInstalled('playwright-core')) {
    throw new KitError(
      '浏览器里的手机需要 playwright-core：npm install -D playwright-core · a phone in a browser needs it',
    )
  }
  if (installedChromium() === undefined) {
    throw new KitError(
      '没有找到 Chrome、Chromium 或 Edge：请安装一个，或用 CHROMIUM_PATH 指定 · no Chrome, Chromium or Edge here: install one (npx playwright-core install chromium), or set CHROMIUM_PATH',
    )
  }
  const { PhoneBrowser } = await import('../../phone/phone-browser.ts')
  return PhoneBrowser.start(controlUrl)
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}
