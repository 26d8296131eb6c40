import { PHONE_GLOBALS, type PhoneGlobals, type SimulatedProgram } from './simulated-program.ts'

/** The modules of the mini-program as it runs on one phone. */
export class ProgramModules {
  readonly #program: SimulatedProgram
  readonly #globals: unknown[]
  readonly #loaded = new Map<string, { exports: object }>()

  constructor(program: SimulatedProgram, globals: PhoneGlobals) {
    this.#program = program
    this.#globals = PHONE_GLOBALS.map((name) => globals[name])
  }

  /** Every module runs again, as after closing the app. */
  forget(): void {
    this.#loaded.clear()
  }

  /** A module as the others have it: run once. */
  require(path: string): object {
    return (this.#loaded.get(path) ?? this.run(path, true)).exports
  }

  /** Runs it, though it may have been run before: a page, for each time that it is opened. */
  run(path: string, isKept = false): { exports: object } {
    const code = this.#program.modules.get(path)
    if (!code) throw new Error(`no module ${path}`)
    const module = { exports: {} }
    if (isKept) this.#loaded.set(path, module)
    const load = (reference: string) => {
      const target = code.resolve(reference)
      if (target === undefined) throw new Error(`module '${reference}' is not defined, required by '${path}'`)
      return this.require(target)
    }
    code.run(module, module.exports, requireWith(load), ...this.#globals)
    return module
  }
}

type Load = (reference: string) => object

/** `require` as compiled modules use it. */
function requireWith(load: Load): Load {
  const require = (
    reference: string,
    callback?: (exports: object) => void,
    failed?: (error: object) => void,
  ) => {
    if (typeof callback !== 'function') return load(reference)
    loadLater(reference).then(callback, (error) => failed?.({ mod: reference, errMsg: String(error) }))
    return {}
  }
  const loadLater = async (reference: string) => load(reference)
  return Object.assign(require, { async: loadLater, addExports, toModule })
}

function addExports(exports: object, added: object): void {
  const descriptors = { ...Object.getOwnPropertyDescriptors(added), __esModule: { value: true } }
  Object.defineProperties(exports, descriptors)
}

/** A CommonJS module as `import` sees it: its members are read when they are used. */
function toModule(module: Record<string, unknown>): object {
  if (module?.['__esModule']) return module
  const members = Object.keys(Object(module)).map((name) => [
    name,
    { get: () => module[name], enumerable: true },
  ])
  return Object.create(Object(module) as object, {
    ...Object.fromEntries(members),
    default: { value: module, enumerable: true },
  })
}
