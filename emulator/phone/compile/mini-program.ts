import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppConfig, Unit, UnitConfig } from '../program.ts'
import { type AppSource, normalizeAppConfig } from './app-config.ts'
import { APP, type Diagnostics, mistakeAt } from './diagnostics.ts'
import { candidatesOf, replaceAlias } from './references.ts'
import { readScriptOptions } from './script-options.ts'

/** The source of a mini-program: which files there are, and which pages and components they make. */
export interface MiniProgram {
  directory: string
  /** All files, by their path below the directory, with `/`. */
  files: readonly string[]
  appConfig: AppConfig
  units: ReadonlyMap<string, Unit>
  /** `resolveAlias` of app.json. */
  aliases: Readonly<Record<string, string>>
}

const TAB_BAR = 'custom-tab-bar/index'

/** Finds pages by app.json and components by `usingComponents`. What is wrong with them goes to `diagnostics`. */
export function readMiniProgram(directory: string, diagnostics: Diagnostics): MiniProgram {
  const files = listFiles(directory)
  const source = readJson<AppSource>(directory, 'app.json', { owner: APP, diagnostics })
  const appConfig = normalizeAppConfig(source)
  const aliases = source.resolveAlias ?? {}
  const units = new Map<string, Unit>()

  /** Components by tag, each by its path from the root; one that is not there is told, and left out. */
  const resolveComponents = (from: string, using: Record<string, string> | undefined): [string, string][] =>
    Object.entries(using ?? {}).flatMap(([tag, reference]): [string, string][] => {
      const file = `${from}.json`
      if (/^(plugin|plugin-private|dynamicLib):\/\//.test(reference)) {
        diagnostics.note({ file, message: `<${tag}> 来自插件 ${reference}，这台手机没有实现插件` })
        return []
      }
      const candidates = candidatesOf(from, replaceAlias(reference, aliases))
      const path = candidates.find((candidate) => files.includes(`${candidate}.wxml`))
      if (path !== undefined) return [[tag, path]]
      // A component of the app's that is missing is missed where it is used, by its tag.
      diagnostics.add({ file, message: `${candidates[0]}.wxml 不存在` }, from === APP ? [] : [from])
      return []
    })

  const appComponents = resolveComponents(APP, appConfig.usingComponents)
  const visit = (path: string, isPage: boolean): void => {
    if (units.has(path)) return
    const config = readJson<UnitConfig>(directory, `${path}.json`, { owner: path, diagnostics })
    Object.assign(config, readScriptOptions(directory, path, config))
    const isShared = isPage || config.styleIsolation === 'shared'
    const script = [`${path}.ts`, `${path}.js`].find((file) => files.includes(file))
    units.set(path, {
      isPage,
      config,
      ...(script === undefined ? {} : { script }),
      ...(isShared ? {} : { styleScope: `c${units.size}` }),
    })
    if (!files.includes(`${path}.wxml`)) {
      diagnostics.add({ file: APP_JSON, message: `${path}.wxml 不存在` }, [path])
    }
    const generics = Object.values(config.componentGenerics ?? {}).flatMap((generic) =>
      typeof generic === 'object' && generic.default !== undefined ? [['', generic.default] as const] : [],
    )
    const own = resolveComponents(path, config.usingComponents)
    // The tab bar of the mini-program does not use itself, nor does any other component by way of app.json.
    const using = [...appComponents.filter(([, component]) => component !== path), ...own]
    config.usingComponents = Object.fromEntries(using.map(([tag, component]) => [tag, `/${component}`]))
    const defaults = generics.flatMap(([tag, reference]) => resolveComponents(path, { [tag]: reference }))
    for (const [, component] of [...using, ...defaults]) visit(component, false)
  }
  for (const page of appConfig.pages) visit(page, true)
  if (appConfig.tabBar?.custom === true) visit(TAB_BAR, false)
  if (appConfig.pages.length === 0 && !diagnostics.isFatal) {
    diagnostics.add({ file: APP_JSON, message: 'pages 里没有页面' }, [APP])
  }
  return { directory, files, appConfig, units, aliases }
}

const APP_JSON = 'app.json'

function readJson<Config extends object>(
  directory: string,
  file: string,
  { owner, diagnostics }: { owner: string; diagnostics: Diagnostics },
): Config {
  const path = join(directory, file)
  if (!existsSync(path)) {
    if (file === APP_JSON) diagnostics.add({ file, message: '文件不存在' }, [APP])
    return {} as Config
  }
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  try {
    return JSON.parse(text) as Config
  } catch (error) {
    const message = (error as Error).message
    const position = /at position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length
    diagnostics.add(mistakeAt(file, line, message), [owner])
    return {} as Config
  }
}

/** All files below a folder, by their path from it, with `/`. */
export function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length).replaceAll('\\', '/'))
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => !path.includes('node_modules/'))
}
