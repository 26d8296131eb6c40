import { ClientFiles } from '../../client-files.ts'
import { KitError } from '../../kit-error.ts'
import type { TestCloud } from '../../test-cloud.ts'
import type { ApiReplacement, MiniProgramScope } from '../phone.ts'
import { type FunctionCall, LOST_CALL } from '../phone-calls.ts'
import { DeviceClock } from './device-clock.ts'
import { type CloudNetwork, cloudNetwork, offline, type UNANSWERED } from './network.ts'
import {
  type Element,
  fire,
  isSimulatorReady,
  type OpenPage,
  onPageError,
  prepareSimulator,
} from './page-simulator.ts'
import { callLifecycle, optionsOf, PageStack } from './page-stack.ts'
import { ProgramModules } from './program-modules.ts'
import { replacedApi } from './replaced-api.ts'
import { shownText } from './shown-text.ts'
import type { SimulatedProgram } from './simulated-program.ts'
import { createWx, type Modal, type NetworkListener } from './wx-api.ts'

export type Upload = (
  cloudPath: string,
  content: Uint8Array<ArrayBuffer>,
) => Promise<string | typeof UNANSWERED>

/** One person's phone with a mini-program, in WeChat's page simulator. Only `wx`, the page stack and the clock are stubs. */
export class SimulatedDevice {
  readonly storage = new Map<string, unknown>()
  /** Every call that left the phone, the lost ones included. */
  readonly calls: FunctionCall[] = []
  readonly toasts: string[] = []
  toastShownAt = Number.NEGATIVE_INFINITY
  readonly navigations: string[] = []
  readonly stack: PageStack
  readonly wx: Record<string, unknown>
  /** How the mini-program was opened: by the list of mini-programs, on this page. */
  launchOptions = { path: '', query: {}, scene: 1001, referrerInfo: {} }
  /** As WeChat is set, such as `en`. The mini-program asks for it when it is opened. */
  language = 'zh_CN'
  readonly titles = new WeakMap<object, string>()
  /** Undefined while WeChat refuses the clipboard. */
  clipboard: string | undefined = ''
  /** Files on the phone, by their temporary paths. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  /** Puts a file into the cloud storage; a test puts its faults here. */
  upload: Upload = () => Promise.reject(new Error('no upload was expected'))
  /** Calls whose answers a test holds back: `settle` does not wait for them. */
  heldCalls = 0
  /** Between the app and the cloud; a test puts its faults here. */
  deliver: CloudNetwork
  readonly clock = new DeviceClock()
  /** Questions above one another, the one on top last. */
  readonly modals: Modal[] = []
  /** What the mini-program used and this phone does not have, by name. */
  readonly missing: string[] = []
  /** What the mini-program has thrown. */
  errors: string[] = []
  readonly #modules: ProgramModules
  /** Interfaces as they are without their replacements. */
  readonly #replaced = new Map<string, unknown>()
  /** Globals of the mini-program, for scripts of a test. */
  readonly scope: MiniProgramScope
  #isConnected = true
  #networkListeners: NetworkListener[] = []
  /** Calls, uploads and navigations that are not done. */
  #underWay = 0
  #app: Record<string, unknown> = {}
  #stopHearing = () => {}
  #leaving: (() => void)[] = []

