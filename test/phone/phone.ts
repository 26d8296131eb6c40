import type { FrameLocator, Locator, Page } from 'playwright-core'

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
