import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { CloudOptions } from '../../cloud/cloud-options.ts'
import { readProject } from '../../project/read-project.ts'
import { PhoneKit } from './phone-kit.ts'
import type { PhonePage } from './phone-page.ts'

/** The `wx` of a screen. */
interface Screen {
  wx: { reLaunch(options: object): void }
}

/** A cloud with the functions of a WeChat project, and phones that run its mini-program. */
export class ProjectKit {
  readonly kit: PhoneKit
  #phones: PhonePage[] = []

  private constructor(kit: PhoneKit) {
    this.kit = kit
  }

  /**
   * @param name folder below `test/projects`
   * @param options of the cloud
   */
  static async start(name: string, options: Partial<CloudOptions> = {}): Promise<ProjectKit> {
    const root = fileURLToPath(new URL(`../../test/projects/${name}`, import.meta.url))
    const { miniprogramRoot, cloudfunctionRoot, npm, compilerPlugins, isStrict } = readProject(root).project
    const functions = cloudfunctionRoot === undefined ? {} : { functionsDirectory: cloudfunctionRoot }
    const kit = await PhoneKit.start(
      { directory: miniprogramRoot, npm, compilerPlugins, isStrict },
      { ...functions, ...options },
    )
    return new ProjectKit(kit)
  }

  stop(): Promise<void> {
    return this.kit.stop()
  }

  async phone(openid: string): Promise<PhonePage> {
    const phone = await this.kit.phone(openid)
    this.#phones.push(phone)
    return phone
  }

  /** Ends a test: expects that no phone logged an error; notes are allowed. */
  async finish(): Promise<void> {
    const phones = this.#phones
    this.#phones = []
    const errors = await Promise.all(phones.map((phone) => phone.errors()))
    await Promise.all(phones.map((phone) => phone.forgetLog()))
    await this.kit.finish()
    expect(errors.flat()).toEqual([])
  }

  /** Opens these pages one after another, each alone on the stack. */
  async openEach(phone: PhonePage, urls: readonly string[]): Promise<void> {
    for (const url of urls) {
      const failure = await phone.screen.locator('body').evaluate(
        (_body, path) =>
          new Promise<string>((resolve) => {
            const { wx } = globalThis as unknown as Screen
            wx.reLaunch({
              url: `/${path}`,
              success: () => resolve(''),
              fail: ({ errMsg }: { errMsg: string }) => resolve(errMsg),
            })
          }),
        url,
      )
      expect([url, failure]).toEqual([url, ''])
      await phone.top.locator('*').first().waitFor({ state: 'attached' })
    }
  }

  /** Writes documents into a collection that it makes. */
  async seed(collection: string, documents: readonly Record<string, unknown>[] = []): Promise<void> {
    await this.kit.control.post('collections', { name: collection, permission: 'ADMINONLY' })
    for (const document of documents) {
      await this.kit.control.put(`collections/${collection}/documents`, { document })
    }
  }

  documents(collection: string): Record<string, unknown>[] {
    return this.kit.cloud.database.documents(collection)
  }
}
