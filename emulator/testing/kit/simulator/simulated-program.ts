/** What modules of the mini-program see in place of the globals: several phones may be in use at the same time, and the test has its time. */
export const PHONE_GLOBALS = [
  'wx',
  'App',
  'getApp',
  'getCurrentPages',
  'Date',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
] as const

export type PhoneGlobals = { [Name in (typeof PHONE_GLOBALS)[number]]: unknown }

/** The code of a module, to be run by each phone. */
export interface ModuleCode {
  run: (module: object, exports: object, require: unknown, ...globals: unknown[]) => void
  /** The module that a reference means; undefined for none. */
  resolve: (reference: string) => string | undefined
}

/** A mini-program as it is on simulated phones. */
export interface SimulatedProgram {
  /** A folder with the templates and JSON of its pages and components, and scripts that call `globalThis.runOnPhone`. */
  root: string
  /** By path, without the ending. */
  modules: ReadonlyMap<string, ModuleCode>
  /** Whether a stack leads through its sources. */
  owns: (stack: string) => boolean
  /** A text with places in its sources as the developer has them, and without the simulator's own code. */
  locate: (text: string) => string
}
