import { ClientFiles } from '../client-files.ts'
import type { CloudKit } from '../cloud-kit.ts'
import { type ConfigChange, compileMiniprogram } from './compiled.ts'
import { type CloudCall, type Deliver, offline, realCloud, UNANSWERED } from './deliver.ts'
import { PhoneClock } from './phone-clock.ts'
import { PhoneModules } from './phone-modules.ts'
import {
  type Element,
  fire,
  giveBackPlace,
  type OpenPage,
  prepareSimulator,
  renderPage,
  takePlace,
} from './simulator.ts'

interface Navigation {
  url: string
  success?: () => void
  fail?: (error: { errMsg: string }) => void
  complete?: () => void
}
interface Modal {
  title?: string
  content: string
  success?(answer: { confirm: boolean; cancel: boolean }): void
}
/** The callbacks of an interface of WeChat's. */
interface Callbacks<Result> {
  success?(result: Result): void
  fail?(error: object): void
}

/** WeChat opens no further page above this many. */
const MOST_PAGES = 10

type NetworkListener = (status: { isConnected: boolean }) => void

export type Upload = (
  cloudPath: string,
  content: Uint8Array<ArrayBuffer>,
) => Promise<string | typeof UNANSWERED>

/** One person's phone with this mini-program on it. Only `wx`, the page stack and the clock are made up. */
export class Phone {
  readonly storage = new Map<string, unknown>()
  /** Every call that left the phone, the lost ones included. */
  readonly calls: CloudCall[] = []
  readonly toasts: string[] = []
  readonly navigations: string[] = []
  readonly pages: OpenPage[] = []
  /** Routes in the tab bar; set before the launch. */
  tabs: readonly string[] = []
  readonly wx: Record<string, unknown>
  modal: Modal | undefined
  /** Undefined while WeChat refuses the clipboard. */
  clipboard: string | undefined = ''
  /** Files on the phone, by their temporary paths. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  /** Puts a file into the cloud storage; a test puts its faults here. */
  upload: Upload = () => Promise.reject(new Error('no upload was expected'))
  /** Calls whose answers a test holds back: nobody is to wait for them. */
  heldCalls = 0
  /** Between the app and the cloud; a test puts its faults here. */
  deliver: Deliver
  readonly clock = new PhoneClock()
  /** Pages of the tab bar live on while another tab is shown. */
  readonly #openTabs = new Map<string, OpenPage>()
  readonly #root: string
  readonly #modules: PhoneModules
  #isConnected = true
  #networkListeners: NetworkListener[] = []
  #place: number | undefined

