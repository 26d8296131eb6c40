import type { Frame } from 'playwright-core'
import { KitError } from '../../kit-error.ts'
import type { PhonePage } from '../../phone/phone-page.ts'
import { Quiescence } from '../../phone/quiescence.ts'
import { type Duration, millisecondsOf } from '../duration.ts'
import { NotYet, type Patience, waitFor } from '../patience.ts'
import {
  type ApiReplacement,
  type Dialog,
  describeSeveral,
  describeTarget,
  hasText,
  type MiniProgramScope,
  type NumberWithheld,
  notAnImage,
  nthOf,
  selectorOf,
  type Target,
  textOf,
} from '../phone.ts'
import type { CallFilter, CallHandler, EndCallRule, FunctionCall, HeldCall } from '../phone-calls.ts'
import type { PhoneWithLanguage } from '../phones.ts'
import { BrowserCalls } from './browser-calls.ts'
import { applyConditions, setClockAhead, setReplacement } from './conditions.ts'
import { cssSelectorOf } from './css-selector.ts'
import type { DomWindow } from './dom.ts'
import { type Search, searchScreen } from './screen-reader.ts'
import { recordToasts } from './toast-record.ts'
import { isDisabledElement, pictureSource, scrollToEnd, storeLanguage, textsAt } from './window-scripts.ts'
import { readClipboard, readStorage, writeStorage } from './wx-scripts.ts'

/** What a browser phone is opened with. */
export interface BrowserPhoneOptions {
  openid: string
  device: string
  patience: Patience
  /** Opens an empty page, once. */
  newPage: () => Promise<PhonePage>
  origin: () => string
  /** @throws KitError unless the mini-program has the page */
  checkPage: (url: string) => void
}

/** In the phone's window. */
interface PhoneWindow {
  phone: {
    settings: { change(changes: object): void }
    clock: { follow(): Promise<void> }
    leave(): void
  }
  __phoneErrors: string[]
  __kitToasts?: string[]
}

/** In the screen's window. */
interface ScreenWindow {
  getCurrentPages(): { route: string; options: Record<string, string> }[]
}

const PAGE_ON_TOP = '.wx-page-layer:not([inert])'
const OVERLAY = '.overlay .veil:last-child'
const TAB_BAR = '.tab-bar'

/** A phone in a real browser. */
export class BrowserPhone implements PhoneWithLanguage {
  readonly openid: string
  language = 'zh_CN'
  readonly #options: BrowserPhoneOptions
  #opened: { phonePage: PhonePage; quiescence: Quiescence } | undefined
  #errorsRead = 0
  #languageSet = 'zh_CN'
  #calls = this.#newCalls()

  constructor(options: BrowserPhoneOptions) {
    this.openid = options.openid
    this.#options = options
  }

  /** The phone's page in the browser, for what the kit has no method for. @throws KitError before `open` */
  get browserPage(): PhonePage {
    return this.#phone.phonePage
  }

