import { expect } from 'vitest'
import { PhoneBuilder } from 'wechat-cloud-emulator/phone'
import { createPages } from 'wechat-cloud-emulator/server'
import { PhoneBrowser, type PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { CloudKit } from '../support/cloud-kit.ts'

/** A cloud with the project's functions, and phones that run one mini-program. */
export class PhoneKit {
  readonly cloud: CloudKit
  readonly #browser: PhoneBrowser

  private constructor(cloud: CloudKit, browser: PhoneBrowser) {
    this.cloud = cloud
    this.#browser = browser
  }

  /** @param directory of the mini-program that the phones run */
  static async start(directory: string): Promise<PhoneKit> {
    const built = await new PhoneBuilder(directory).build()
    const noConsole = { html: '', script: '', style: '' }
    const cloud = await CloudKit.start({
      pages: createPages({ console: () => noConsole, phone: () => built }),
    })
    return new PhoneKit(cloud, await PhoneBrowser.start(cloud.cloud.controlUrl))
  }

  async stop(): Promise<void> {
    await this.#browser.stop()
    await this.cloud.stop()
  }

  /** Opens a phone of a WeChat user. */
  phone(openid: string, device?: string, model?: string): Promise<PhonePage> {
    return this.#browser.openPhone(openid, device, model)
  }

  /** Ends a test: closes the phones, resets the clock and expects that no phone logged an error. */
  async finish(): Promise<void> {
    const errors = await this.#browser.closePhones()
    await this.cloud.control.post('clock', { reset: true })
    expect(errors).toEqual([])
  }

  /** Closes the browser and opens it again. What the phones stored stays. */
  reopenBrowser(): Promise<void> {
    return this.#browser.restart()
  }
}
