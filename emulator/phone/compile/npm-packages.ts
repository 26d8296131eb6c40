import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import type { NpmSource } from '../../project/wechat-project.ts'
import { PACKAGES_FOLDER } from './references.ts'

/** A file that WeChat's 构建 npm would put into `miniprogram_npm`. */
export type PackagedFile =
  /** Copied as it is. */
  | { kind: 'copy'; file: string }
  /** `index.js` of a package that is no mini-program package: its entry and all that this requires by relative paths. */
  | { kind: 'bundle'; file: string }

interface InstalledPackage {
  /** Folder with the mini-program's files; undefined for a package that is bundled. */
  copied: string | undefined
  entry: string
}

/**
 * Finds in `node_modules` what WeChat's tools build into `miniprogram_npm`: of a package with a folder of mini-program
 * files (`miniprogram` in its package.json, or `miniprogram_dist`) that folder, of any other its entry, `main`.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
 */
export class NpmPackages {
  readonly #sources: readonly { modules: readonly string[]; packageJson: string; prefix: string }[]
  #extended: ReadonlyMap<string, string> = new Map()
  #installed = new Map<string, InstalledPackage | undefined>()
  #used = new Map<string, string>()

  constructor(directory: string, sources: readonly NpmSource[]) {
    this.#sources = sources.map(({ packageJson, target }) => ({
      modules: foldersAbove(packageJson).map((folder) => join(folder, 'node_modules')),
      packageJson,
      prefix: posix.join(relative(directory, target).replaceAll('\\', '/'), PACKAGES_FOLDER, '/'),
    }))
  }

  /** Reads the packages again: they may have been installed since. */
  refresh(): void {
    this.#installed = new Map()
    this.#used = new Map()
  }

  /** Packages that WeChat itself gives to the mini-program: their folders by name. */
  set extended(folders: ReadonlyMap<string, string>) {
    this.#extended = folders
  }

  /** @param path below the mini-program's folder */
  find(path: string): PackagedFile | undefined {
    for (const { modules, prefix } of this.#sources) {
      if (!path.startsWith(prefix)) continue
      for (const folder of modules) {
        const found = this.#findIn(folder, path.slice(prefix.length), prefix)
        if (found) return found
      }
    }
    for (const [name, folder] of this.#extended) {
      const modules = join(folder, ...name.split('/').map(() => '..'))
      const prefix = `${PACKAGES_FOLDER}/`
      if (path.startsWith(`${prefix}${name}/`))
        return this.#findIn(modules, path.slice(prefix.length), prefix)
    }
    return undefined
  }

  /** The folders of mini-program packages of which files were found, by their path in the mini-program. */
  get usedFolders(): ReadonlyMap<string, string> {
    return this.#used
  }

  /** The package.json that names a package among its dependencies. */
  declaring(name: string): { packageJson: string; isDevelopment: boolean } | undefined {
    for (const { packageJson } of this.#sources) {
      const { dependencies, devDependencies } = readPackageJson(packageJson)
      if (isNamed(dependencies, name)) return { packageJson, isDevelopment: false }
      if (isNamed(devDependencies, name)) return { packageJson, isDevelopment: true }
    }
    return undefined
  }

  isInstalled(name: string): boolean {
    return this.#sources.some(({ modules }) =>
      modules.some((folder) => existsSync(join(folder, name, 'package.json'))),
    )
  }

  #findIn(modules: string, path: string, prefix: string): PackagedFile | undefined {
    const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/@][^/]*)\/(.+)$/.exec(path) ?? []
    if (name === undefined) return undefined
    const folder = join(modules, name)
    const installed = this.#packageIn(folder)
    if (installed?.copied !== undefined) {
      const file = join(installed.copied, rest)
      if (isFile(file)) {
        this.#used.set(`${prefix}${name}`, installed.copied)
        return { kind: 'copy', file }
      }
    }
    if (rest.startsWith(`${PACKAGES_FOLDER}/`)) {
      const inner = `${prefix}${name}/${PACKAGES_FOLDER}/`
      return this.#findIn(join(folder, 'node_modules'), rest.slice(PACKAGES_FOLDER.length + 1), inner)
    }
    const isEntry = installed !== undefined && installed.copied === undefined && rest === 'index.js'
    return isEntry ? { kind: 'bundle', file: installed.entry } : undefined
  }

  #packageIn(folder: string): InstalledPackage | undefined {
    if (this.#installed.has(folder)) return this.#installed.get(folder)
    const file = join(folder, 'package.json')
    const installed = existsSync(file) ? installedPackage(folder, readPackageJson(file)) : undefined
    this.#installed.set(folder, installed)
    return installed
  }
}

/** The folder of a file and those around it: a workspace installs packages further up. */
function foldersAbove(file: string): string[] {
  const folders = [dirname(file)]
  for (;;) {
    const folder = folders.at(-1) ?? ''
    const above = dirname(folder)
    if (above === folder) return folders
    folders.push(above)
  }
}

function installedPackage(
  folder: string,
  packageJson: Record<string, unknown>,
): InstalledPackage | undefined {
  const { miniprogram, main } = packageJson
  const copied = join(
    folder,
    typeof miniprogram === 'string' && miniprogram !== '' ? miniprogram : 'miniprogram_dist',
  )
  const entry = entryOf(join(folder, typeof main === 'string' && main !== '' ? main : 'index.js'))
  if (isFolder(copied)) return { copied, entry: '' }
  return entry === undefined ? undefined : { copied: undefined, entry }
}

/** The file that `main` means, which may have no ending or be a folder. */
function entryOf(main: string): string | undefined {
  return [main, `${main}.js`, join(main, 'index.js')].find(isFile)
}

function readPackageJson(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function isNamed(dependencies: unknown, name: string): boolean {
  return typeof dependencies === 'object' && dependencies !== null && Object.hasOwn(dependencies, name)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