  async open(url = ''): Promise<void> {
    this.#options.checkPage(url)
    this.#opened ??= await this.#newPage()
    const { phonePage, quiescence } = this.#opened
    const { openid, device } = this.#options
    const query = new URLSearchParams({ openid, device, path: url.replace(/^\//, '') })
    this.#errorsRead = 0
    await this.#setLanguage(phonePage)
    await phonePage.page.goto(`${this.#options.origin()}/phone?${query}`)
    await this.#until(async () => {
      const screen = this.#screenIfLoaded()
      const isShown = await screen?.locator(`${PAGE_ON_TOP} *`).count()
      return isShown ? true : new NotYet('小程序没有打开页面 · the mini-program opened no page')
    })
    await quiescence.reached(this.#options.patience.timeoutMilliseconds)
  }

  async tap(target: Target): Promise<void> {
    const { frame, index } = await this.#find(target, { isField: false })
    await frame
      .locator(`[data-kit="${index}"]`)
      .click({ timeout: this.#options.patience.timeoutMilliseconds })
    await this.#settle()
  }

  async type(field: Target, text: string): Promise<void> {
    const { frame, index } = await this.#find(field, { isField: true })
    await frame
      .locator(`[data-kit="${index}"]`)
      .fill(text, { timeout: this.#options.patience.timeoutMilliseconds })
    await this.#settle()
  }

  async see(text: string | RegExp): Promise<void> {
    await this.#until(async () =>
      hasText(await this.#everything(), text) ? true : new NotYet(`没有出现 · not on the screen: ${text}`),
    )
  }

  async gone(text: string | RegExp): Promise<void> {
    await this.#until(async () =>
      hasText(await this.#everything(), text)
        ? new NotYet(`还在屏幕上 · still on the screen: ${text}`)
        : true,
    )
  }

  async count(target: Target): Promise<number> {
    const search = searchFor(target, PAGE_ON_TOP, false)
    return (await this.#screen().evaluate(searchScreen, search)).matches.length
  }

  async isDisabled(target: Target): Promise<boolean> {
    const { frame, index } = await this.#find(target, { isField: false, isRead: true })
    return frame.locator(`[data-kit="${index}"]`).evaluate(isDisabledElement)
  }

  async value(field: Target): Promise<string> {
    const { frame, index } = await this.#find(field, { isField: true, isRead: true })
    return frame.locator(`[data-kit="${index}"]`).inputValue()
  }

  async picture(target: Target): Promise<string> {
    const { frame, index } = await this.#find(target, { isField: false })
    const source = await frame.locator(`[data-kit="${index}"]`).evaluate(pictureSource)
    if (source === undefined) throw notAnImage(target)
    return source
  }

  text(): Promise<string> {
    return this.#textIn(this.#screen(), PAGE_ON_TOP)
  }

  async page(): Promise<string> {
    return (await this.pages()).at(-1) ?? ''
  }

  pages(): Promise<string[]> {
    return this.#screen().evaluate(() => {
      const { getCurrentPages } = globalThis as unknown as ScreenWindow
      return getCurrentPages().map(({ route, options }) => {
        const query = Object.entries(options ?? {}).map(([name, value]) => `${name}=${value}`)
        return query.length === 0 ? route : `${route}?${query.join('&')}`
      })
    })
  }

  toast(): Promise<string> {
    return this.#until(async () => {
      const toast = await this.#page.evaluate(() =>
        (globalThis as unknown as PhoneWindow).__kitToasts?.shift(),
      )
      return toast ?? new NotYet('没有（新的）提示框 · no (further) toast')
    })
  }

  toasts(): Promise<string[]> {
    return this.#page.evaluate(() => {
      const { __kitToasts } = globalThis as unknown as PhoneWindow
      return __kitToasts?.splice(0) ?? []
    })
  }

