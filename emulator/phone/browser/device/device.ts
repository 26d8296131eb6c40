import { h } from '../dom.ts'
import { PhoneClock } from './clock.ts'
import { CloudFiles } from './cloud-files.ts'
import { Control } from './control.ts'
import { ErrorLog } from './error-log.ts'
import { TemporaryFiles } from './files.ts'
import { type Identity, readIdentity } from './identity.ts'
import { findModel, type Model } from './models.ts'
import { NavigationBar } from './navigation-bar.ts'
import { NicknameBar } from './nickname-bar.ts'
import { Overlay } from './overlay.ts'
import { DeviceStorage } from './storage.ts'
import { TabBar } from './tab-bar.ts'
import { Settings } from './tester-settings.ts'
import { Toast } from './toast.ts'

/** What the phone asks of the mini-program that runs on it. */
export interface RunningApp {
  leftButton(button: 'back' | 'home'): void
  refresh(): void
  networkChanged(): void
  hide(): void
  show(): void
}

/** The phone around the mini-program: what a person holds, and WeChat's own part of the screen. */
export class Device {
  readonly identity: Identity
  readonly model: Model
  /** What the mini-program stores. */
  readonly storage: DeviceStorage
  /** What WeChat remembers of the mini-program, gone when that is deleted. */
  readonly consent: DeviceStorage
  readonly settings: Settings
  readonly control: Control
  readonly cloudFiles: CloudFiles
  readonly clock: PhoneClock
  readonly errors = new ErrorLog()
  readonly files = new TemporaryFiles()
  readonly overlay = new Overlay()
  readonly toast: Toast
  readonly nicknameBar = new NicknameBar()
  readonly navigationBar: NavigationBar
  readonly tabBar = new TabBar()
  readonly element: HTMLElement
  readonly #screen: HTMLIFrameElement
  #app: RunningApp | undefined
  #background = false

  constructor(search: string) {
    this.identity = readIdentity(search)
    const { openid, device, model } = this.identity
    const prefix = `phone/${openid}/${device}/`
    this.storage = new DeviceStorage(`${prefix}storage/`)
    this.consent = new DeviceStorage(`${prefix}wechat/`)
    this.settings = new Settings(new DeviceStorage(`${prefix}settings/`))
    this.control = new Control(() => this.settings.current)
    this.cloudFiles = new CloudFiles(this.control, openid)
    this.clock = new PhoneClock(this.control)
    this.model = findModel(model)
    this.navigationBar = new NavigationBar({
      statusBarHeight: this.model.statusBarHeight,
      now: () => Date.now() + this.clock.offsetMilliseconds,
      onLeft: (button) => this.#app?.leftButton(button),
      onCapsule: () => this.#putAway(),
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
    glass.style.setProperty('--glass-width', `${this.model.width}px`)
    glass.style.setProperty('--glass-height', `${this.model.height}px`)
    glass.style.setProperty('--status-bar', `${this.model.statusBarHeight}px`)
    glass.style.setProperty('--safe-bottom', `${this.model.safeAreaBottom}px`)
    this.element = h('main', { class: 'phone' }, glass)
    this.element.style.setProperty('--corner', `${this.model.cornerRadius}px`)
    this.clock.onChange(() => this.navigationBar.showTime())
    this.settings.onChange((now, before) => {
      if (now.offline !== before.offline) this.#app?.networkChanged()
      if (now.oldLibrary !== before.oldLibrary) this.restart()
    })
  }

  /** The mini-program says that it runs. */
  attach(app: RunningApp): void {
    this.#app = app
  }

  /** Starts the mini-program anew, as after it was closed for long. */
  restart(): void {
    this.#app = undefined
    this.toast.hide()
    this.nicknameBar.hide()
    this.overlay.element.replaceChildren()
    this.files.clear()
    this.#screen.contentWindow?.location.reload()
  }

  /** Pulls the page down, as a finger would. */
  refresh(): void {
    this.#app?.refresh()
  }

  /** Forgets everything, as deleting the mini-program does. */
  clear(): void {
    this.storage.clear()
    this.consent.clear()
    this.restart()
  }

  /** The capsule's button: into the background, and back at the next tap. */
  #putAway(): void {
    if (this.#background) return
    this.#background = true
    this.#app?.hide()
    const back = h('button', { type: 'button', class: 'away' }, '小程序在后台运行。点这里回到小程序。')
    back.addEventListener('click', () => {
      back.remove()
      this.#background = false
      this.#app?.show()
    })
    this.overlay.element.append(back)
    back.focus()
  }
}
