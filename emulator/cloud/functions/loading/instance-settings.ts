/** What an instance is started with; travels as JSON in its first argument. */
export interface InstanceSettings {
  functionName: string
  /** Absolute path of the function's folder. */
  directory: string
  /** Absolute path of the file that holds the handler. */
  entry: string
  exportName: string
  /** Present when a debugger may come; with `isAwaited` the function is loaded when a message says so. */
  debugging?: { isAwaited: boolean }
  /** The same file compiled to CommonJS, for one that Node cannot read; absolute. */
  compiledEntry?: string
  /** Folder whose `node_modules` has packages that the project lacks. */
  packageDirectory?: string
  /** Why packages that the project lacks could not be installed. */
  installFailure?: string
  /** Main file of each SDK that the emulator supplies, see `supplied-sdks.ts`. */
  suppliedSdks: Readonly<Record<string, string>>
  /** The supplied `wx-server-sdk` as one file, for a function that has none. */
  bundledSdk?: string
}
