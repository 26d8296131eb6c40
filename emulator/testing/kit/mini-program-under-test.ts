import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltPhone, PhoneBuilder, type PhoneOptions } from '../../phone/build.ts'
import { describeDiagnostic } from '../../phone/program/diagnostic.ts'
import { parseJson } from '../../project/json-parser.ts'
import { KitError } from '../kit-error.ts'
import { copyWithChanges, type FileChanges } from './changed-mini-program.ts'

interface AppJson {
  pages?: string[]
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
}

/** The mini-program of a project. It is compiled when the first phone needs it. */
export class MiniProgramUnderTest {
  readonly options: PhoneOptions
  #built: Promise<BuiltPhone> | undefined
  #current: BuiltPhone | undefined

  readonly #copy: string | undefined

  /** @param changes of its files, which are then copied. @throws KitError for a change that is none */
  constructor(options: PhoneOptions, changes: FileChanges = {}) {
    const areSome = Object.keys(changes).length > 0
    this.#copy = areSome ? copyWithChanges(options.directory, changes) : undefined
    this.options = { ...options, directory: this.#copy ?? options.directory }
  }

  /** Removes the copy of its files. */
  remove(): void {
    if (this.#copy !== undefined) rmSync(this.#copy, { recursive: true, force: true })
  }

  /** For the browser's phone. @throws KitError with all errors of a mini-program that does not compile */
  async built(): Promise<BuiltPhone> {
    this.#built ??= new PhoneBuilder(this.options).build()
    this.#current = await this.#built
    const { errors } = this.#current
    if (errors.length > 0) throw doesNotCompile(errors.map(describeDiagnostic))
    return this.#current
  }

  /** What `built` gave. */
  get current(): BuiltPhone {
    if (this.#current) return this.#current
    throw new KitError('小程序还没有编译 · the mini-program is not compiled yet')
  }

  /** Paths of all pages, the entry page first. */
  pages(): string[] {
    const file = join(this.options.directory, 'app.json')
    if (!existsSync(file)) throw new KitError(`没有 app.json · there is none: ${file}`)
    const { pages = [], ...app } = parseJson(readFileSync(file, 'utf8')).value as AppJson
    const parts = [...(app.subPackages ?? []), ...(app.subpackages ?? [])]
    return [...pages, ...parts.flatMap((part) => part.pages.map((page) => joined(part.root, page)))]
  }

  /** @throws KitError unless the mini-program has the page */
  checkPage(url: string): void {
    const path = url.split('?', 1)[0]?.replace(/^\//, '') ?? ''
    const pages = this.pages()
    if (path === '' || pages.includes(path)) return
    throw new KitError(`小程序没有页面 ${path} · has no such page; app.json: ${pages.join('、')}`)
  }
}

/** @param errors a line each */
export function doesNotCompile(errors: readonly string[]): KitError {
  return new KitError(['项目编译不了 · the project does not compile:', ...errors].join('\n'))
}

function joined(root: string, page: string): string {
  return `${root.replace(/^\/|\/$/g, '')}/${page.replace(/^\//, '')}`
}
