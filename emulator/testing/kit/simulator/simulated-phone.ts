import type { CallResult } from '../../../control/calls.ts'
import { ClientFiles } from '../../client-files.ts'
import { KitError } from '../../kit-error.ts'
import { scriptText } from '../../script-text.ts'
import type { TestCloud } from '../../test-cloud.ts'
import { type Duration, millisecondsOf } from '../duration.ts'
import { quoteFailedCalls } from '../failed-calls.ts'
import { NotYet, type Patience, waitFor } from '../patience.ts'
import {
  type ApiReplacement,
  type Choice,
  type Dialog,
  describeSeveral,
  describeTarget,
  hasText,
  type MiniProgramScope,
  type NumberWithheld,
  notAnImage,
  nthOf,
  type Target,
  textOf,
} from '../phone.ts'
import {
  type CallFilter,
  type CallHandler,
  type EndCallRule,
  type FunctionCall,
  type HeldCall,
  PhoneCalls,
  UPLOAD,
} from '../phone-calls.ts'
import type { PhoneWithLanguage } from '../phones.ts'
import { chooseAt } from './choices.ts'
import type { CompiledForSimulator } from './compile-program.ts'
import { chosen, isDisabled, lineOf, type SeenElement, searchPage } from './element-search.ts'
import { moreCloud, moreWx } from './more-wx.ts'
import { fire, longPressElement } from './page-simulator.ts'
import { SimulatedDevice } from './simulated-device.ts'
import { SimulatedDialogs } from './simulated-dialogs.ts'
import { tapWithEffects } from './tap-effects.ts'

/** What a simulated phone is opened with. */
export interface SimulatedPhoneOptions {
  openid: string
  cloud: TestCloud
  patience: Patience
  program: () => Promise<CompiledForSimulator>
  /** @throws KitError unless the mini-program has the page */
  checkPage: (url: string) => void
}

/** For how long WeChat shows a toast. */
const TOAST_MILLISECONDS = 1500

/** A phone in WeChat's page simulator. */
export class SimulatedPhone implements PhoneWithLanguage {
  readonly openid: string
  language = 'zh_CN'
  readonly #options: SimulatedPhoneOptions
  #opened: { device: SimulatedDevice; program: CompiledForSimulator } | undefined
  #dialogs: SimulatedDialogs
  #clockAheadMilliseconds = 0
  #calls = this.#newCalls()
  #toastsRead = 0
  #missingRead = 0

  constructor(options: SimulatedPhoneOptions) {
    this.openid = options.openid
    this.#options = options
    this.#dialogs = this.#newDialogs()
  }

