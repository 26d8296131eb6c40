import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { isJson } from '../settings/json-file.ts'

/** Packages that the emulator supplies itself, see `module-resolution.ts`. */
const SUPPLIED = new Set(['wx-server-sdk', '@cloudbase/node-sdk', 'tcb-admin-node'])

/** The packages that a function's package.json asks for. */
export interface DeclaredPackages {
  /** Folder of the package.json. */
  directory: string
  /** Version range by name; paths of `file:` are absolute. */
  dependencies: Readonly<Record<string, string>>
}

/** From the function's own package.json, else from that of the folder of all functions. */
export function declaredPackages(functionDirectory: string): DeclaredPackages | undefined {
  for (const directory of [functionDirectory, dirname(functionDirectory)]) {
    const file = join(directory, 'package.json')
    if (existsSync(file)) return { directory, dependencies: dependenciesOf(file, directory) }
  }
  return undefined
}

function dependenciesOf(file: string, directory: string): Record<string, string> {
  let description: unknown
  try {
    description = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch {
    // Node reports the same file when it loads the function.
    return {}
  }
  const declared = isJson(description) ? description['dependencies'] : undefined
  if (!isJson(declared)) return {}
  const entries = Object.entries(declared).filter(([name]) => !SUPPLIED.has(name))
  return Object.fromEntries(entries.map(([name, range]) => [name, absoluteRange(String(range), directory)]))
}

function absoluteRange(range: string, directory: string): string {
  const [, path] = /^(?:file|link):(.+)$/.exec(range) ?? []
  return path === undefined || isAbsolute(path) ? range : `file:${resolve(directory, path)}`
}

/** Those that `require` does not find from the function's folder. */
export function missingPackages(functionDirectory: string): string[] {
  const names = Object.keys(declaredPackages(functionDirectory)?.dependencies ?? {})
  return names.filter((name) => !isInstalled(functionDirectory, name))
}

/** Whether `require` finds a package from a folder. */
export function isInstalled(from: string, name: string): boolean {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return true
    if (folder === dirname(folder)) return false
  }
}
