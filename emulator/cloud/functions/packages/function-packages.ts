import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionCatalog, FunctionDefinition } from '../function-catalog.ts'
import { type DeclaredPackages, declaredPackages, missingPackages } from './declared-packages.ts'
import { installPackages } from './install-packages.ts'

export interface FunctionPackagesOptions {
  /** Holds one folder a set of packages; made when something is installed. */
  directory: string
  /** Whether missing packages are installed at a function's first call. */
  installsMissing: boolean
  catalog: FunctionCatalog
}

export interface ProvidedPackages {
  /** Folder whose `node_modules` has them. */
  directory?: string
  /** npm's own words if they could not be installed. */
  failure?: string
}

/** After a failed installation calls fail with the same words for so long, before another is tried. */
const RETRY_MILLISECONDS = 30_000

/**
 * Packages that functions ask for and the project does not have. They are installed beside the data, once for each set
 * of packages: nothing is written to the project.
 */
export class FunctionPackages {
  readonly #options: FunctionPackagesOptions
  readonly #installations = new Map<string, Promise<void>>()

  constructor(options: FunctionPackagesOptions) {
    this.#options = options
  }

  /** What is missing, by function; functions that miss nothing are left out. */
  missing(): { functionName: string; packages: string[] }[] {
    const { catalog } = this.#options
    return catalog.names().flatMap((functionName) => {
      const definition = catalog.find(functionName)
      const packages = definition ? this.missingOf(definition) : []
      return packages.length === 0 ? [] : [{ functionName, packages }]
    })
  }

  /** What is neither in the project nor installed beside the data. */
  missingOf({ directory }: FunctionDefinition): string[] {
    const folder = this.#folderOf(directory)
    return folder !== undefined && existsSync(folder) ? [] : missingPackages(directory)
  }

  /** Installs what any function misses, one set after the other. A failure is logged in npm's own words. */
  async installAll(log: (text: string) => void): Promise<void> {
    const { catalog } = this.#options
    for (const name of catalog.names()) {
      const definition = catalog.find(name)
      if (!definition || this.missingOf(definition).length === 0) continue
      await this.#install(definition, log).catch((error: Error) => log(`云函数 ${name}：${error.message}`))
    }
  }

  /**
   * The packages that the project lacks, installed now if that is allowed. A failed installation is no error: a function
   * may run without a package that its package.json names.
   */
  async provide(definition: FunctionDefinition, log: (text: string) => void): Promise<ProvidedPackages> {
    if (missingPackages(definition.directory).length === 0) return {}
    const folder = this.#folderOf(definition.directory)
    if (folder === undefined) return {}
    if (existsSync(folder)) return { directory: folder }
    if (!this.#options.installsMissing) return {}
    try {
      await this.#install(definition, log)
      return { directory: folder }
    } catch (error) {
      const { message } = error as Error
      log(message)
      return { failure: message }
    }
  }

  async #install({ name, directory }: FunctionDefinition, log: (text: string) => void): Promise<void> {
    const declared = declaredPackages(directory)
    const folder = this.#folderOf(directory)
    if (!declared || folder === undefined) return
    const running = this.#installations.get(folder)
    if (running) return running
    log(`云函数 ${name}：npm install ${Object.keys(declared.dependencies).join(' ')}`)
    const installation = installPackages(declared, folder)
    this.#installations.set(folder, installation)
    const forget = () => this.#installations.delete(folder)
    installation.then(forget, () => setTimeout(forget, RETRY_MILLISECONDS).unref())
    await installation
  }

  /** The same for functions that ask for the same packages. */
  #folderOf(directory: string): string | undefined {
    const declared = declaredPackages(directory)
    return declared && join(this.#options.directory, keyOf(declared))
  }
}

/** Names a set of packages: the same for the same versions. */
export function keyOf({ directory, dependencies }: DeclaredPackages): string {
  const lock = join(directory, 'package-lock.json')
  const hash = createHash('sha1').update(JSON.stringify(Object.entries(dependencies).sort()))
  if (existsSync(lock)) hash.update(readFileSync(lock))
  return hash.digest('hex').slice(0, 16)
}
