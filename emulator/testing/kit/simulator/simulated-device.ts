import type { CallResult } from '../../../control/calls.ts'
import { describeError } from '../../../phone/browser/base/describe-error.ts'
import { KitError } from '../../kit-error.ts'
import type { ApiReplacement, MiniProgramScope } from '../phone.ts'
import { type FunctionCall, LOST_CALL } from '../phone-calls.ts'
import { DeviceClock } from './device-clock.ts'
import {
  type Element,
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
import { hearRejections } from './unhandled-rejections.ts'
import { createWx, type NetworkListener, type Question } from './wx-api.ts'

/** What leaves the phone: resolves with how it ends, whatever that is. */
export interface DeviceNetwork {
  call(call: FunctionCall): Promise<CallResult>
  upload(cloudPath: string, content: Uint8Array<ArrayBuffer>): Promise<CallResult>
}

/** One person's phone with a mini-program, in WeChat's page simulator. Only `wx`, the page stack and the clock are stubs. */
export class SimulatedDevice {
  readonly storage = new Map<string, unknown>()
  readonly toasts: string[] = []
  toastShownAt = Number.NEGATIVE_INFINITY
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
  /** Calls whose answers a test holds back: `settle` does not wait for them. */
  heldCalls = 0
  readonly clock = new DeviceClock((error) => this.#addError(error))
  /** Questions above one another, the one on top last. */
  questions: Question[] = []
  /** Whether the mini-program has called `wx.cloud.init`. */
  isCloudReady = false
  /** What the mini-program used and this phone does not have, by name. */
  readonly missing: string[] = []
  /** What the mini-program has thrown. */
  errors: string[] = []
  readonly #program: SimulatedProgram
  readonly #network: DeviceNetwork
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
  #leaving: (() => void)[] = []

  constructor(program: SimulatedProgram, network: DeviceNetwork) {
    this.#program = program
    this.#network = network
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

  /** Opens the mini-program afresh, on this page. */
  async start(url: string): Promise<void> {
    if (!isSimulatorReady()) await prepareSimulator()
    this.#leave()
    this.#modules.forget()
    this.stack.closeAll()
    this.questions = []
    this.isCloudReady = false
    this.whenLeft(onPageError((error, dom) => this.#hearError(error, dom)))
    this.whenLeft(hearRejections((reason) => this.#hearRejection(reason)))
    const [path = '', query = ''] = url.replace(/^\//, '').split('?')
    this.launchOptions = { ...this.launchOptions, path, query: optionsOf(query) }
    this.#modules.run('app')
    this.stack.open(`/${url.replace(/^\//, '')}`)
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
    if (isOwn) this.#addError(error)
  }

  /** @returns whether the mini-program has left it unhandled, and not the test */
  #hearRejection(reason: unknown): boolean {
    const isOwn =
      reason instanceof Error
        ? this.#program.owns(String(reason.stack))
        : typeof Object(reason).errMsg === 'string'
    if (isOwn) this.#addError(reason)
    return isOwn
  }

  #addError(error: unknown): void {
    this.errors.push(this.#program.locate(describeError(error)))
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

  get text(): string {
    return shownText(this.page.element.dom)
  }

  /** The title that the page on top has set; undefined while it has that of its JSON. */
  get title(): string | undefined {
    return this.titles.get(this.page.element)
  }

  /** Pulls the page down, or reaches its end, as a finger does. */
  gesture(name: 'onPullDownRefresh' | 'onReachBottom' | 'onHide' | 'onShow'): void {
    callLifecycle(this.page, name)
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

  /** What the app asks of a function. */
  async send(call: FunctionCall): Promise<CallResult> {
    return this.#isConnected ? this.#network.call(call) : LOST_CALL
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
  async put(cloudPath: string, content: Uint8Array<ArrayBuffer>): Promise<CallResult> {
    return this.#isConnected ? this.#network.upload(cloudPath, content) : LOST_CALL
  }

  addNetworkListener(listener: NetworkListener): void {
    this.#networkListeners.push(listener)
  }
}

function holds(outer: unknown, inner: unknown): boolean {
  return (outer as { contains(other: unknown): boolean }).contains(inner)
}
