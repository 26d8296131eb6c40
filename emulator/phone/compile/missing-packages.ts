import { dirname } from 'node:path'
import { isBare, PACKAGES_FOLDER, packageNameOf } from './references.ts'
import type { SourceFiles } from './source-files.ts'

/** Says why a reference to an npm package leads nowhere. */
export class MissingPackages {
  readonly #files: SourceFiles
  readonly #notInstalled = new Map<string, string>()

  constructor(files: SourceFiles) {
    this.#files = files
  }

  /** The package.json by the name of each package that it has, that is used and that is not installed. */
  get notInstalled(): ReadonlyMap<string, string> {
    return this.#notInstalled
  }

  /** Whether the package of a reference is one that has been described as not installed. */
  isKnown(reference: string): boolean {
    return this.#notInstalled.has(packageNameOf(reference.split(`${PACKAGES_FOLDER}/`)[1] ?? reference))
  }

  /** @returns undefined if the reference names no package that the project's package.json has */
  describe(reference: string): string | undefined {
    const [, inFolder] = reference.split(`${PACKAGES_FOLDER}/`)
    if (inFolder === undefined && !isBare(reference)) return undefined
    const name = packageNameOf(inFolder ?? reference)
    const declaration = this.#files.npm.declaring(name)
    if (!declaration) return undefined
    const { packageJson } = declaration
    if (this.#files.npm.isInstalled(name))
      return `npm 包 ${name} 里没有 ${reference}：“构建 npm” 只有它的 main 或 miniprogram 目录`
    this.#notInstalled.set(name, packageJson)
    return `npm 包 ${name} 没有安装：请用 --install 启动，或在 ${dirname(packageJson)} 运行 npm install · not installed`
  }
}