  constructor(program: SimulatedProgram, cloud: CloudNetwork) {
    this.deliver = cloud
    const globals = {
      wx: {},
      App: (app: Record<string, unknown>) => this.#startApp(app),
      getApp: () => this.#app,
      getCurrentPages: () => this.pages.map(({ instance }) => instance),
    }
    this.#modules = new ProgramModules(program, { ...globals, ...this.clock.globals() })
    this.stack = new PageStack(program.root, this.#modules)
    this.wx = Object.assign(globals.wx, createWx(this))
    this.scope = { wx: this.wx, getApp: globals.getApp, getCurrentPages: globals.getCurrentPages }
  }

  /** Its calls reach the functions of a cloud, and its files the storage. */
  connect(cloud: TestCloud, openid: string): void {
    this.deliver = cloudNetwork(cloud, openid)
    this.upload = (cloudPath, content) => new ClientFiles(cloud, openid).upload(cloudPath, content)
  }

  /** Opens the mini-program afresh, on this page, and waits until nothing follows from that. */
  async launch(url: string): Promise<void> {
    await this.start(url)
    await this.settle()
  }

  /** Opens the mini-program afresh, on this page. */
  async start(url: string): Promise<void> {
    if (!isSimulatorReady()) await prepareSimulator()
    this.#leave()
    this.#modules.forget()
    this.stack.closeAll()
    this.#stopHearing = onPageError((error, dom) => this.#hearError(error, dom))
    const [path = '', query = ''] = url.replace(/^\//, '').split('?')
    this.launchOptions = { ...this.launchOptions, path, query: optionsOf(query) }
    this.#modules.run('app')
    this.stack.open(`/${url.replace(/^\//, '')}`)
  }

  /** A module of the running app, as its pages have it. */
  module<Module>(path: string): Module {
    return this.#modules.require(path.replace(/\.js$/, '')) as Module
  }

  /** No call gets through any more, and WeChat notifies the app. */
  goOffline(): void {
    this.#setConnected(false)
  }

  goOnline(): void {
    this.#setConnected(true)
  }

  get isConnected(): boolean {
    return this.#isConnected
  }

  #setConnected(isConnected: boolean): void {
    this.#isConnected = isConnected
    for (const listener of this.#networkListeners) listener({ isConnected })
  }

  /** Another phone's errors are not this one's. */
  #hearError(error: Error, dom: Element['dom'] | undefined): void {
    const isOwn = dom === undefined || this.pages.some(({ element }) => holds(element.dom, dom))
    if (isOwn) this.errors.push(String(error.stack ?? error))
  }

  #startApp(app: Record<string, unknown>): void {
    this.#app = app
    for (const name of ['onLaunch', 'onShow']) this.#callApp(name, this.launchOptions)
  }

  /** Keeps in mind that the mini-program cannot be tested here, and throws. */
  reportMissing(name: string): never {
    this.missing.push(name)
    throw new KitError(`页面模拟器没有 ${name} · the page simulator lacks it`)
  }

  /** The errors so far, which are then forgotten. */
  takeErrors(): string[] {
    const { errors } = this
    this.errors = []
    return errors
  }

