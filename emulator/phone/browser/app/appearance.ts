import type { AppConfig } from '../../program/program.ts'
import type { Device } from '../device/device.ts'
import { fontSizeOf, SYSTEM_FONT_SIZE } from '../device/font-size.ts'
import type { Theme } from '../device/tester-settings.ts'
import { ColorScheme } from './color-scheme.ts'

/** WeChat's dark mode and font size, as the screen shows them. */
export class Appearance {
  readonly #device: Device
  readonly #followsDarkMode: boolean
  readonly #colorScheme = new ColorScheme(document)

  constructor(device: Device, { darkmode }: AppConfig) {
    this.#device = device
    this.#followsDarkMode = darkmode === true
    const { setting } = fontSizeOf(device.model, device.settings.current.fontStep)
    document.documentElement.style.setProperty(SYSTEM_FONT_SIZE, `${setting}px`)
  }

  /** Of WeChat's own parts and the mini-program's configuration: light unless app.json has `darkmode`. */
  get theme(): Theme {
    return this.#followsDarkMode ? this.#device.settings.current.theme : 'light'
  }

  /** Whether the mini-program hears of changes. */
  get isFollowed(): boolean {
    return this.#followsDarkMode
  }

  /** Media queries of a mini-program follow WeChat's switch without `darkmode`, too. */
  apply(): void {
    this.#colorScheme.apply(this.#device.settings.current.theme)
    document.documentElement.dataset['theme'] = this.theme
    this.#device.showTheme(this.theme)
  }
}
