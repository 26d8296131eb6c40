import type { DeviceStorage } from './storage.ts'

/** What a tester can make go differently, without a device to do it on. */
export interface TesterSettings {
  offline: boolean
  /** How much longer each call of the cloud takes. */
  slowMilliseconds: number
  /** What becomes of a tap on the phone button. */
  phone: PhoneMode
  /** A base library of 2020: no code in the phone button's event, no privacy interfaces. */
  oldLibrary: boolean
}

export type PhoneMode =
  | 'ask'
  | 'allow'
  | 'deny'
  | 'out-of-quota'
  | 'no-permission'
  | 'privacy-undeclared'
  | 'privacy-banned'

const DEFAULTS: TesterSettings = { offline: false, slowMilliseconds: 0, phone: 'ask', oldLibrary: false }
const KEY = 'tester'

/** Kept with the phone, so that a reloaded page goes on the same way. */
export class Settings {
  readonly #storage: DeviceStorage
  readonly #listeners = new Set<(settings: TesterSettings, before: TesterSettings) => void>()
  #current: TesterSettings

  constructor(storage: DeviceStorage) {
    this.#storage = storage
    this.#current = { ...DEFAULTS, ...(storage.read(KEY) as Partial<TesterSettings> | undefined) }
  }

  get current(): TesterSettings {
    return this.#current
  }

  change(changes: Partial<TesterSettings>): void {
    const before = this.#current
    this.#current = { ...before, ...changes }
    this.#storage.write(KEY, this.#current)
    for (const listener of this.#listeners) listener(this.#current, before)
  }

  onChange(listener: (settings: TesterSettings, before: TesterSettings) => void): void {
    this.#listeners.add(listener)
  }
}
