import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type BuiltPhone, PhoneBuilder } from 'wechat-cloud-emulator/phone'
import { readProject } from 'wechat-cloud-emulator/project'
import { createPages } from 'wechat-cloud-emulator/server'
import { ProjectCloud } from 'wechat-cloud-emulator/testing'
import { PhoneBrowser, type PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { LOGIN_COLLECTIONS } from '../../cloudfunctions/shared/database/collection-names.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'

/** Where an element's look is read. */
interface Page {
  getComputedStyle(element: unknown): { getPropertyValue(name: string): string }
}

/** Properties by which an app would notice that another style reaches its elements. */
const LOOK = [
  'width',
  'height',
  'margin',
  'padding',
  'color',
  'background-color',
  'font-size',
  'border',
] as const

/** What `npm install` would put beside the apps. */
const PACKAGES = ['@vant', 'miniprogram-api-typings']

/** A copy of one of the apps in `apps/`, a cloud with its functions, and phones that run it. */
export class AppKit {
  readonly #name: string
  readonly #builder: PhoneBuilder
  readonly #steps: { name: string; milliseconds: number }[] = []
  #built: BuiltPhone | undefined
  #cloud: ProjectCloud | undefined
  #browser: PhoneBrowser | undefined

  private constructor(
    name: string,
    /** The copy's folder. */
    readonly folder: string,
  ) {
    this.#name = name
    const { miniprogramRoot, npm, compilerPlugins, isStrict } = readProject(folder).project
    this.#builder = new PhoneBuilder({ directory: miniprogramRoot, npm, compilerPlugins, isStrict })
  }

  static async start(name: string): Promise<AppKit> {
    const folder = mkdtempSync(join(tmpdir(), `app-${name}-`))
    cpSync(projectPath(`test/add/apps/${name}/app`), folder, { recursive: true })
    mkdirSync(join(folder, 'node_modules'))
    for (const installed of PACKAGES) {
      symlinkSync(projectPath(`node_modules/${installed}`), join(folder, 'node_modules', installed))
    }
    const kit = new AppKit(name, folder)
    await kit.build()
    const noConsole = { html: '', script: '', style: '' }
    kit.#cloud = await ProjectCloud.start(folder, {
      variables: { ...makeSecrets() },
      pages: createPages({ console: () => noConsole, phone: () => kit.built }),
    })
    kit.#browser = await PhoneBrowser.start(kit.cloud.cloud.controlUrl)
    return kit
  }

  get cloud(): ProjectCloud {
    if (!this.#cloud) throw new Error('the cloud has not started')
    return this.#cloud
  }

  get built(): BuiltPhone {
    if (!this.#built) throw new Error('the app is not built')
    return this.#built
  }

  async stop(): Promise<void> {
    await this.#browser?.stop()
    await this.#cloud?.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Builds the app as it is now. */
  async build(): Promise<void> {
    this.#built = await this.#builder.build()
    expect(this.#built.errors).toEqual([])
  }

  /** `npm run add -- --to <copy> --yes …`, and in the console the collections that the functions need. */
  async addLogin(
    flags: readonly string[] = [],
    renamed: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const { output, errors, code } = await this.#step('npm run add', () =>
      runScript('add', ['--to', this.folder, '--yes', ...flags]),
    )
    // Without git the command says that only --remove takes the login out.
    expect(code, errors).toBe(0)
    expect(output).toContain('requireLogin')
    const names = LOGIN_COLLECTIONS.map((name) => renamed[name] ?? name)
    await this.#step('collections in the console', () => this.makeCollections(names, 'ADMINONLY'))
  }

  /** What the app's developer writes by hand: a page that asks for the login, and a function that is guarded. */
  async useLogin(): Promise<void> {
    const login = projectPath(`test/add/apps/${this.#name}/login`)
    await this.#step('lines of the app itself', async () => cpSync(login, this.folder, { recursive: true }))
    await this.#step('build', () => this.build())
  }

  /** A first login on the login page that is open. */
  async logIn(phone: PhonePage): Promise<void> {
    await this.#step('login in the phone', async () => {
      await phone.button('同意并登录').click()
      await phone.wechatButton('允许').click()
      await phone.toast('登录成功').waitFor()
    })
    const seconds = this.#steps.reduce((sum, step) => sum + step.milliseconds, 0) / 1000
    const names = this.#steps.map(({ name, milliseconds }) => `${name} ${(milliseconds / 1000).toFixed(1)} s`)
    console.log(`${this.#name}: ${names.length} steps, ${seconds.toFixed(1)} s: ${names.join(', ')}`)
  }

  /** How an element of the app looks. */
  look(phone: PhonePage, selector: string): Promise<string[]> {
    return phone.top
      .locator(selector)
      .first()
      .evaluate((element, names) => {
        const { getComputedStyle } = globalThis as unknown as Page
        const style = getComputedStyle(element)
        return names.map((name) => `${name}: ${style.getPropertyValue(name)}`)
      }, LOOK)
  }

  phone(openid: string): Promise<PhonePage> {
    if (!this.#browser) throw new Error('the browser has not started')
    return this.#browser.openPhone(openid)
  }

  /** Ends a test: closes the phones and expects that none logged an error. */
  async finish(): Promise<void> {
    expect(await this.#browser?.closePhones()).toEqual([])
  }

  /** Makes collections as an administrator does in the console. */
  async makeCollections(names: readonly string[], permission: 'ADMINONLY' | 'PRIVATE'): Promise<void> {
    for (const name of names) await this.cloud.control.post('collections', { name, permission })
  }

  async #step<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
    const started = performance.now()
    const result = await act()
    this.#steps.push({ name, milliseconds: performance.now() - started })
    return result
  }
}
