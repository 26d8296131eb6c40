import type { Launch } from '../../launch/launch.ts'
import { DEFAULT_SCENE } from '../../launch/scenes.ts'
import type { FontStep } from './font-size.ts'
import type { DeviceStorage } from './storage.ts'

/** Conditions that the tester sets on this phone. */
export interface TesterSettings {
  offline: boolean
  /** Added to each call of the cloud. */
  slowMilliseconds: number
  /** The outcome of a tap on the phone-number button. */
  phone: PhoneMode
  /** A base library of 2020: no code in the phone button's event, no privacy interfaces. */
  oldLibrary: boolean
  /** Where the phone is. */
  place: Place
  /** The page and scene of each cold start, as a compile mode of DevTools has them; empty for the entry page. */
  launchPage: string
  launchScene: number
  /** WeChat's 语言. */
  language: WechatLanguage
  /** WeChat's 深色模式. */
  theme: Theme
  /** WeChat's 字体大小: steps above or below the standard one. */
  fontStep: FontStep
  /** Whether the panel is open; absent until the tester has opened or folded it. */
  isPanelOpen?: boolean
}

/** Some of WeChat's, as a mini-program reads them. */
export type WechatLanguage = 'zh_CN' | 'zh_TW' | 'zh_HK' | 'en' | 'ja'

export type Theme = 'light' | 'dark'

export interface Place {
  name: string
  address: string
  latitude: number
  longitude: number
}

export type PhoneMode =
  | 'ask'
  | 'allow'
  | 'deny'
  | 'out-of-quota'
  | 'no-permission'
  | 'privacy-undeclared'
  | 'privacy-banned'

const DEFAULTS: TesterSettings = {
  offline: false,
  slowMilliseconds: 0,
  phone: 'ask',
  oldLibrary: false,
  place: {
    name: '广州塔',
    address: '广东省广州市海珠区阅江西路222号',
    latitude: 23.10647,
    longitude: 113.32446,
  },
  launchPage: '',
  launchScene: DEFAULT_SCENE,
  language: 'zh_CN',
  theme: 'light',
  fontStep: 0,
}
const KEY = 'tester'

export const launchOfSettings = ({ launchPage, launchScene }: TesterSettings): Launch => ({
  page: launchPage,
  scene: launchScene,
})

/** The settings, stored with the phone so that they survive a reload. */
export class Settings {
  readonly #storage: DeviceStorage
  readonly #listeners = new Set<(settings: TesterSettings, before: TesterSettings) => void>()
  #current: TesterSettings

  constructor(storage: DeviceStorage) {
    this.#storage = storage
    this.#current = this.#read()
    // The console turns off what is not as usual.
    storage.onOutsideChange(KEY, () => this.#become(this.#read()))
  }

  get current(): TesterSettings {
    return this.#current
  }

  change(changes: Partial<TesterSettings>): void {
    const settings = { ...this.#current, ...changes }
    this.#storage.write(KEY, settings)
    this.#become(settings)
  }

  onChange(listener: (settings: TesterSettings, before: TesterSettings) => void): void {
    this.#listeners.add(listener)
  }

  #read(): TesterSettings {
    return { ...DEFAULTS, ...(this.#storage.read(KEY) as Partial<TesterSettings> | undefined) }
  }

  #become(settings: TesterSettings): void {
    const before = this.#current
    this.#current = settings
    for (const listener of this.#listeners) listener(settings, before)
  }
}
