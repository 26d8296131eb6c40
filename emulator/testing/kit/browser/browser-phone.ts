import type { Locator, Page } from 'playwright-core'
import { readValue, storeValue } from '../../../phone/browser/wx/storage-values.ts'
import { KitError } from '../../kit-error.ts'
import type { PhonePage } from '../../phone/phone-page.ts'
import { Quiescence } from '../../phone/quiescence.ts'
import { callText, scriptText } from '../../script-text.ts'
import { type Duration, millisecondsOf } from '../duration.ts'
import { MOST_RUNS } from '../most-runs.ts'
import { NotYet, type Patience, waitFor } from '../patience.ts'
import {
  type ApiReplacement,
  type Choice,
  type Dialog,
  hasText,
  type MiniProgramScope,
  type NumberWithheld,
  notAnImage,
  type Target,
} from '../phone.ts'
import type { CallFilter, CallHandler, EndCallRule, FunctionCall, HeldCall } from '../phone-calls.ts'
import type { PhoneWithLanguage } from '../phones.ts'
import { BrowserCalls } from './browser-calls.ts'
import { BrowserScreen, type SearchOptions } from './browser-screen.ts'
import { BrowserSheets } from './browser-sheets.ts'
import { chooseAt } from './choose.ts'
import { applyConditions, controlTimers, passTime, setClockAhead, setReplacement } from './conditions.ts'
import { recordToasts } from './toast-record.ts'
import {
  clockOffset,
  followCloud,
  isDisabledElement,
  pictureSource,
  readItems,
  scrollToEnd,
  storeItem,
  storeLanguage,
} from './window-scripts.ts'
import { readClipboard, readStorage, writeStorage } from './wx-scripts.ts'

/** What a browser phone is opened with. */
export interface BrowserPhoneOptions {
  openid: string
  device: string
  patience: Patience
  /** How calls of functions have failed. */
  failedCalls: () => readonly string[]
  /** Opens an empty page, once. */
  newPage: () => Promise<PhonePage>
  origin: () => string
  /** @throws KitError unless the mini-program has the page */
  checkPage: (url: string) => void
}

interface Opened {
  phonePage: PhonePage
  quiescence: Quiescence
  screen: BrowserScreen
  sheets: BrowserSheets
}

/** Longer than what a phone takes for a tap. */
const HOLD_MILLISECONDS = 500

/** In the phone's window. */
interface PhoneWindow {
  phone: {
    settings: { change(changes: object): void }
    leave(): void
  }
  __phoneErrors: string[]
  __kitToasts?: string[]
}

/** In the screen's window. */
interface ScreenWindow {
  getCurrentPages(): { route: string; options: Record<string, string> }[]
}

