import type { SentMessage } from '../../../control/interface.ts'
import type { LaunchLink } from '../../../control/launch-link.ts'
import { type Launch, launchOf } from '../../launch/launch.ts'
import { h } from '../base/dom.ts'
import { LaunchHistory } from '../launch/launch-history.ts'
import { checkSheet } from '../look/check-page.ts'
import { createSharedCards } from './cards.ts'
import { PhoneClock } from './clock.ts'
import { CloudDatabase } from './cloud-database.ts'
import { CloudFiles } from './cloud-files.ts'
import { Control } from './control.ts'
import { ErrorLog } from './error-log.ts'
import { TemporaryFiles } from './files.ts'
import { fontSizeOf } from './font-size.ts'
import { type Identity, readIdentity } from './identity.ts'
import { findModel, type Model } from './models.ts'
import { NavigationBar } from './navigation-bar.ts'
import { NicknameBar } from './nickname-bar.ts'
import { Overlay } from './overlay.ts'
import { DeviceStorage } from './storage.ts'
import { TabBar } from './tab-bar.ts'
import { launchOfSettings, Settings, type Theme } from './tester-settings.ts'
import { Toast } from './toast.ts'
import { UserFiles } from './user-files.ts'
import { notAllowedNote, Web } from './web.ts'
import { WechatAccounts } from './wechat-accounts.ts'

/** What the phone calls on the mini-program that runs on it. */
export interface RunningApp {
  /** Of the top page; undefined before there is one. */
  readonly pagePath: string | undefined
  leftButton(button: 'back' | 'home'): void
  refresh(): void
  networkChanged(): void
  themeChanged(): void
  hide(): void
  /** @param launch what has opened it again; absent when the user came back to where they were */
  show(launch?: Launch): void
  openMenu(): void
  /** What an eye or a finger stumbles over on the page on top. */
  check(): string[]
}

/** Characters of an error that the cloud takes. */
const MAXIMUM_REPORT = 10_000

/** Settings that a mini-program meets when it starts. */
const RESTARTING = ['oldLibrary', 'fontStep', 'language'] as const

/** The phone around the mini-program: its hardware, and WeChat's own part of the screen. */
export class Device {
  readonly identity: Identity
  readonly model: Model
  /** The mini-program's storage. */
  readonly storage: DeviceStorage
  /** What WeChat stores about the mini-program until it is deleted. */
  readonly consent: DeviceStorage
  readonly settings: Settings
  readonly control: Control
  readonly cloudFiles: CloudFiles
  readonly cloudDatabase: CloudDatabase
  readonly web: Web
  readonly clock: PhoneClock
  readonly accounts: WechatAccounts
  readonly errors = new ErrorLog()
  readonly userFiles: UserFiles
  readonly files: TemporaryFiles
  readonly cards = createSharedCards()
  readonly launches = new LaunchHistory()
  readonly overlay = new Overlay()
  readonly toast: Toast
  readonly nicknameBar = new NicknameBar()
  readonly navigationBar: NavigationBar
  readonly tabBar = new TabBar()
  readonly element: HTMLElement
  readonly #glass: HTMLElement
  readonly #screen: HTMLIFrameElement
  #app: RunningApp | undefined
  #back: HTMLElement | undefined
  readonly #addressLaunch: Launch | undefined
  #nextLaunch: Launch | undefined
  readonly #startedAt = Date.now()
  readonly #linkListeners = new Set<(links: readonly LaunchLink[]) => void>()
  readonly #messageListeners = new Set<(messages: readonly SentMessage[]) => void>()
  #messageCount: number | undefined

  constructor(search: string) {
    this.identity = readIdentity(search)
    const { openid, device, model } = this.identity
    const prefix = `phone/${openid}/${device}/`
    this.storage = new DeviceStorage(`${prefix}storage/`)
    this.consent = new DeviceStorage(`${prefix}wechat/`)
    this.userFiles = new UserFiles(`${prefix}files`)
    this.files = new TemporaryFiles(this.userFiles)
    this.#addressLaunch = launchOf(search)
    this.settings = new Settings(new DeviceStorage(`${prefix}settings/`))
    this.control = new Control(() => this.settings.current)
    this.cloudFiles = new CloudFiles(this.control, openid)
    this.cloudDatabase = new CloudDatabase(this.control, openid)
    this.web = new Web(() => this.settings.current, openid)
    this.clock = new PhoneClock(this.control)
    this.accounts = new WechatAccounts(this.control, openid)
    this.model = findModel(model)
    this.navigationBar = new NavigationBar({
      statusBarHeight: this.model.statusBarHeight,
      now: () => Date.now() + this.clock.offsetMilliseconds,
      onLeft: (button) => this.#app?.leftButton(button),
      onMenu: () => this.#app?.openMenu(),
      onClose: () => this.leave(),
    })
    const query = new URLSearchParams(search)
    query.set('part', 'screen')
    this.#screen = h('iframe', { class: 'screen', title: '小程序', src: `${location.pathname}?${query}` })
    const toastLayer = h('div', { class: 'toasts' })
    this.toast = new Toast(toastLayer)
    const glass = h(
      'div',
      { class: 'glass' },
      this.navigationBar.element,
      this.#screen,
      this.tabBar.element,
      this.nicknameBar.element,
      this.overlay.element,
      toastLayer,
    )
    this.#glass = glass
    this.#showFontSize()
    glass.style.setProperty('--glass-width', `${this.model.width}px`)
    glass.style.setProperty('--glass-height', `${this.model.height}px`)
    glass.style.setProperty('--status-bar', `${this.model.statusBarHeight}px`)
    glass.style.setProperty('--safe-bottom', `${this.model.safeAreaBottom}px`)
    this.element = h('main', { class: 'phone' }, glass)
    this.element.style.setProperty('--corner', `${this.model.cornerRadius}px`)
    this.errors.onFinding((line) => void this.control.reportNote(line))
    this.errors.onError(({ text, thrown }) => {
      const page = this.#app?.pagePath
      const error = { openid, text: text.slice(0, MAXIMUM_REPORT), ...(thrown ? { thrown } : {}) }
      void this.control.reportError(page === undefined ? error : { ...error, page })
    })
    this.clock.onChange(() => this.navigationBar.showTime())
    this.settings.onChange((now, before) => {
      if (now.offline !== before.offline) {
        this.#app?.networkChanged()
        this.cloudDatabase.emitChange()
      }
      if (now.theme !== before.theme) this.#app?.themeChanged()
      if (now.fontStep !== before.fontStep) this.#showFontSize()
      if (RESTARTING.some((name) => now[name] !== before[name])) this.restart()
    })
  }

