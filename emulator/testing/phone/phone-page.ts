import type { FrameLocator, Locator, Page } from 'playwright-core'
import { Quiescence } from './quiescence.ts'

export interface Appearance {
  theme?: 'light' | 'dark'
  /** Steps from WeChat's standard font size: from -1 to 5. */
  fontStep?: number
  /** WeChat's language, such as `zh_CN` or `en`. */
  language?: string
}

interface PhoneWindow {
  phone: { settings: { change(changes: object): void }; checkPage(): string[] }
}

/** What the browser calls a thrown value that is no error. */
const THROWN_OBJECT = 'Object'

/** The page of a phone, for tests. */
export class PhonePage {
  readonly page: Page
  /** The mini-program's screen. */
  readonly screen: FrameLocator

  readonly #pageErrors: string[] = []
  readonly #quiescence: Quiescence

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', ({ message }) => this.#pageErrors.push(message))
    page.setDefaultTimeout(10_000)
    this.#quiescence = new Quiescence(page)
    this.screen = page.frameLocator('iframe.screen')
  }

  /** The top page. The pages below are in the document, too. */
  get top(): Locator {
    return this.screen.locator('.wx-page-layer:not([inert])')
  }

  button(name: string): Locator {
    return this.top.getByRole('button', { name, exact: true })
  }

  text(text: string | RegExp): Locator {
    return this.top.getByText(text)
  }

  /** A button of WeChat in a sheet or dialog. */
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

  /**
   * Runs a function in the mini-program, where `wx` is, and gives its awaited result.
   * @param script uses nothing from around it
   */
  run<Argument, Result>(
    script: (argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> {
    const screen = this.page.frames().find((frame) => frame.url().includes('part=screen'))
    if (!screen) throw new Error('the screen has not loaded yet')
    return screen.evaluate(script as (argument: unknown) => Result, argument) as Promise<Awaited<Result>>
  }

  back(): Promise<void> {
    return this.page.getByRole('button', { name: '返回', exact: true }).click()
  }

  /** Reads the errors and notes in the tester's panel and clears them: the test expects these. */
  async takeErrors(): Promise<string[]> {
    const errors = await this.#listErrors()
    await this.panelButton('清空').click()
    this.#pageErrors.length = 0
    return errors
  }

  /** The errors without the notes: what keeps a mini-program from working. */
  async errors(): Promise<string[]> {
    const logged = await this.page.evaluate(() => [
      ...(globalThis as unknown as { __phoneErrors: string[] }).__phoneErrors,
    ])
    // The browser says once more, and shorter, what the phone has logged.
    const others = this.#pageErrors.filter(
      (message) => message !== THROWN_OBJECT && !logged.some((text) => text.includes(message)),
    )
    return [...logged, ...others]
  }

  /** Clears the errors and notes, which the test has read or ignores. */
  async forgetLog(): Promise<void> {
    if ((await this.allErrors()).length > 0) await this.takeErrors()
  }

  async allErrors(): Promise<string[]> {
    return [...(await this.#listErrors()), ...this.#pageErrors]
  }

  #listErrors(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { __phoneLog: log } = globalThis as unknown as { __phoneLog: { text: string }[] }
      return log.map(({ text }) => text)
    })
  }

  /** A setting in the tester's panel. */
  setting(label: string): Locator {
    return this.page.locator('.panel').getByLabel(label)
  }

  /** WeChat's dark mode and font size, as the tester's panel sets them. Another font size restarts the mini-program. */
  async setAppearance(appearance: Appearance): Promise<void> {
    await this.page.evaluate(
      (changes) => (globalThis as unknown as PhoneWindow).phone.settings.change(changes),
      appearance,
    )
  }

  /** Waits until the mini-program shows a page and no request is under way, nor follows. */
  async settle(): Promise<void> {
    await this.top.locator('wx-page > *').first().waitFor({ state: 'attached' })
    await this.#quiescence.reached(10_000)
  }

  /** What an eye or a finger stumbles over on the page on top, one line each. */
  faults(): Promise<string[]> {
    return this.page.evaluate(() => (globalThis as unknown as PhoneWindow).phone.checkPage())
  }

  panelButton(name: string): Locator {
    return this.page.locator('.panel').getByRole('button', { name })
  }
}