  /** Until `restoreApi`. */
  replaceApi(name: string, replacement: ApiReplacement): void {
    if (!this.#replaced.has(name)) this.#replaced.set(name, this.wx[name])
    this.wx[name] = replacedApi(replacement)
  }

  restoreApi(name: string): void {
    if (this.#replaced.has(name)) this.wx[name] = this.#replaced.get(name)
    this.#replaced.delete(name)
  }

  /** Into the background. */
  hide(): void {
    this.gesture('onHide')
    this.#callApp('onHide')
  }

  show(): void {
    this.#callApp('onShow', this.launchOptions)
    this.gesture('onShow')
  }

  #callApp(name: string, ...values: unknown[]): void {
    const handler = this.#app[name]
    if (typeof handler === 'function') handler.apply(this.#app, values)
  }

  /** Closes the app. */
  switchOff(): void {
    this.#leave()
    this.stack.release()
  }

  /** Calls the listener when the mini-program ends, or is opened afresh. */
  whenLeft(listener: () => void): void {
    this.#leaving.push(listener)
  }

  #leave(): void {
    for (const listener of this.#leaving) listener()
    this.#leaving = []
    this.#networkListeners = []
    this.#stopHearing()
    this.clock.stop()
  }

  /** From the first to the one on top. */
  get pages(): OpenPage[] {
    return this.stack.pages
  }

  /** Routes in the tab bar; set before the launch. */
  set tabs(routes: readonly string[]) {
    this.stack.tabs = routes
  }

  get page(): OpenPage {
    const page = this.stack.top
    if (!page) throw new Error('no page is open')
    return page
  }

  /** Name of the page on top: the last part of its route. */
  get route(): string {
    return String(this.page.instance.route).split('/').at(-1) ?? ''
  }

  get text(): string {
    return shownText(this.page.element.dom)
  }

  /** The title that the page on top has set; undefined while it has that of its JSON. */
  get title(): string | undefined {
    return this.titles.get(this.page.element)
  }

  get data(): Record<string, unknown> {
    return this.page.instance.data
  }

  find(selector: string): Element | undefined {
    return selector
      .split(' >>> ')
      .reduce<Element | undefined>((element, part) => element?.querySelector(part), this.content)
  }

  /** Where `find` looks. */
  protected get content(): Element {
    return this.page.element
  }

  /** @returns false where a finger would meet a disabled button; fails where there is nothing to tap */
  tap(selector: string): boolean {
    const element = this.find(selector)
    if (!element) throw new Error(`nothing to tap at ${selector} on ${this.route}`)
    return this.tapElement(element)
  }

  /** The same for one of several. */
  tapElement(element: Element): boolean {
    if (element.instance.data['disabled'] === true) return false
    fire(element, 'tap')
    return true
  }

  type(selector: string, value: string): void {
    const element = this.find(selector)
    if (!element) throw new Error(`nothing to type into at ${selector}`)
    fire(element, 'input', { value })
  }

  /** An event of WeChat's own components, such as a form's `submit`. */
  fire(selector: string, event: string, detail: object): void {
    const element = this.find(selector)
    if (!element) throw new Error(`nothing at ${selector} on ${this.route}`)
    fire(element, event, detail)
  }

  /** The question on top. */
  get modal(): Modal | undefined {
    return this.modals.at(-1)
  }

  /** Asks one more question; undefined takes all of them away. */
  set modal(modal: Modal | undefined) {
    if (modal) this.modals.push(modal)
    else this.modals.length = 0
  }

  /** Answers the question that is on top. */
  answer(confirm: boolean): void {
    const modal = this.modals.pop()
    if (!modal) throw new Error('nothing is asked')
    modal.success?.({ confirm, cancel: !confirm })
    modal.complete?.()
  }

  /** Pulls the page down, or reaches its end, as a finger does. */
  gesture(name: 'onPullDownRefresh' | 'onReachBottom' | 'onHide' | 'onShow'): void {
    callLifecycle(this.page, name)
  }

  attribute(selector: string, name: string): unknown {
    return this.find(selector)?.instance.data[name]
  }

  /** The arrow in the corner, or a swipe. */
  back(): void {
    this.stack.back()
  }

  /** A tap on the tab bar. */
  async toTab(route: string): Promise<void> {
    this.stack.showTab(route)
    await this.settle()
  }

  /** Opens pages above one another as they are, whatever they are. */
  async openAbove(...routes: string[]): Promise<void> {
    for (const route of routes) this.stack.openAbove(`/${route}`)
    await this.settle()
  }

  callsOf(name: string): FunctionCall[] {
    return this.calls.filter((call) => call.name === name)
  }

  /**
   * Until no call is under way and nothing follows from the last one.
   * @param timeoutMilliseconds after which it waits no longer; without one, for ever
   * @param leftOut calls for which it does not wait
   */
  async settle(
    timeoutMilliseconds = Number.POSITIVE_INFINITY,
    leftOut: { readonly size: number } = { size: 0 },
  ): Promise<void> {
    const end = performance.now() + timeoutMilliseconds
    let quiet = 0
    while (quiet < 4 && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      quiet = this.#underWay === this.heldCalls + leftOut.size && !this.clock.isPausing ? quiet + 1 : 0
    }
  }

  /** For what never settles, such as a call that hangs. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
  }

  /** What the app sends to the cloud. */
  async send(call: FunctionCall): Promise<unknown> {
    this.calls.push(structuredClone(call))
    return this.#isConnected ? this.deliver(call) : offline(call)
  }

  /** `settle` waits for it. */
  track<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay++
    return work.finally(() => {
      this.#underWay--
    })
  }

  /** Acts in a moment, for which `settle` waits. */
  afterMoment(act: () => void): void {
    this.#underWay++
    setTimeout(() => {
      this.#underWay--
      act()
    }, 1)
  }

  /** What the app puts into the cloud storage. */
  async put(cloudPath: string, content: Uint8Array<ArrayBuffer>): ReturnType<Upload> {
    if (!this.#isConnected) throw LOST_CALL
    return this.upload(cloudPath, content)
  }

  addNetworkListener(listener: NetworkListener): void {
    this.#networkListeners.push(listener)
  }
}

function holds(outer: unknown, inner: unknown): boolean {
  return (outer as { contains(other: unknown): boolean }).contains(inner)
}