  constructor(cloud: Deliver, change: ConfigChange = {}) {
    this.deliver = cloud
    this.wx = this.#makeWx()
    const compiled = compileMiniprogram({ cloudEnv: 'test-env', ...change })
    this.#root = compiled.root
    this.#modules = new PhoneModules(compiled, {
      wx: this.wx,
      getCurrentPages: () => this.pages.map(({ instance }) => instance),
      ...this.clock.globals(),
    })
  }

  /** A phone whose calls reach the real functions in the embedded cloud. */
  static of(kit: CloudKit, openid: string, change: ConfigChange = {}): Phone {
    const phone = new Phone(realCloud(kit, openid), change)
    phone.upload = (cloudPath, content) => new ClientFiles(kit, openid).upload(cloudPath, content)
    return phone
  }

  /** Opens the mini-program afresh, on its first page. */
  async launch(page = 'pages/index/index'): Promise<void> {
    prepareSimulator()
    this.#modules.forget()
    this.#networkListeners = []
    this.#closeAll()
    this.#modules.run('app')
    this.#open(`/${page}`)
    await this.settle()
  }

  /** A module of the running app, as its pages have it. */
  module<Module>(path: string): Module {
    return this.#modules.require(path.replace(/\.js$/, '')) as Module
  }

  /** No call gets through any more, and WeChat tells the app so. */
  goOffline(): void {
    this.#setConnected(false)
  }

  goOnline(): void {
    this.#setConnected(true)
  }

  #setConnected(isConnected: boolean): void {
    this.#isConnected = isConnected
    for (const listener of this.#networkListeners) listener({ isConnected })
  }

  /** Closes the app. */
  switchOff(): void {
    this.#networkListeners = []
    this.#closeAll()
    if (this.#place !== undefined) giveBackPlace(this.#place)
    this.#place = undefined
  }

  get page(): OpenPage {
    const page = this.pages.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  /** Path of the page on top, without `pages/`. */
  get route(): string {
    return String(this.page.instance.route).split('/').at(-1) ?? ''
  }

  get text(): string {
    return this.page.element.dom.textContent
  }

  get data(): Record<string, unknown> {
    return this.page.instance.data
  }

  find(selector: string): Element | undefined {
    return selector
      .split(' >>> ')
      .reduce<Element | undefined>((element, part) => element?.querySelector(part), this.page.element)
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

  /** Answers the question that is on the screen. */
  answer(confirm: boolean): void {
    const { modal } = this
    if (!modal) throw new Error('nothing is asked')
    this.modal = undefined
    modal.success?.({ confirm, cancel: !confirm })
  }

  /** Pulls the page down, or reaches its end, as a finger does. */
  gesture(name: 'onPullDownRefresh' | 'onReachBottom' | 'onHide' | 'onShow'): void {
    lifecycle(this.page, name)
  }

  /** The phone button on top: in the sheet if it is open. */
  get phoneButton(): string {
    const inSheet = '.sheet-button >>> .phone-button'
    return this.find('.sheet-button') ? inSheet : '.main-button >>> .phone-button'
  }

  /** Whether a tap on this button makes WeChat ask for the number, which costs. */
  asksWeChat(selector = this.phoneButton): boolean {
    const button = this.find(selector)?.instance.data
    return (
      button !== undefined && button['disabled'] !== true && /PhoneNumber/.test(String(button['openType']))
    )
  }

  /** Taps the phone button and answers WeChat's dialog. */
  tapPhoneButton(detail: object, event = 'getphonenumber'): void {
    if (!this.asksWeChat()) throw new Error('the phone button asks WeChat for nothing')
    this.tap(this.phoneButton)
    this.answerPhoneButton(detail, event)
  }

  /** What WeChat's dialog says at its end. */
  answerPhoneButton(detail: object, event = 'getphonenumber'): void {
    const button = this.find(this.phoneButton)
    if (button) fire(button, event, detail)
  }

  attribute(selector: string, name: string): unknown {
    return this.find(selector)?.instance.data[name]
  }

  /** The arrow in the corner, or a swipe. */
  back(): void {
    this.#close()
    this.#showTop()
  }

  /** A tap on the tab bar. */
  async toTab(route: string): Promise<void> {
    this.#switchTab(route)
    await this.settle()
  }

  /** Opens pages above one another as they are, whatever they are. */
  async openAbove(...routes: string[]): Promise<void> {
    for (const route of routes) {
      this.#hideTop()
      this.#open(`/${route}`)
    }
    await this.settle()
  }

  callsOf(name: string): CloudCall[] {
    return this.calls.filter((call) => call.name === name)
  }

  /** Until no call is under way and nothing follows from the last one. */
  async settle(): Promise<void> {
    let quiet = 0
    while (quiet < 4) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      quiet = this.#underWay === this.heldCalls && !this.clock.isPausing ? quiet + 1 : 0
    }
  }

  /** For what never settles, such as a call that hangs. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  #underWay = 0

  async #call(call: CloudCall): Promise<unknown> {
    this.calls.push(structuredClone(call))
    return this.#isConnected ? this.deliver(call) : offline(call)
  }

  async #upload(cloudPath: string, filePath: string): Promise<unknown> {
    const content = this.files.get(filePath)
    if (!content) throw { errCode: -401002, errMsg: 'cloud.uploadFile:fail file not found' }
    const fileID = await this.upload(cloudPath, content)
    return fileID === UNANSWERED ? UNANSWERED : { fileID }
  }

  #makeWx(): Record<string, unknown> {
    return {
      cloud: {
        init: () => {},
        callFunction: (call: CloudCall) => {
          this.#underWay++
          return this.#call(call)
            .finally(() => {
              this.#underWay--
            })
            .then(orNever)
        },
        uploadFile: ({ cloudPath, filePath }: { cloudPath: string; filePath: string }) => {
          this.#underWay++
          return this.#upload(cloudPath, filePath)
            .finally(() => {
              this.#underWay--
            })
            .then(orNever)
        },
      },
      getImageInfo: ({ src, success, fail }: Callbacks<{ type: string }> & { src: string }) => {
        const content = this.files.get(src)
        if (content) success?.({ type: typeOf(content) })
        else fail?.({ errMsg: 'getImageInfo:fail file not found' })
      },
      getFileSystemManager: () => ({
        getFileInfo: ({ filePath, success, fail }: Callbacks<{ size: number }> & { filePath: string }) => {
          const content = this.files.get(filePath)
          if (content) success?.({ size: content.length })
          else fail?.({ errMsg: 'getFileInfo:fail no such file' })
        },
      }),
      getRandomValues: ({
        length,
        success,
      }: Callbacks<{ randomValues: ArrayBuffer }> & { length: number }) => {
        const randomValues = globalThis.crypto.getRandomValues(new Uint8Array(length)).buffer
        setTimeout(() => success?.({ randomValues }), 1)
      },
      setClipboardData: ({ data, success, fail }: Callbacks<object> & { data: string }) => {
        if (this.clipboard === undefined) fail?.({ errno: 112, errMsg: 'setClipboardData:fail api scope' })
        else {
          this.clipboard = data
          success?.({})
        }
      },
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void this.storage.set(key, structuredClone(value)),
      removeStorageSync: (key: string) => void this.storage.delete(key),
      onNetworkStatusChange: (listener: NetworkListener) => void this.#networkListeners.push(listener),
      getDeviceInfo: () => ({ model: 'Pixel 9', platform: 'android' }),
      showToast: ({ title }: { title: string }) => void this.toasts.push(title),
      showModal: (modal: Modal) => {
        this.modal = modal
      },
      stopPullDownRefresh: () => {},
      navigateTo: (navigation: Navigation) =>
        this.#navigate(navigation, () => {
          if (this.#isTab(navigation.url)) throw new Error('can not navigateTo a tabbar page')
          if (this.pages.length >= MOST_PAGES) throw new Error('webview count limit exceed')
          this.#hideTop()
          this.#open(navigation.url)
        }),
      redirectTo: (navigation: Navigation) =>
        this.#navigate(navigation, () => {
          if (this.#isTab(navigation.url)) throw new Error('can not redirectTo a tabbar page')
          this.#close()
          this.#open(navigation.url)
        }),
      navigateBack: (navigation: Navigation) =>
        this.#navigate({ ...navigation, url: 'back' }, () => {
          if (this.pages.length < 2) throw new Error('cannot navigate back at first page.')
          this.#close()
          this.#showTop()
        }),
      reLaunch: (navigation: Navigation) =>
        this.#navigate(navigation, () => {
          this.#closeAll()
          this.#open(navigation.url)
        }),
      switchTab: (navigation: Navigation) =>
        this.#navigate(navigation, () => {
          if (!this.#isTab(navigation.url)) throw new Error('can not switch to no-tabBar page')
          this.#switchTab(routeOf(navigation.url))
        }),
    }
  }

  /** Not at once: WeChat needs a moment to show a page, and a second call may come in that moment. */
  #navigate({ url, success, fail, complete }: Navigation, act: () => void): void {
    this.#underWay++
    setTimeout(() => {
      this.#underWay--
      try {
        act()
        this.navigations.push(url)
        success?.()
      } catch (error) {
        fail?.({ errMsg: String(error) })
      }
      complete?.()
    }, 1)
  }

  #isTab(url: string): boolean {
    return this.tabs.includes(routeOf(url))
  }

  #switchTab(route: string): void {
    const { pages } = this
    while (pages.length > 1 || (pages[0] && !this.#isTab(String(pages[0].instance.route)))) this.#close()
    if (pages[0]?.instance.route !== route) this.#hideTop()
    pages.length = 0
    const known = this.#openTabs.get(route)
    if (known) pages.push(known)
    if (known) this.#showTop()
    else this.#open(`/${route}`)
  }

  #hideTop(): void {
    const top = this.pages.at(-1)
    if (top) lifecycle(top, 'onHide')
  }

  #showTop(): void {
    const top = this.pages.at(-1)
    if (top) lifecycle(top, 'onShow')
  }

  #open(url: string): void {
    const [path = '', query = ''] = url.split('?')
    const route = path.replace(/^\//, '')
    // The simulator runs the page's modules in the course of the next line.
    Object.assign(globalThis, { runOnPhone: (path: string) => this.#modules.run(path) })
    this.#place ??= takePlace()
    const page = renderPage(this.#root, route, this.#place)
    const options = Object.fromEntries(new URLSearchParams(query))
    Object.assign(page.instance, { route, options })
    this.pages.push(page)
    if (this.#isTab(url)) this.#openTabs.set(route, page)
    lifecycle(page, 'onLoad', options)
    lifecycle(page, 'onShow')
  }

  #close(): void {
    const page = this.pages.pop()
    if (page) this.#unload(page)
  }

  #closeAll(): void {
    while (this.pages.length > 0) this.#close()
    for (const page of this.#openTabs.values()) this.#unload(page)
  }

  #unload(page: OpenPage): void {
    this.#openTabs.delete(String(page.instance.route))
    lifecycle(page, 'onUnload')
    page.remove()
  }
}

/** As WeChat calls it, by the first bytes. */
function typeOf(content: Uint8Array): string {
  const start = Buffer.from(content.subarray(0, 4)).toString('hex')
  const types: Record<string, string> = { ffd8ffe0: 'jpeg', '89504e47': 'png', '47494638': 'gif' }
  return types[start] ?? 'unknown'
}

function routeOf(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\//, '')
}

function orNever(answer: unknown): unknown {
  return answer === UNANSWERED ? new Promise(() => {}) : answer
}

function lifecycle({ instance }: OpenPage, name: string, ...given: unknown[]): void {
  const handler = instance[name]
  if (typeof handler === 'function') handler.apply(instance, given)
}
