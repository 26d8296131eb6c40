import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { AppConfig, Mistake, Unit, UnitConfig } from '../program.ts'

/** The source of a mini-program: which files there are, and which pages and components they make. */
export interface MiniProgram {
  directory: string
  /** All files, by their path below the directory, with `/`. */
  files: readonly string[]
  appConfig: AppConfig
  units: ReadonlyMap<string, Unit>
}

/** Finds pages by app.json and components by `usingComponents`. What is wrong with them goes to `mistakes`. */
export function readMiniProgram(directory: string, mistakes: Mistake[]): MiniProgram {
  const files = listFiles(directory)
  const appConfig: AppConfig = { ...readJson<AppConfig>(directory, 'app.json', mistakes) }
  appConfig.pages ??= []
  const units = new Map<string, Unit>()
  const visit = (path: string, isPage: boolean, usedBy: string): void => {
    if (units.has(path)) return
    if (!files.includes(`${path}.wxml`)) {
      mistakes.push({ file: usedBy, message: `${path}.wxml 不存在` })
      return
    }
    const config = readJson<UnitConfig>(directory, `${path}.json`, mistakes)
    const isShared = isPage || config.styleIsolation === 'shared'
    units.set(path, { isPage, config, ...(isShared ? {} : { styleScope: `c${units.size}` }) })
    for (const url of Object.values({ ...appConfig.usingComponents, ...config.usingComponents })) {
      visit(resolvePath(path, url), false, `${path}.json`)
    }
  }
  for (const page of appConfig.pages) visit(page, true, 'app.json')
  if (appConfig.pages.length === 0) mistakes.push({ file: 'app.json', message: 'pages 里没有页面' })
  return { directory, files, appConfig, units }
}

/** The path a reference in the file of another path means. */
export function resolvePath(from: string, reference: string): string {
  return reference.startsWith('/')
    ? posix.normalize(reference.slice(1))
    : posix.join(posix.dirname(from), reference)
}

function readJson<Config extends object>(directory: string, file: string, mistakes: Mistake[]): Config {
  const path = join(directory, file)
  if (!existsSync(path)) {
    if (file === 'app.json') mistakes.push({ file, message: '文件不存在' })
    return {} as Config
  }
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text) as Config
  } catch (error) {
    const message = (error as Error).message
    const position = /at position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? {} : { line: text.slice(0, Number(position)).split('\n').length }
    mistakes.push({ file, ...line, message })
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
