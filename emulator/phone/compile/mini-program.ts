import { statSync } from 'node:fs'
import type { AppConfig, CompiledComponent, DarkConfig } from '../program/program.ts'
import { type AppSource, normalizeAppConfig, subpackagesOf } from './app-config.ts'
import { checkPackages } from './check-packages.ts'
import { checkPreloadRule, checkPreloadSize } from './check-preload-rule.ts'
import { ComponentCollector } from './component-collector.ts'
import { APP, type Diagnostics, diagnosticAt } from './diagnostics.ts'
import { extendedLibs } from './extended-libs.ts'
import { readJson, textsByName } from './json-source.ts'
import { noteUnknownFields } from './known-fields.ts'
import { MissingPackages } from './missing-packages.ts'
import { Packages } from './packages.ts'
import type { SourceFiles } from './source-files.ts'
import { Theme } from './theme.ts'

/** The source of a mini-program: its files, and the pages and components they make. */
export interface MiniProgram {
  files: SourceFiles
  appConfig: AppConfig
  dark: DarkConfig | undefined
  /** Pages and components by path. */
  components: ReadonlyMap<string, CompiledComponent>
  packages: Packages
  /** `resolveAlias` of app.json. */
  aliases: Readonly<Record<string, string>>
  missing: MissingPackages
  /** Tags whose component is missing, by the page or component that uses it, or the app. */
  missingTags: ReadonlyMap<string, readonly string[]>
}

const APP_JSON = 'app.json'
const TAB_BAR = 'custom-tab-bar/index'

/** Finds the pages of app.json and the components of `usingComponents`. */
export function readMiniProgram(files: SourceFiles, diagnostics: Diagnostics): MiniProgram {
  if (!files.has(APP_JSON)) diagnostics.addError({ file: APP_JSON, message: '文件不存在' }, [APP])
  const { value: source, text } = readJson<AppSource>(files, APP_JSON, { affected: APP, diagnostics })
  noteUnknownFields({ file: APP_JSON, config: source, text }, diagnostics)
  files.extend(extendedLibs(source, text, diagnostics))
  const theme = Theme.read(files, source, diagnostics)
  const appConfig = normalizeAppConfig(theme.apply(source, APP_JSON))
  const packages = new Packages(subpackagesOf(source))
  const aliases = textsByName(source.resolveAlias)
  checkAppJson({ files, source, text, pages: appConfig.pages, packages }, diagnostics)

  const missing = new MissingPackages(files)
  const collector = new ComponentCollector({ files, packages, aliases, missing }, diagnostics)
  collector.useEverywhere(appConfig.usingComponents, text)
  for (const page of appConfig.pages) collector.add(page, true)
  if (appConfig.tabBar?.custom === true && files.has(`${TAB_BAR}.wxml`)) collector.add(TAB_BAR, false)
  if (appConfig.pages.length === 0 && !diagnostics.isFatal) {
    diagnostics.addError({ file: APP_JSON, message: 'pages 里没有页面' }, [APP])
  }
  const dark = source.darkmode === true ? darkConfig(theme, source, collector.components) : undefined
  for (const [path, component] of collector.components) {
    component.config = theme.apply(component.config, `${path}.json`)
  }
  const { components, missingTags } = collector
  return { files, appConfig, dark, components, packages, aliases, missing, missingTags }
}

function darkConfig(
  theme: Theme,
  source: AppSource,
  components: ReadonlyMap<string, CompiledComponent>,
): DarkConfig {
  const pages = [...components].filter(([, { isPage }]) => isPage)
  return {
    appConfig: normalizeAppConfig(theme.apply(source, APP_JSON, 'dark')),
    pages: Object.fromEntries(
      pages.map(([path, { config }]) => [path, theme.apply(config, `${path}.json`, 'dark')]),
    ),
  }
}

/** Reports what WeChat's tools refuse to compile; one finding stops the whole mini-program, as it does there. */
function checkAppJson(
  app: {
    files: SourceFiles
    source: AppSource
    text: string
    pages: readonly string[]
    packages: Packages
  },
  diagnostics: Diagnostics,
): void {
  const { files, source, packages } = app
  const paths = [...files.own]
  const rule = { rule: source.preloadRule, text: app.text, pages: app.pages, packages }
  for (const { line, message } of [...checkPackages(app, packages, paths), ...checkPreloadRule(rule)]) {
    diagnostics.addError(diagnosticAt(APP_JSON, line, message), [APP])
  }
  const bytesOf = (root: string | undefined) =>
    paths
      .filter((file) => packages.packageOf(file)?.root === root)
      .reduce((sum, file) => sum + (statSync(files.absolute(file), { throwIfNoEntry: false })?.size ?? 0), 0)
  for (const { line, message } of checkPreloadSize(rule, bytesOf)) {
    diagnostics.addNote(diagnosticAt(APP_JSON, line, message))
  }
}