  async open(url = ''): Promise<void> {
    this.#options.checkPage(url)
    this.#opened ??= await this.#newDevice()
    const { device, program } = this.#opened
    this.#dialogs.clear()
    device.language = this.language
    device.clock.moveTo(this.#offsetMilliseconds)
    await device.start(url.replace(/^\//, '') || program.appConfig.pages[0] || '')
    await this.#settle()
  }

  async tap(target: Target): Promise<void> {
    const { device } = this.#phone
    if (this.#dialogs.top) {
      await this.#dialogs.tap(String(textOf(target)))
      return this.#settle()
    }
    const tab = await this.#find(target, { isField: false }, (text) => this.#tabOf(text))
    if (typeof tab === 'string') {
      await device.toTab(tab)
    } else {
      const sheet = tapWithEffects(device, tab)
      if (sheet) this.#dialogs.show(sheet)
    }
    await this.#settle()
  }

  async longPress(target: Target): Promise<void> {
    const found = await this.#find(target, { isField: false })
    if (typeof found !== 'string') longPressElement(found)
    await this.#settle()
  }

  async choose(target: Target, value: Choice): Promise<void> {
    const found = await this.#find(target, { isField: false })
    if (typeof found !== 'string') chooseAt(found, { device: this.#phone.device, target, value })
    await this.#settle()
  }

  async type(field: Target, typed: string): Promise<void> {
    const found = await this.#find(field, { isField: true })
    if (typeof found === 'string') return
    const text = typed.slice(0, lengthLimit(found))
    // As the field shows it; the page hears it by its event.
    ;(found.instance as unknown as { setData(data: object): void }).setData({ value: text })
    fire(found, 'input', { value: text, cursor: text.length })
    fire(found, 'change', { value: text })
    fire(found, 'blur', { value: text })
    await this.#settle()
  }

  async see(text: string | RegExp): Promise<void> {
    await this.#until(() =>
      hasText(this.#everything(), text) ? true : new NotYet(`没有出现 · not on the screen: ${text}`),
    )
  }

  async gone(text: string | RegExp): Promise<void> {
    await this.#until(() =>
      hasText(this.#everything(), text) ? new NotYet(`还在屏幕上 · still on the screen: ${text}`) : true,
    )
  }

  async count(target: Target): Promise<number> {
    return (await this.texts(target)).length
  }

  async isDisabled(target: Target): Promise<boolean> {
    const found = await this.#find(target, { isField: false, isRead: true })
    return typeof found !== 'string' && isDisabled(found, this.#phone.device.page.element)
  }

  async value(field: Target): Promise<string> {
    const found = await this.#find(field, { isField: true, isRead: true })
    return typeof found === 'string' ? '' : String(found.instance.data['value'] ?? '')
  }

  async picture(target: Target): Promise<string> {
    const found = await this.#find(target, { isField: false })
    if (typeof found === 'string' || found.dom.tagName !== 'WX-IMAGE') throw notAnImage(target)
    return String(found.instance.data['src'] ?? '')
  }

  async text(): Promise<string> {
    return this.#phone.device.text
  }

  async texts(target: Target): Promise<string[]> {
    const found = searchPage(this.#phone.device.page.element, target, { isField: false })
    return found.map(({ dom }) => lineOf(dom))
  }

  async title(): Promise<string> {
    const { device, program } = this.#phone
    const { route = '' } = device.page.instance
    return device.title ?? program.titles.get(route) ?? ''
  }

  async page(): Promise<string> {
    return (await this.pages()).at(-1) ?? ''
  }

  async pages(): Promise<string[]> {
    return this.#phone.device.pages.map(({ instance }) => {
      const query = Object.entries((instance['options'] ?? {}) as object).map(
        ([name, value]) => `${name}=${value}`,
      )
      return query.length === 0 ? String(instance.route) : `${instance.route}?${query.join('&')}`
    })
  }

  toast(): Promise<string> {
    return this.#until(() => {
      const toast = this.#phone.device.toasts[this.#toastsRead]
      if (toast === undefined) return new NotYet('没有（新的）提示框 · no (further) toast')
      this.#toastsRead += 1
      return toast
    })
  }

  async toasts(): Promise<string[]> {
    const toasts = this.#phone.device.toasts.slice(this.#toastsRead)
    this.#toastsRead += toasts.length
    return toasts
  }

  dialog(): Promise<Dialog> {
    return this.#until(() => this.#dialogs.top ?? new NotYet('没有对话框 · no dialog'))
  }

  async dialogs(): Promise<Dialog[]> {
    return this.#dialogs.open
  }

  async allowNumber(): Promise<void> {
    await this.#dialogs.answerNumber(true)
    await this.#settle()
  }

  async refuseNumber(): Promise<void> {
    await this.#dialogs.answerNumber(false)
    await this.#settle()
  }

  async withholdNumber(reason: NumberWithheld | undefined): Promise<void> {
    this.#dialogs.numberWithheld = reason
  }

  async chooseAvatar(content: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#dialogs.chooseAvatar(content)
    await this.#settle()
  }

  async back(): Promise<void> {
    const { device } = this.#phone
    if (device.pages.length < 2) throw new KitError('没有可返回的页面 · there is no page to go back to')
    device.back()
    await this.#settle()
  }

  async pullDown(): Promise<void> {
    this.#phone.device.gesture('onPullDownRefresh')
    await this.#settle()
  }

  async reachBottom(): Promise<void> {
    this.#phone.device.gesture('onReachBottom')
    await this.#settle()
  }

  async hide(): Promise<void> {
    this.#phone.device.hide()
    await this.#settle()
  }

  async show(): Promise<void> {
    this.#phone.device.show()
    await this.#settle()
  }

  async setClock(ahead: Duration): Promise<void> {
    this.#clockAheadMilliseconds = millisecondsOf(ahead)
    // Only the display changes: no timer runs out.
    if (this.#opened) this.#opened.device.clock.aheadMilliseconds = this.#offsetMilliseconds
  }

  async goOffline(): Promise<void> {
    this.#phone.device.goOffline()
    await this.#settle()
  }

  async goOnline(): Promise<void> {
    this.#phone.device.goOnline()
    await this.#settle()
  }

  async calls(): Promise<FunctionCall[]> {
    return this.#calls.take()
  }

  async holdCall(filter: CallFilter, moment = 'answer'): Promise<HeldCall> {
    return this.#calls.hold(filter, moment === 'request')
  }

  async answerCalls(filter: CallFilter, handler: CallHandler, times?: number): Promise<EndCallRule> {
    return this.#calls.answer(filter, handler, times)
  }

  async evaluate<Result, Argument>(
    script: (scope: MiniProgramScope, argument: Argument) => Result,
    argument?: Argument,
  ): Promise<Awaited<Result>> {
    const { device } = this.#phone
    // As in a browser, where the script has its text alone.
    const run = new Function(`return ${scriptText(script)}`)() as typeof script
    const result = await run(device.scope, structuredClone(argument) as Argument)
    await this.#settle()
    return structuredClone(result)
  }

  storage(): Promise<Record<string, unknown>>
  storage(key: string): Promise<unknown>
  async storage(key?: string): Promise<unknown> {
    const storage = this.#opened?.device.storage ?? new Map<string, unknown>()
    return structuredClone(key === undefined ? Object.fromEntries(storage) : storage.get(key))
  }

  async store(key: string, value: unknown): Promise<void> {
    this.#opened ??= await this.#newDevice()
    this.#opened.device.storage.set(key, structuredClone(value))
  }

  async clipboard(): Promise<string> {
    return this.#phone.device.clipboard ?? ''
  }

  async replaceApi(name: string, replacement: ApiReplacement): Promise<void> {
    this.#phone.device.replaceApi(name, replacement)
  }

  async restoreApi(name: string): Promise<void> {
    this.#phone.device.restoreApi(name)
  }

  async errors(): Promise<string[]> {
    return this.#phone.device.takeErrors()
  }

  /** Its pages are gone, and what they stored. */
  close(): void {
    this.#opened?.device.switchOff()
    this.#opened = undefined
    this.#dialogs = this.#newDialogs()
    this.#clockAheadMilliseconds = 0
    this.#calls = this.#newCalls()
    this.language = 'zh_CN'
    this.#toastsRead = 0
    this.#missingRead = 0
  }

  /** The phone has the cloud's time, and what its timers waited for happens. */
  async followClock(): Promise<void> {
    if (!this.#opened?.device.stack.top) return
    this.#opened.device.clock.moveTo(this.#offsetMilliseconds)
    await this.#settle()
  }

  /** Of the phone's clock, from the machine's. */
  get #offsetMilliseconds(): number {
    return this.#options.cloud.cloud.clock.offsetMilliseconds + this.#clockAheadMilliseconds
  }

  #newDialogs(): SimulatedDialogs {
    const device = () => this.#opened?.device ?? notOpened()
    return new SimulatedDialogs({
      openid: this.openid,
      cloud: this.#options.cloud,
      get device() {
        return device()
      },
      until: (attempt) => this.#until(attempt),
    })
  }

  #newCalls(): PhoneCalls {
    const waits = {
      settle: () => this.#settle(),
      until: async (isSo: () => boolean, reason: string) =>
        void (await this.#until(() => isSo() || new NotYet(reason))),
    }
    return new PhoneCalls(waits, (_call, isHeld) => {
      if (this.#opened) this.#opened.device.heldCalls += isHeld ? 1 : -1
    })
  }

  async #newDevice() {
    const program = await this.#options.program()
    const { cloud } = this.#options
    const files = new ClientFiles(cloud, this.openid)
    const calls = this.#calls
    const send = (call: FunctionCall, forward: () => Promise<CallResult>) => {
      calls.add(call)
      return calls.send(call, forward)
    }
    const device = new SimulatedDevice(program, {
      call: (call) => send(call, () => cloud.invoke(call.name, this.openid, call.data)),
      upload: (cloudPath, content) =>
        send({ name: UPLOAD, data: { cloudPath } }, () => files.tryUpload(cloudPath, content)),
    })
    const known = { ...device.wx }
    Object.assign(device.wx, moreWx(device, this.#options.cloud, this.openid), known)
    Object.assign(device.wx['cloud'] as object, moreCloud(device, this.#options.cloud, this.openid))
    device.tabs = program.appConfig.tabBar?.list.map(({ pagePath }) => pagePath) ?? []
    return { device, program }
  }

  #find(
    target: Target,
    how: { isField: boolean; isRead?: boolean },
    otherwise: (text: string) => string | undefined = () => undefined,
  ): Promise<SeenElement | string> {
    return this.#until(() => {
      const page = this.#phone.device.page.element
      const matches = searchPage(page, target, how)
      const match = chosen(matches, target)
      if (matches.length > 1 && nthOf(target) === undefined) {
        return new NotYet(describeSeveral(target, matches.length))
      }
      if (match && !how.isRead && isDisabled(match, page))
        return new NotYet(`${describeTarget(target)} 是禁用的 · is disabled`)
      const other = match ?? otherwise(String(textOf(target)))
      const field = how.isField ? '（输入框 · a field）' : ''
      return other ?? new NotYet(`没有找到 · nothing matches ${describeTarget(target)}${field}`)
    })
  }

  /** The page of the tab with that text. */
  #tabOf(text: string): string | undefined {
    return this.#tabs.find((tab) => tab.text === text)?.pagePath
  }

  /** Those of the tab bar, if the page has one below it. */
  get #tabs() {
    const { program, device } = this.#phone
    const tabs = program.appConfig.tabBar?.list ?? []
    return tabs.some(({ pagePath }) => pagePath === device.page.instance.route) ? tabs : []
  }

  #everything(): string {
    const { device } = this.#phone
    const isToastShown = performance.now() - device.toastShownAt < TOAST_MILLISECONDS
    const toast = isToastShown ? (device.toasts.at(-1) ?? '') : ''
    const tabs = this.#tabs.map(({ text }) => text)
    return [device.text, this.#dialogs.top?.text ?? '', toast, ...tabs].join('\n')
  }

  async #settle(): Promise<void> {
    const { device } = this.#phone
    await device.settle(this.#options.patience.timeoutMilliseconds, this.#calls.leftOut)
    const missing = device.missing.slice(this.#missingRead)
    this.#missingRead = device.missing.length
    if (missing.length > 0) {
      throw new KitError(
        `页面模拟器没有 ${missing.join('、')}，请用 { phone: 'browser' } · the page simulator lacks it: use the browser`,
      )
    }
  }

  #until<Value>(attempt: () => Value | NotYet): Promise<Value> {
    return waitFor({
      attempt,
      patience: this.#options.patience,
      screen: async () => this.#screenForMessage(),
      failedCalls: () => quoteFailedCalls(this.#options.cloud.cloud),
    })
  }

  #screenForMessage(): string {
    const errors = this.#phone.device.errors
    const thrown = errors.length === 0 ? '' : `\n小程序出错 · the mini-program threw:\n${errors.join('\n')}`
    return `${this.#everything()}${thrown}`
  }

  get #phone() {
    if (this.#opened?.device.stack.top) return this.#opened
    return notOpened()
  }
}

function notOpened(): never {
  throw new KitError('先用 phone.open() 打开小程序 · open the mini-program first: phone.open()')
}

/** WeChat's own limit for a field that has none. */
const FIELD_LENGTH = 140

/** How long a field's text may be. */
function lengthLimit({ instance: { data } }: SeenElement): number | undefined {
  const limit = Number(data['maxlength'] || FIELD_LENGTH)
  return limit < 0 ? undefined : limit
}
