import type { AppSource } from './app-config.ts'
import type { Diagnostics } from './diagnostics.ts'
import { readJson, textsByName } from './json-source.ts'
import type { SourceFiles } from './source-files.ts'

const DEFAULT_LOCATION = 'theme.json'
/** Fields whose values begin with `@` for other reasons than a theme. */
const PATHS = new Set([
  'usingComponents',
  'componentGenerics',
  'componentPlaceholder',
  'resolveAlias',
  'preloadRule',
])

export type ThemeName = 'light' | 'dark'

/**
 * The variables of theme.json, which `@name` in app.json and in the .json of pages means. Without `darkmode` in app.json the light
 * ones hold at all times.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html
 */
export class Theme {
  readonly #file: string
  readonly #values: Readonly<Record<ThemeName, Readonly<Record<string, string>>>>
  readonly #diagnostics: Diagnostics

  private constructor(
    file: string,
    values: Readonly<Record<ThemeName, Readonly<Record<string, string>>>>,
    diagnostics: Diagnostics,
  ) {
    this.#file = file
    this.#values = values
    this.#diagnostics = diagnostics
  }

  static read(files: SourceFiles, { themeLocation }: AppSource, diagnostics: Diagnostics): Theme {
    const file = typeof themeLocation === 'string' ? themeLocation.replace(/^\.?\//, '') : DEFAULT_LOCATION
    const { value } = readJson<{ light?: unknown; dark?: unknown }>(files, file, {
      affected: '',
      diagnostics,
    })
    const values = { light: textsByName(value.light), dark: textsByName(value.dark) }
    return new Theme(file, values, diagnostics)
  }

  /** Replaces variables in a configuration. An unknown one is noted and its field left out. */
  apply<Config extends object>(config: Config, file: string, theme: ThemeName = 'light'): Config {
    const fields = Object.entries(config).map(([name, value]) => [
      name,
      PATHS.has(name) ? value : this.#replace(value, file, theme),
    ])
    return Object.fromEntries(fields) as Config
  }

  #replace(value: unknown, file: string, theme: ThemeName): unknown {
    if (typeof value === 'string' && value.startsWith('@')) {
      const found = this.#values[theme][value.slice(1)]
      if (found === undefined)
        this.#diagnostics.addNote({
          file,
          message: `${this.#file} 的 ${theme} 里没有 ${value} · not defined there`,
        })
      return found
    }
    if (Array.isArray(value)) return value.map((element) => this.#replace(element, file, theme))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const replaced = this.#replace(inner, file, theme)
        return replaced === undefined ? [] : [[name, replaced]]
      }),
    )
  }
}