  /** Called by the mini-program once it runs. */
  attach(app: RunningApp): void {
    this.#app = app
  }

  /** Cold-starts the mini-program. @param launch by default, the one that the tester has set */
  restart(launch?: Launch): void {
    this.#nextLaunch = launch
    this.#app = undefined
    this.#back = undefined
    this.errors.restart()
    this.toast.hide()
    this.nicknameBar.hide()
    this.overlay.element.replaceChildren()
    this.files.clear()
    this.cloudDatabase.clear()
    this.dim(1)
    this.#screen.contentWindow?.location.reload()
  }

  /** Cold-starts the mini-program with other code, which has nothing to do with the errors so far. */
  startAgain(): void {
    this.errors.clear()
    this.restart()
  }

  /** Pulls the page down to refresh it. */
  refresh(): void {
    this.#app?.refresh()
  }

  /** Checks WeChat's dialog or sheet, if one is shown, or else the page on top. @returns its faults, one line each */
  checkPage(): string[] {
    const { top } = this.overlay
    return top ? checkSheet(top, this.#glass) : (this.#app?.check() ?? [])
  }

  /** Clears all stored data, as deleting the mini-program does. */
  clear(): void {
    this.storage.clear()
    this.consent.clear()
    this.userFiles.clear()
    this.restart()
  }

  /** How the mini-program is opened now. */
  takeLaunch(): Launch {
    const next = this.#nextLaunch
    this.#nextLaunch = undefined
    const launch = next ?? this.#addressLaunch ?? launchOfSettings(this.settings.current)
    this.launches.add(this.identity.openid, launch)
    return launch
  }

  /** Opens the mini-program as by a tap on a card: from the background, if it runs. */
  open(launch: Launch): void {
    if (!this.#app) {
      this.restart(launch)
      return
    }
    this.launches.add(this.identity.openid, launch)
    if (!this.#back) this.#app.hide()
    this.#back?.remove()
    this.#back = undefined
    this.#app.show(launch)
  }

  /** Asks WeChat for the messages of this user, and shows a new one above the screen. */
  async followMessages(): Promise<void> {
    const messages = await this.control.messages(this.identity.openid).catch(() => undefined)
    if (!messages) return
    const isNew = this.#messageCount !== undefined && messages.length > this.#messageCount
    this.#messageCount = messages.length
    const [latest] = messages
    if (isNew && latest) {
      const title = `订阅消息：${Object.values(latest.fields).join('，')}`
      this.toast.show('toast', { title, icon: 'none', mask: false, durationMilliseconds: 3000 })
    }
    for (const listener of this.#messageListeners) listener(messages)
  }

  /** Asks for the codes and links that functions have made. */
  async followLinks(): Promise<void> {
    const links = await this.control.launchLinks().catch(() => undefined)
    if (links) for (const listener of this.#linkListeners) listener(links)
  }

  /** Notes the hosts that this page could not reach because they are not allowed. */
  async followWeb(): Promise<void> {
    for (const host of await this.control.refusedHosts(this.#startedAt)) {
      this.errors.note(notAllowedNote(host))
    }
  }

  onLinks(listener: (links: readonly LaunchLink[]) => void): void {
    this.#linkListeners.add(listener)
  }

  onMessages(listener: (messages: readonly SentMessage[]) => void): void {
    this.#messageListeners.add(listener)
  }

  /** WeChat's own part of the screen has the theme of the mini-program. */
  showTheme(theme: Theme): void {
    this.#glass.dataset['theme'] = theme
  }

  #showFontSize(): void {
    const { title } = fontSizeOf(this.model, this.settings.current.fontStep)
    this.#glass.style.setProperty('--title-size', `${title}px`)
  }

  /** `wx.setScreenBrightness` @param brightness from 0 to 1 */
  dim(brightness: number): void {
    this.element.style.setProperty('--brightness', String(0.3 + 0.7 * brightness))
  }

  /** The capsule's round button: puts the mini-program into the background until the next tap. */
  leave(): void {
    if (this.#back) return
    this.#app?.hide()
    const back = h('button', { type: 'button', class: 'away' }, '小程序在后台运行。点这里回到小程序。')
    this.#back = back
    back.addEventListener('click', () => {
      back.remove()
      this.#back = undefined
      this.#app?.show()
    })
    this.overlay.element.append(back)
    back.focus()
  }
}