  dialog(): Promise<Dialog> {
    return this.#until(async () => {
      const dialog = await this.#page.evaluate((overlay) => {
        const { document } = globalThis as unknown as DomWindow
        const [box] = document.querySelectorAll(overlay)
        if (!box) return undefined
        const buttons = [...box.querySelectorAll('button')].map(({ textContent }) => textContent ?? '')
        return { text: box.innerText, buttons }
      }, OVERLAY)
      return dialog ?? new NotYet('没有对话框 · no dialog')
    })
  }

  allowNumber(): Promise<void> {
    return this.#answerNumber('允许')
  }

  refuseNumber(): Promise<void> {
    return this.#answerNumber('拒绝')
  }

  withholdNumber(reason: NumberWithheld | undefined): Promise<void> {
    return this.#changeSettings({ phone: reason ?? 'ask' })
  }

  async chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = this.#page.locator('.avatar-file')
    await this.#until(async () => {
      await this.#dialogAfterPrivacy()
      const isAsked = (await file.count()) > 0
      return isAsked || new NotYet('微信没有在要头像 · WeChat does not ask for an avatar')
    })
    const buffer = Buffer.from(content)
    const chosen = { name: 'chosen', mimeType: imageTypeOf(buffer), buffer }
    await file.setInputFiles(chosen)
    await this.#settle()
  }

  async back(): Promise<void> {
    if ((await this.pages()).length < 2)
      throw new KitError('没有可返回的页面 · there is no page to go back to')
    await this.browserPage.back()
    await this.#settle()
  }

  async pullDown(): Promise<void> {
    await this.browserPage.panelButton('下拉刷新').click()
    await this.#settle()
  }

  async reachBottom(): Promise<void> {
    const hasScrolled = await this.#screen().evaluate(scrollToEnd, PAGE_ON_TOP)
    if (!hasScrolled) throw new KitError('页面不比屏幕长 · the page is not longer than the screen')
    await this.#settle()
  }

  async hide(): Promise<void> {
    await this.#page.evaluate(() => (globalThis as unknown as PhoneWindow).phone.leave())
    await this.#settle()
  }

  async show(): Promise<void> {
    await this.#page.locator('.overlay .away').click()
    await this.#settle()
  }

  async setClock(ahead: Duration): Promise<void> {
    await this.#page.evaluate(setClockAhead, millisecondsOf(ahead))
  }

  goOffline(): Promise<void> {
    return this.#changeSettings({ offline: true })
  }

  goOnline(): Promise<void> {
    return this.#changeSettings({ offline: false })
  }

  async calls(): Promise<FunctionCall[]> {
    return this.#calls.take()
  }

  async holdCall(filter: CallFilter, moment = 'answer'): Promise<HeldCall> {
    await this.#calls.intercept()
    return this.#calls.hold(filter, moment === 'request')
  }

  async answerCalls(filter: CallFilter, handler: CallHandler, times?: number): Promise<EndCallRule> {
    await this.#calls.intercept()
    return this.#calls.answer(filter, handler, times)
  }

  async evaluate<Result, Argument>(
    script: (scope: MiniProgramScope, argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> {
    const scope = '{ wx, getCurrentPages, getApp }'
    const result = await this.#screen().evaluate(`(${script})(${scope}, ${JSON.stringify(argument)})`)
    await this.#settle()
    return result as Awaited<Result>
  }

  storage(): Promise<Record<string, unknown>>
  storage(key: string): Promise<unknown>
  storage(key?: string): Promise<unknown> {
    return this.#screen().evaluate(readStorage, key)
  }

  store(key: string, value: unknown): Promise<void> {
    return this.#screen().evaluate(writeStorage, { key, value })
  }

  clipboard(): Promise<string> {
    return this.#screen().evaluate(readClipboard)
  }

  replaceApi(name: string, replacement: ApiReplacement): Promise<void> {
    return this.#screen().evaluate(setReplacement, { name, replacement })
  }

  restoreApi(name: string): Promise<void> {
    return this.#screen().evaluate(setReplacement, { name })
  }

  async errors(): Promise<string[]> {
    const errors = await this.browserPage.errors()
    const fresh = errors.slice(this.#errorsRead)
    this.#errorsRead = errors.length
    return fresh
  }

  /** The phone has the cloud's time. */
  async followClock(): Promise<void> {
    if (this.#opened)
      await this.#page.evaluate(() => (globalThis as unknown as PhoneWindow).phone.clock.follow())
  }

  /** Its page in the browser is gone. */
  close(): void {
    this.#opened = undefined
    this.#calls = this.#newCalls()
    this.language = 'zh_CN'
    this.#languageSet = 'zh_CN'
  }

  async #newPage(): Promise<{ phonePage: PhonePage; quiescence: Quiescence }> {
    const phonePage = await this.#options.newPage()
    const quiescence = new Quiescence(phonePage.page)
    await phonePage.page.addInitScript(recordToasts)
    await phonePage.page.addInitScript(applyConditions)
    await this.#calls.listen(phonePage.page, quiescence)
    return { phonePage, quiescence }
  }

  /** Before the mini-program starts, which asks for it. */
  async #setLanguage({ page }: PhonePage): Promise<void> {
    const { openid, device } = this.#options
    const key = `phone/${openid}/${device}/settings/tester`
    if (this.language !== this.#languageSet)
      await page.addInitScript(storeLanguage, { key, language: this.language })
    this.#languageSet = this.language
  }

  #newCalls(): BrowserCalls {
    return new BrowserCalls({
      settle: () => this.#settle(),
      until: async (isSo, reason) => void (await this.#until(async () => isSo() || new NotYet(reason))),
    })
  }

  async #answerNumber(answer: string): Promise<void> {
    await this.#until(async () => {
      const dialog = await this.#dialogAfterPrivacy()
      const isAsked = dialog.buttons.includes('允许') && dialog.text.includes('手机号')
      return isAsked ? dialog : new NotYet('微信没有在要手机号 · WeChat does not ask for the phone number')
    })
    await this.#clickInOverlay(answer)
  }

  /** WeChat asks for consent to its privacy guide first, once for each person. */
  async #dialogAfterPrivacy(): Promise<Dialog> {
    const dialog = await this.dialog()
    if (!isPrivacySheet(dialog)) return dialog
    await this.#clickInOverlay('同意')
    return this.dialog()
  }

  async #clickInOverlay(name: string): Promise<void> {
    await this.browserPage.wechatButton(name).click()
    await this.#settle()
  }

  async #find(
    target: Target,
    { isField, isRead = false }: { isField: boolean; isRead?: boolean },
  ): Promise<{ frame: Frame; index: number }> {
    return this.#until(async () => {
      for (const [frame, within] of isRead ? [this.#pageLayer()] : await this.#layers()) {
        const { matches } = await frame.evaluate(searchScreen, searchFor(target, within, isField))
        const index = nthOf(target) ?? 0
        const match = matches[index]
        if (!match) continue
        if (matches.length > 1 && nthOf(target) === undefined)
          return new NotYet(describeSeveral(target, matches.length))
        if (match.isDisabled && !isRead) return new NotYet(`${describeTarget(target)} 是禁用的 · is disabled`)
        return { frame, index }
      }
      return new NotYet(
        `没有找到 · nothing matches ${describeTarget(target)}${isField ? '（输入框 · a field）' : ''}`,
      )
    })
  }

  /** Where a finger reaches something: what is above hides what is below. */
  async #layers(): Promise<[Frame, string][]> {
    const main = this.#page.mainFrame()
    if ((await main.locator(OVERLAY).count()) > 0) return [[main, OVERLAY]]
    return [this.#pageLayer(), [main, TAB_BAR]]
  }

  #pageLayer(): [Frame, string] {
    return [this.#screen(), PAGE_ON_TOP]
  }

  async #everything(): Promise<string> {
    const screen = this.#screenIfLoaded()
    const texts = await Promise.all([
      this.#page.evaluate(textsAt, `.navigation .title, .overlay, .toasts, ${TAB_BAR}`),
      screen ? this.#textIn(screen, PAGE_ON_TOP) : '',
    ])
    return texts.join('\n')
  }

  async #screenForMessage(): Promise<string> {
    const errors = await this.browserPage.errors()
    const thrown = errors.length === 0 ? '' : `\n小程序出错 · the mini-program threw:\n${errors.join('\n')}`
    return `${await this.#everything()}${thrown}`
  }

  #textIn(frame: Frame, selector: string): Promise<string> {
    return frame.evaluate(textsAt, selector)
  }

  async #changeSettings(changes: object): Promise<void> {
    await this.#page.evaluate(
      (values) => (globalThis as unknown as PhoneWindow).phone.settings.change(values),
      changes,
    )
    await this.#settle()
  }

  #settle(): Promise<void> {
    return this.#phone.quiescence.reached(this.#options.patience.timeoutMilliseconds)
  }

  #until<Value>(attempt: () => Promise<Value | NotYet>): Promise<Value> {
    const { patience } = this.#options
    return waitFor({ attempt, patience, screen: () => this.#screenForMessage() })
  }

  get #phone() {
    if (this.#opened) return this.#opened
    throw new KitError('先用 phone.open() 打开小程序 · open the mini-program first: phone.open()')
  }

  get #page() {
    return this.#phone.phonePage.page
  }

  #screenIfLoaded(): Frame | undefined {
    return this.#page.frames().find((frame) => frame.url().includes('part=screen'))
  }

  #screen(): Frame {
    const screen = this.#screenIfLoaded()
    if (!screen) throw new KitError('小程序还没有载入 · the mini-program has not loaded')
    return screen
  }
}

/** As a person's picture has it; empty for what is none. */
function imageTypeOf(content: Buffer): string {
  const types = { ffd8ff: 'image/jpeg', '89504e': 'image/png', '474946': 'image/gif' }
  return types[content.toString('hex', 0, 3) as keyof typeof types] ?? ''
}

function isPrivacySheet({ text, buttons }: Dialog): boolean {
  return text.includes('隐私保护指引') && buttons.includes('同意')
}

function searchFor(target: Target, within: string, isField: boolean): Search {
  const selector = selectorOf(target)
  if (selector !== undefined) return { within, selector: cssSelectorOf(selector), isField }
  const text = textOf(target)
  if (typeof text === 'string') return { within, text, isField }
  return { within, pattern: { source: text.source, flags: text.flags }, isField }
}
