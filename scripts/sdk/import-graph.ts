import { type BuildOptions, build, type Metafile } from 'esbuild'
import { DEFERRED, type Deferral } from './deferred.ts'

/**
 * Who imports what in the SDK, and what of it is loaded when. Modules are named by their path from the project, with
 * `/`.
 */
export class ImportGraph {
  /** What every cold start loads. */
  readonly early: ReadonlySet<string>
  /** The deferred modules, each with the part it is in. What is only reached through one of them goes with it. */
  readonly deferred: ReadonlyMap<string, string>
  readonly #inputs: Metafile['inputs']

  constructor({ inputs, outputs }: Metafile) {
    const [output] = Object.values(outputs)
    this.#inputs = inputs
    this.early = this.#reachable(output?.entryPoint ?? '')
    this.deferred = this.#findDeferred()
  }

  static async of(entry: string, options: BuildOptions): Promise<ImportGraph> {
    const { metafile } = await build({ ...options, entryPoints: [entry], metafile: true })
    return new ImportGraph(metafile)
  }

  /** Where an import leads; undefined for what is not in the graph, such as Node's own modules. */
  resolve(importer: string, specifier: string): string | undefined {
    return this.#imports(importer).find(({ original }) => original === specifier)?.path
  }

  /** The modules loaded early that deferred ones need, and must not have a second time. */
  get shared(): ReadonlySet<string> {
    const late = Object.keys(this.#inputs).filter((module) => !this.early.has(module))
    const imported = late.flatMap((module) => this.#imports(module).map(({ path }) => path))
    return new Set(imported.filter((module) => this.early.has(module)).sort())
  }

  #imports(module: string) {
    return (this.#inputs[module]?.imports ?? []).filter(({ external }) => !external)
  }

  #reachable(entry: string): Set<string> {
    const reached = new Set([entry])
    for (const module of reached) {
      for (const { original = '', path } of this.#imports(module)) {
        if (!findDeferral(module, original)) reached.add(path)
      }
    }
    return reached
  }

  #findDeferred(): Map<string, string> {
    const deferred = new Map<string, string>()
    for (const importer of Object.keys(this.#inputs)) {
      for (const { original = '', path } of this.#imports(importer)) {
        const deferral = findDeferral(importer, original)
        if (deferral && !this.early.has(path)) deferred.set(path, deferral.part)
      }
    }
    return deferred
  }
}

export function findDeferral(importer: string, specifier: string): Deferral | undefined {
  return DEFERRED.find(
    (deferral) => deferral.importer.test(importer) && deferral.specifiers.includes(specifier),
  )
}