/** A phone in a real browser. */
export class BrowserPhone implements PhoneWithLanguage {
  readonly openid: string
  language = 'zh_CN'
  readonly #options: BrowserPhoneOptions
  #opened: Opened | undefined
  #errorsRead = 0
  #languageSet = 'zh_CN'
  #calls = this.#newCalls()
  /** By how much the phone's clock was ahead of the machine's when it last followed the cloud's. */
  #aheadMilliseconds = 0

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
    const { phonePage, quiescence, screen } = this.#opened
    const { openid, device } = this.#options
    const query = new URLSearchParams({ openid, device, path: url.replace(/^\//, '') })
    this.#errorsRead = 0
    await this.#setLanguage(phonePage)
    await phonePage.page.goto(`${this.#options.origin()}/phone?${query}`)
    await this.#until(async () => {
      const isShown = await screen.frameIfLoaded?.locator(`${screen.pageOnTop} *`).count()
      return isShown ? true : new NotYet('小程序没有打开页面 · the mini-program opened no page')
    })
    this.#aheadMilliseconds = await this.#page.evaluate(clockOffset)
    await quiescence.reached(this.#options.patience.timeoutMilliseconds)
  }

  async tap(target: Target): Promise<void> {
    const locator = await this.#find(target)
    await locator.click({ timeout: this.#options.patience.timeoutMilliseconds })
    await this.#settle()
  }

  async longPress(target: Target): Promise<void> {
    const locator = await this.#find(target)
    await locator.click({ delay: HOLD_MILLISECONDS, timeout: this.#options.patience.timeoutMilliseconds })
    await this.#settle()
  }

  async choose(target: Target, value: Choice): Promise<void> {
    const locator = await this.#find(target)
    await chooseAt(locator, { target, value, phonePage: this.browserPage, settle: () => this.#settle() })
    await this.#settle()
  }

  async type(field: Target, text: string): Promise<void> {
    const locator = await this.#find(field, { isField: true })
    await locator.fill(text, { timeout: this.#options.patience.timeoutMilliseconds })
    await this.#settle()
  }

  async see(text: string | RegExp): Promise<void> {
    await this.#until(async () =>
      hasText(await this.#screen.everything(), text)
        ? true
        : new NotYet(`没有出现 · not on the screen: ${text}`),
    )
  }

  async gone(text: string | RegExp): Promise<void> {
    await this.#until(async () =>
      hasText(await this.#screen.everything(), text)
        ? new NotYet(`还在屏幕上 · still on the screen: ${text}`)
        : true,
    )
  }

  async count(target: Target): Promise<number> {
    return (await this.texts(target)).length
  }

  async isDisabled(target: Target): Promise<boolean> {
    return (await this.#find(target, { isRead: true })).evaluate(isDisabledElement)
  }

  async value(field: Target): Promise<string> {
    return (await this.#find(field, { isField: true, isRead: true })).inputValue()
  }

  async picture(target: Target): Promise<string> {
    const source = await (await this.#find(target)).evaluate(pictureSource)
    if (source === undefined) throw notAnImage(target)
    return source
  }

  async text(): Promise<string> {
    return this.#screen.pageText()
  }

  async texts(target: Target): Promise<string[]> {
    return this.#screen.texts(target)
  }

  async title(): Promise<string> {
    return this.#screen.title()
  }

  async page(): Promise<string> {
    return (await this.pages()).at(-1) ?? ''
  }

  async pages(): Promise<string[]> {
    return this.#screen.frame.evaluate(() => {
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

  async toasts(): Promise<string[]> {
    return this.#page.evaluate(() => {
      const { __kitToasts } = globalThis as unknown as PhoneWindow
      return __kitToasts?.splice(0) ?? []
    })
  }

  dialog(): Promise<Dialog> {
    return this.#until(async () => (await this.dialogs()).at(-1) ?? new NotYet('没有对话框 · no dialog'))
  }

  async dialogs(): Promise<Dialog[]> {
    return this.#screen.dialogs()
  }

  async allowNumber(): Promise<void> {
    await this.#phone.sheets.answerNumber(true)
  }

  async refuseNumber(): Promise<void> {
    await this.#phone.sheets.answerNumber(false)
  }

  async withholdNumber(reason: NumberWithheld | undefined): Promise<void> {
    await this.#changeSettings({ phone: reason ?? 'ask' })
  }

  async chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#phone.sheets.chooseAvatar(content)
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
    const hasScrolled = await this.#screen.frame.evaluate(scrollToEnd, this.#screen.pageOnTop)
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

  async goOffline(): Promise<void> {
    await this.#changeSettings({ offline: true })
  }

  async goOnline(): Promise<void> {
    await this.#changeSettings({ offline: false })
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
    const result = await this.#screen.frame.evaluate(
      `${scriptText(script)}(${scope}, ${JSON.stringify(argument)})`,
    )
    await this.#settle()
    return result as Awaited<Result>
  }

  storage(): Promise<Record<string, unknown>>
  storage(key: string): Promise<unknown>
  async storage(key?: string): Promise<unknown> {
    const frame = this.#opened?.screen.frameIfLoaded
    if (frame) return frame.evaluate(readStorage, key)
    const items = await (await this.#pageOfOrigin()).evaluate(readItems, this.#storagePrefix)
    const values = Object.entries(items).map(([name, item]) => [name, readValue(JSON.parse(item))])
    const all = Object.fromEntries(values) as Record<string, unknown>
    return key === undefined ? all : all[key]
  }

  async store(key: string, value: unknown): Promise<void> {
    const frame = this.#opened?.screen.frameIfLoaded
    if (frame) return frame.evaluate(writeStorage, { key, value })
    const item = JSON.stringify(storeValue(value))
    await (await this.#pageOfOrigin()).evaluate(storeItem, { key: this.#storagePrefix + key, item })
  }

  async clipboard(): Promise<string> {
    return this.#screen.frame.evaluate(readClipboard)
  }

  async replaceApi(name: string, replacement: ApiReplacement): Promise<void> {
    return this.#screen.frame.evaluate(setReplacement, { name, replacement })
  }

  async restoreApi(name: string): Promise<void> {
    return this.#screen.frame.evaluate(setReplacement, { name })
  }

  async errors(): Promise<string[]> {
    const errors = await this.browserPage.errors()
    const fresh = errors.slice(this.#errorsRead)
    this.#errorsRead = errors.length
    return fresh
  }

  /** The phone has the cloud's time, and what its timers waited for happens. */
  async followClock(): Promise<void> {
    const frame = this.#opened?.screen.frameIfLoaded
    if (!frame) return
    const before = this.#aheadMilliseconds
    this.#aheadMilliseconds = await this.#page.evaluate(followCloud)
    await frame.evaluate(passTime, Math.max(0, this.#aheadMilliseconds - before))
    await this.#settle()
  }

  /** Its page in the browser is gone. */
  close(): void {
    this.#opened = undefined
    this.#calls = this.#newCalls()
    this.language = 'zh_CN'
    this.#languageSet = 'zh_CN'
  }

  get #storagePrefix(): string {
    const { openid, device } = this.#options
    return `phone/${openid}/${device}/storage/`
  }

  /** Any page of the phone's origin has its storage. */
  async #pageOfOrigin(): Promise<Page> {
    this.#opened ??= await this.#newPage()
    const { page } = this.#opened.phonePage
    const origin = this.#options.origin()
    if (!page.url().startsWith(origin)) await page.goto(`${origin}/control/clock`)
    return page
  }

  async #newPage(): Promise<Opened> {
    const phonePage = await this.#options.newPage()
    const quiescence = new Quiescence(phonePage.page)
    await phonePage.page.addInitScript(callText(recordToasts))
    await phonePage.page.addInitScript(callText(applyConditions))
    await phonePage.page.addInitScript(callText(controlTimers, MOST_RUNS))
    await this.#calls.listen(phonePage.page, quiescence)
    const sheets = new BrowserSheets({
      phonePage,
      dialog: () => this.dialog(),
      until: (attempt) => this.#until(attempt),
      settle: () => this.#settle(),
    })
    return { phonePage, quiescence, sheets, screen: new BrowserScreen(phonePage) }
  }

  /** Before the mini-program starts, which asks for it. */
  async #setLanguage({ page }: PhonePage): Promise<void> {
    const { openid, device } = this.#options
    const key = `phone/${openid}/${device}/settings/tester`
    if (this.language !== this.#languageSet)
      await page.addInitScript(callText(storeLanguage, { key, language: this.language }))
    this.#languageSet = this.language
  }

  #newCalls(): BrowserCalls {
    return new BrowserCalls({
      settle: () => this.#settle(),
      until: async (isSo, reason) => void (await this.#until(async () => isSo() || new NotYet(reason))),
    })
  }

  #find(target: Target, options?: SearchOptions): Promise<Locator> {
    return this.#until(() => this.#screen.find(target, options))
  }

  async #screenForMessage(): Promise<string> {
    const errors = await this.browserPage.errors()
    const thrown = errors.length === 0 ? '' : `\n小程序出错 · the mini-program threw:\n${errors.join('\n')}`
    return `${await this.#screen.everything()}${thrown}`
  }

  async #changeSettings(changes: object): Promise<void> {
    await this.#page.evaluate(
      (values) => (globalThis as unknown as PhoneWindow).phone.settings.change(values),
      changes,
    )
    await this.#settle()
  }

  #settle(): Promise<void> {
    return this.#phone.quiescence.reached(this.#options.patience.timeoutMilliseconds, this.#calls.isLeftOut())
  }

  #until<Value>(attempt: () => Promise<Value | NotYet>): Promise<Value> {
    const { patience, failedCalls } = this.#options
    return waitFor({ attempt, patience, screen: () => this.#screenForMessage(), failedCalls })
  }

  get #phone() {
    if (this.#opened) return this.#opened
    throw new KitError('先用 phone.open() 打开小程序 · open the mini-program first: phone.open()')
  }

  get #page() {
    return this.#phone.phonePage.page
  }

  get #screen() {
    return this.#phone.screen
  }
}
