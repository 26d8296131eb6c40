import { posix } from 'node:path'
import type { Diagnostic } from '../program/diagnostic.ts'
import { APP, type Diagnostics, diagnosticAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import type { CompiledModule, ModuleCompiler } from './module-compiler.ts'
import type { ModuleReference } from './module-references.ts'
import { candidatesOf, isBare, PACKAGES_FOLDER, packageNameOf, replaceAlias } from './references.ts'
import { SCRIPT_ENDINGS, scriptOf } from './script-files.ts'
import { positionInSource } from './source-positions.ts'

/** A script that is part of the mini-program, with the files that its references mean. */
export interface LinkedModule extends CompiledModule {
  file: string
  /** By the text of the reference: a file, or why it cannot be loaded. */
  targets: Readonly<Record<string, string | Diagnostic>>
}

const ENDINGS = ['', ...SCRIPT_ENDINGS, '.json']

/** Compiles the scripts of pages, components and app, and all that they require. What nobody requires is not read. */
export class ModuleGraph {
  readonly modules = new Map<string, LinkedModule>()
  readonly #program: MiniProgram
  readonly #compiler: ModuleCompiler
  readonly #diagnostics: Diagnostics
  readonly #added = new Set<string>()

  constructor(program: MiniProgram, compiler: ModuleCompiler, diagnostics: Diagnostics) {
    this.#program = program
    this.#compiler = compiler
    this.#diagnostics = diagnostics
  }

  async add(files: readonly string[]): Promise<void> {
    const fresh = files.filter((file) => !this.#added.has(file))
    for (const file of fresh) this.#added.add(file)
    await Promise.all(fresh.map((file) => this.#addOne(file)))
  }

  async #addOne(file: string): Promise<void> {
    const module = await this.#compiler.compile(this.#program.files, file)
    const affected = this.#ownersOf(file)
    for (const error of module.errors) this.#diagnostics.addError(error, affected)
    const isOwn = this.#program.files.own.has(file) && !file.includes(`${PACKAGES_FOLDER}/`)
    if (isOwn) for (const note of module.notes) this.#diagnostics.addNote(note)
    const targets: Record<string, string | Diagnostic> = {}
    const found: string[] = []
    for (const reference of module.references) {
      const { specifier } = reference
      if (specifier === undefined) {
        found.push(...this.#startingWith(file, reference, module, isOwn))
        continue
      }
      const target = this.#resolve(file, reference, module)
      targets[specifier] = target
      if (typeof target === 'string') found.push(target)
      else this.#report(target, reference, isOwn)
    }
    this.modules.set(file, { ...module, file, targets })
    await this.add(found)
  }

  /** A reference that throws as soon as its script runs is an error; one that may never run, or of a package, a note. */
  #report(diagnostic: Diagnostic, { isImmediate }: ModuleReference, isOwn: boolean): void {
    if (isImmediate && isOwn) this.#diagnostics.addError(diagnostic, [])
    else if (isOwn) this.#diagnostics.addNote(diagnostic)
  }

  #resolve(from: string, reference: ModuleReference, module: CompiledModule): string | Diagnostic {
    const { files, packages, missing } = this.#program
    const specifier = reference.specifier ?? ''
    const at = (message: string) => diagnosticAt(from, lineIn(module, reference), message)
    const names = this.#namesOf(from, specifier)
    const found = names.find((name) => files.has(name))
    if (found !== undefined) {
      const refusal = reference.isAsync ? undefined : packages.refusal(from, found)
      if (refusal !== undefined) return at(refusal)
      this.#notePackage(specifier, at)
      return found
    }
    const other = names.map((name) => files.inOtherCase(name)).find((name) => name !== undefined)
    if (other !== undefined) {
      this.#diagnostics.addNote(
        at(`${specifier} 和文件 ${other} 的大小写不同，真机上找不到 · differs from the file in case`),
      )
      return other
    }
    return at(missing.describe(specifier) ?? `模块 ${specifier} 不存在 · module is not defined`)
  }

  /** The files that a reference may mean, in the order in which they are tried. */
  #namesOf(from: string, specifier: string): string[] {
    return candidatesOf(from, replaceAlias(specifier, this.#program.aliases)).flatMap((candidate) =>
      ENDINGS.map((ending) => `${candidate}${ending}`).filter((name) => /\.(ts|js|json)$/.test(name)),
    )
  }

  #notePackage(specifier: string, at: (message: string) => Diagnostic): void {
    if (!isBare(specifier)) return
    const declaration = this.#program.files.npm.declaring(packageNameOf(specifier))
    if (!declaration?.isDevelopment) return
    const name = packageNameOf(specifier)
    this.#diagnostics.addNote(
      at(`${name} 在 devDependencies 里：“构建 npm” 只构建 dependencies · “构建 npm” leaves it out`),
    )
  }

  /** Scripts that an expression may mean: those below the folder that its text begins with. */
  #startingWith(from: string, reference: ModuleReference, module: CompiledModule, isOwn: boolean): string[] {
    if (!isOwn) return []
    const message = 'require 的参数不是字符串：“过滤无依赖文件” 会漏掉它要的模块 · a module may be left out'
    this.#diagnostics.addNote(diagnosticAt(from, lineIn(module, reference), message))
    const { prefix } = reference
    const start = prefix.startsWith('/') ? prefix.slice(1) : posix.join(posix.dirname(from), prefix)
    const isScript = (file: string) => /\.(ts|js|json)$/.test(file) && !file.endsWith('.d.ts')
    if (prefix === '') return []
    return [...this.#program.files.own].filter((file) => file.startsWith(start) && isScript(file))
  }

  /** The page or component that a script belongs to, if it is not shared. */
  #ownersOf(file: string): string[] {
    const { components, files } = this.#program
    const path = file.replace(/\.\w+$/, '')
    return (path === APP || components.has(path)) && scriptOf(files, path) === file ? [path] : []
  }
}

function lineIn({ source, map }: CompiledModule, { position }: ModuleReference): number {
  const lines = source.slice(0, position).split('\n')
  const column = lines.at(-1)?.length ?? 0
  return map === '' ? lines.length : (positionInSource(map, lines.length, column) ?? 1)
}
