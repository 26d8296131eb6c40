import { type BuildOptions, build, type Metafile } from 'esbuild'
import { LAZY_MODULES, type LazyModule } from './lazy-modules.ts'

/** The imports of the SDK, and which modules are loaded when. Modules are named by their path from the project, with `/`. */
export class ImportGraph {
  /** Modules that every cold start loads. */
  readonly eager: ReadonlySet<string>
  /** Modules that are loaded at first use, each with its part. Modules behind them belong to the same file. */
  readonly lazy: ReadonlyMap<string, string>
  readonly #inputs: Metafile['inputs']
  readonly #outputs: Metafile['outputs']
  readonly #entries: readonly LazyModule[]

  /** @param entries which imports are cut; without any, everything is eager */
  constructor({ inputs, outputs }: Metafile, entries: readonly LazyModule[] = LAZY_MODULES) {
    const [output] = Object.values(outputs)
    this.#inputs = inputs
    this.#outputs = outputs
    this.#entries = entries
    this.eager = this.#reachable(output?.entryPoint ?? '')
    this.lazy = this.#findLazy()
  }

  static async of(entry: string, options: BuildOptions): Promise<ImportGraph> {
    const { metafile } = await build({ ...options, entryPoints: [entry], metafile: true })
    return new ImportGraph(metafile)
  }

  /** The same imports, none of them cut. */
  get uncut(): ImportGraph {
    return new ImportGraph({ inputs: this.#inputs, outputs: this.#outputs }, [])
  }

  /** Every module, by its path from the project. */
  get modules(): readonly string[] {
    return Object.keys(this.#inputs)
  }

  /** The imported module; undefined if it is not in the graph, as Node's own modules are not. */
  resolve(importer: string, specifier: string): string | undefined {
    return this.#imports(importer).find(({ original }) => original === specifier)?.path
  }

  /** Eager modules that lazy ones need and must not load a second time. */
  get shared(): ReadonlySet<string> {
    const late = Object.keys(this.#inputs).filter((module) => !this.eager.has(module))
    const imported = late.flatMap((module) => this.#imports(module).map(({ path }) => path))
    return new Set(imported.filter((module) => this.eager.has(module)).sort())
  }

  #imports(module: string) {
    return (this.#inputs[module]?.imports ?? []).filter(({ external }) => !external)
  }

  #reachable(entry: string): Set<string> {
    const reached = new Set([entry])
    for (const module of reached) {
      for (const { original = '', path } of this.#imports(module)) {
        if (!find(this.#entries, module, original)) reached.add(path)
      }
    }
    return reached
  }

  #findLazy(): Map<string, string> {
    const lazy = new Map<string, string>()
    for (const importer of Object.keys(this.#inputs)) {
      for (const { original = '', path } of this.#imports(importer)) {
        const entry = find(this.#entries, importer, original)
        if (entry && !this.eager.has(path)) lazy.set(path, entry.part)
      }
    }
    return lazy
  }
}

export function findLazyModule(importer: string, specifier: string): LazyModule | undefined {
  return find(LAZY_MODULES, importer, specifier)
}

function find(entries: readonly LazyModule[], importer: string, specifier: string): LazyModule | undefined {
  return entries.find((entry) => entry.importer.test(importer) && entry.specifiers.includes(specifier))
}
