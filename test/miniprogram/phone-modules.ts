import { posix } from 'node:path'
import { type Compiled, PHONE_GLOBALS, type PhoneGlobals } from './compiled.ts'

/** The modules of the mini-program as it runs on one phone. */
export class PhoneModules {
  readonly #compiled: Compiled
  readonly #globals: unknown[]
  readonly #loaded = new Map<string, { exports: object }>()

  constructor(compiled: Compiled, globals: PhoneGlobals) {
    this.#compiled = compiled
    this.#globals = PHONE_GLOBALS.map((name) => globals[name])
  }

  /** Every module is run anew, as after closing the app. */
  forget(): void {
    this.#loaded.clear()
  }

  /** A module as the others have it: run once. */
  require(path: string): object {
    return (this.#loaded.get(path) ?? this.run(path, true)).exports
  }

  /** Runs it, though it may have been run before: a page, for each time that it is opened. */
  run(path: string, isKept = false): { exports: object } {
    const code = this.#compiled.modules.get(path)
    if (!code) throw new Error(`no module ${path}`)
    const module = { exports: {} }
    if (isKept) this.#loaded.set(path, module)
    const require = (other: string) => this.require(posix.join(posix.dirname(path), other))
    code(module, module.exports, require, ...this.#globals)
    return module
  }
}
