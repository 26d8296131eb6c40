import type { AppConfig, CompiledComponent, DarkConfig, WindowConfig } from '../../program/program.ts'
import type { Theme } from '../device/tester-settings.ts'

/** Where app.json and a page's own .json say nothing, on a phone in dark mode. */
const DARK_WINDOW: WindowConfig = { backgroundColor: '#191919', navigationBarBackgroundColor: '#191919' }

export interface PageConfigsSource {
  appConfig: AppConfig
  components: Readonly<Record<string, CompiledComponent>>
  dark: DarkConfig | undefined
  theme: () => Theme
}

/** The configuration of windows and tab bar, in the colours of the present theme. */
export class PageConfigs {
  readonly #source: PageConfigsSource

  constructor(source: PageConfigsSource) {
    this.#source = source
  }

  /** app.json's `window` with what the page's own .json has instead. */
  of(path: string): WindowConfig {
    const { appConfig, components } = this.#source
    const dark = this.#dark
    if (dark) return { ...DARK_WINDOW, ...dark.appConfig.window, ...dark.pages[path] }
    return { ...appConfig.window, ...components[path]?.config }
  }

  get tabBar(): AppConfig['tabBar'] {
    return (this.#dark?.appConfig ?? this.#source.appConfig).tabBar
  }

  get #dark(): DarkConfig | undefined {
    return this.#source.theme() === 'dark' ? this.#source.dark : undefined
  }
}
