import { build, type Message, type TransformFailure, type TransformOptions, transform } from 'esbuild'
import { type Diagnostic, describeDiagnostic } from '../program/diagnostic.ts'
import { diagnosticAt } from './diagnostics.ts'
import { findReferences, type ModuleReference } from './module-references.ts'
import type { SourceFiles } from './source-files.ts'

/** A script of the mini-program as the body of a function with `require`, `module` and `exports`. */
export interface CompiledModule {
  code: string
  /** What positions of references count in: the script before it was adapted. */
  source: string
  isStrict: boolean
  /** JSON; empty where there is none. */
  map: string
  references: readonly ModuleReference[]
  /** A script with errors throws the first of them. */
  errors: readonly Diagnostic[]
  notes: readonly Diagnostic[]
}

/** Globals of a web page that a mini-program does not have. Code that uses one would fail on a phone. */
const ABSENT_GLOBALS = [
  'window',
  'document',
  'frames',
  'self',
  'location',
  'navigator',
  'localStorage',
  'sessionStorage',
  'history',
  'caches',
  'screen',
  'alert',
  'confirm',
  'prompt',
  'fetch',
  'XMLHttpRequest',
]
const GLOBALS = {
  ...Object.fromEntries(ABSENT_GLOBALS.map((name) => [name, 'undefined'])),
  global: 'globalThis',
}
const TARGET = 'es2022'

/** Compiles scripts one by one, as WeChat's tools do, each again only when its file changes. */
export class ModuleCompiler {
  readonly #isStrict: boolean
  readonly #modules = new Map<string, { edition: string; module: Promise<CompiledModule> }>()

  /** @param isStrict whether scripts without a directive are strict: `es6` without `disableUseStrict` */
  constructor(isStrict: boolean) {
    this.#isStrict = isStrict
  }

  compile(files: SourceFiles, file: string): Promise<CompiledModule> {
    const edition = files.edition(file)
    const known = this.#modules.get(file)
    if (known?.edition === edition) return known.module
    const module = this.#compile(files, file)
    this.#modules.set(file, { edition, module })
    return module
  }

  async #compile(files: SourceFiles, file: string): Promise<CompiledModule> {
    const source = files.read(file)
    if (file.endsWith('.json')) return compileJson(file, source)
    const packaged = files.packaged(file)
    if (packaged?.kind === 'bundle') return bundlePackage(file, packaged.file)
    const isStrict = this.#isStrict && !/^\s*\/\/\s?use strict disable;/i.test(source)
    const compiled = await compileScript(file, source, isStrict)
    if (!isStrict || compiled.errors.length === 0) return compiled
    const sloppy = await compileScript(file, source, false)
    if (sloppy.errors.length > 0) return compiled
    const notes = compiled.errors.map((error) => ({
      ...error,
      message: `${error.message}：微信的“将 JS 编译成 ES5”不接受（严格模式） · not in strict mode`,
    }))
    return { ...sloppy, notes: [...sloppy.notes, ...notes] }
  }
}

function compileJson(file: string, source: string): CompiledModule {
  try {
    JSON.parse(source)
    return moduleOf(`module.exports = ${source}`)
  } catch (error) {
    return brokenModule([{ file, line: 1, message: (error as Error).message }])
  }
}

async function compileScript(file: string, source: string, isStrict: boolean): Promise<CompiledModule> {
  const options: TransformOptions = {
    loader: file.endsWith('.ts') ? 'ts' : 'js',
    format: 'cjs',
    target: TARGET,
    charset: 'utf8',
    sourcemap: 'external',
    sourcefile: file,
    sourceRoot: '/miniprogram',
    define: GLOBALS,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    logLevel: 'silent',
  }
  try {
    const { code, map, warnings } = await transform(isStrict ? `"use strict";${source}` : source, options)
    const references = findReferences(code)
    const notes = warnings.filter(({ id }) => NOTED.has(id)).map((warning) => toDiagnostic(file, warning))
    return { ...moduleOf(code, references), map, notes }
  } catch (error) {
    const { errors } = error as Partial<TransformFailure>
    if (errors === undefined) return brokenModule([diagnosticAt(file, 1, (error as Error).message)])
    return brokenModule(errors.map((message) => toDiagnostic(file, message)))
  }
}

/** WeChat's compiler accepts these, and they throw when they run. */
const NOTED = new Set(['assign-to-constant', 'assign-to-import'])

/** Packs the entry of an npm package with what it requires by relative paths; other packages stay outside. */
async function bundlePackage(file: string, entry: string): Promise<CompiledModule> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'cjs',
      target: TARGET,
      charset: 'utf8',
      packages: 'external',
      mainFields: ['main'],
      define: GLOBALS,
      tsconfigRaw: {},
      logLevel: 'silent',
    })
    const code = outputFiles[0]?.text ?? ''
    return moduleOf(code, findReferences(code))
  } catch (error) {
    const { errors = [] } = error as Partial<TransformFailure>
    const [message = (error as Error).message] = errors.map(({ text }) => text)
    return brokenModule([{ file, line: 1, message }])
  }
}

/**
 * Lets modules refer to each other as Babel's do: exports are added to `exports`, so that a script may also assign to
 * `module.exports`, and an imported CommonJS module is read when it is used.
 */
function adaptInterop(code: string): string {
  return code
    .replace(/^module\.exports = __toCommonJS\((\w+)\);$/m, 'require.addExports(exports, $1);')
    .replace(/\b__toESM\(require\(/g, 'require.toModule(require(')
}

function moduleOf(code: string, references: readonly ModuleReference[] = []): CompiledModule {
  const isStrict = code.startsWith('"use strict"')
  return { code: adaptInterop(code), source: code, isStrict, map: '', references, errors: [], notes: [] }
}

function brokenModule(errors: readonly Diagnostic[]): CompiledModule {
  const [diagnostic] = errors
  const message = diagnostic ? describeDiagnostic(diagnostic) : ''
  const code = `throw Object.assign(new Error(${JSON.stringify(message)}), ${JSON.stringify({ diagnostic })})`
  return { ...moduleOf(code), errors }
}

function toDiagnostic(file: string, { location, text }: Message): Diagnostic {
  return diagnosticAt(file, location?.line ?? 1, text)
}
