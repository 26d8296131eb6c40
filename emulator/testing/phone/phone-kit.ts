import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type Cloud, startCloud } from '../../cloud/cloud.ts'
import type { CloudOptions } from '../../cloud/cloud-options.ts'
import { ControlClient } from '../../control/client.ts'
import { type BuiltPhone, PhoneBuilder, type PhoneOptions } from '../../phone/build.ts'
import { createPages } from '../../server/pages.ts'
import { PhoneBrowser } from './phone-browser.ts'
import type { PhonePage } from './phone-page.ts'

/** Folder of the mini-program that most tests of the phone run. */
export const FIXTURE = fileURLToPath(new URL('../../phone/test/fixture', import.meta.url))

/** A cloud, without functions by default, and phones that run one mini-program. */
export class PhoneKit {
  readonly cloud: Cloud
  readonly control: ControlClient
  /** The first build of the mini-program. */
  readonly built: BuiltPhone
  /** Builds the mini-program again, as after one of its files was saved. */
  readonly rebuild: () => Promise<void>
  readonly #directory: string
  readonly #browser: PhoneBrowser

  private constructor(parts: {
    cloud: Cloud
    built: BuiltPhone
    rebuild: () => Promise<void>
    directory: string
    browser: PhoneBrowser
  }) {
    this.cloud = parts.cloud
    this.built = parts.built
    this.control = new ControlClient(parts.cloud.controlUrl)
    this.rebuild = parts.rebuild
    this.#directory = parts.directory
    this.#browser = parts.browser
  }

  /**
   * @param miniProgram what the phones run: the folder of a mini-program, or that with options
   * @param options of the cloud
   */
  static async start(
    miniProgram: string | PhoneOptions,
    options: Partial<CloudOptions> = {},
  ): Promise<PhoneKit> {
    const builder = new PhoneBuilder(miniProgram)
    const first = await builder.build()
    let built = first
    const noConsole = { html: '', script: '', style: '' }
    const directory = mkdtempSync(join(tmpdir(), 'phone-cloud-'))
    const functionsDirectory = join(directory, 'functions')
    mkdirSync(functionsDirectory)
    const cloud = await startCloud({
      dataDirectory: join(directory, 'data'),
      functionsDirectory,
      outlivesMachine: false,
      pages: createPages({ console: () => noConsole, phone: () => built }),
      ...options,
    })
    const rebuild = async () => {
      built = await builder.build()
      cloud.events.emit('code')
    }
    const browser = await PhoneBrowser.start(cloud.controlUrl)
    return new PhoneKit({ cloud, built: first, rebuild, directory, browser })
  }

  async stop(): Promise<void> {
    await this.#browser.stop()
    await this.cloud.close()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  /** Opens a phone of a WeChat user. */
  phone(openid: string, device?: string, model?: string): Promise<PhonePage> {
    return this.#browser.openPhone(openid, device, model)
  }

  /** Ends a test: closes the phones, resets the clock and expects that no phone logged an error. */
  async finish(): Promise<void> {
    const errors = await this.#browser.closePhones()
    await this.control.post('clock', { reset: true })
    expect(errors).toEqual([])
  }
}
