/** Inside the process of an instance: loads the function's file and finds its handler. */
import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { basename, dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Main } from '../handler.ts'
import { installImportResolution } from './import-resolution.ts'
import type { InstanceSettings } from './instance-settings.ts'
import { installModuleFormat, isEcmaScriptModule } from './module-format.ts'

export interface LoadedFunction {
  /** What the file exports now; a function may add to it, or replace it, after it was loaded. */
  exports(): Readonly<Record<string, unknown>>
}

/** @throws whatever the file throws, or what Node says of it */
export async function loadFunction(settings: InstanceSettings): Promise<LoadedFunction> {
  const { entry, compiledEntry, directory } = settings
  installModuleFormat(directory)
  if (compiledEntry !== undefined) return loadCompiled(entry, compiledEntry)
  if (isEcmaScriptModule(entry, directory)) {
    installImportResolution(settings)
    const module: Record<string, unknown> = await import(pathToFileURL(entry).href)
    return { exports: () => module }
  }
  const first: unknown = require(entry)
  return { exports: () => recordOf(require.cache[require.resolve(entry)]?.exports ?? first) }
}

/** Runs the compiled text under the name of its source, so that it finds its files and packages. */
function loadCompiled(entry: string, compiledEntry: string): LoadedFunction {
  const module = new Module(entry) as Module & { _compile(code: string, file: string): void }
  const { _nodeModulePaths: pathsOf } = Module as unknown as { _nodeModulePaths(folder: string): string[] }
  module.filename = entry
  module.paths = pathsOf(dirname(entry))
  module._compile(readFileSync(compiledEntry, 'utf8'), entry)
  return { exports: () => recordOf(module.exports) }
}

/** A class or a function may have exports as its properties. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject ? (value as Record<string, unknown>) : {}
}

/** For so long a function that sets its handler late may take after it was loaded. */
const LATE_MILLISECONDS = 1000
const PAUSE_MILLISECONDS = 10

/**
 * The handler of a loaded function, also one that is exported a little later.
 * @throws Error that says what is exported instead
 */
export async function handlerOf(loaded: LoadedFunction, settings: InstanceSettings): Promise<Main> {
  const { exportName, entry } = settings
  for (let waited = 0; ; waited += PAUSE_MILLISECONDS) {
    const handler = exportedHandler(loaded.exports(), exportName)
    if (handler) return handler
    if (waited >= LATE_MILLISECONDS) break
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
  }
  const names = Object.keys(loaded.exports())
  const found = names.length === 0 ? '什么也没有导出 exports nothing' : `导出了 exports ${names.join(', ')}`
  throw new Error(
    `${basename(entry)} 没有导出函数 ${exportName}，${found}；应当有 exports.${exportName} = async (event, context) => {…} · handler ${exportName} is not a function`,
  )
}

function exportedHandler(exported: Readonly<Record<string, unknown>>, name: string): Main | undefined {
  const direct = exported[name]
  if (typeof direct === 'function') return direct as Main
  const inDefault = recordOf(exported['default'])[name]
  if (typeof inDefault !== 'function') return undefined
  warnOnce(
    `云端只找 exports.${name}，找不到 default.${name} · the cloud finds exports.${name} alone, not that of default`,
  )
  return inDefault as Main
}

const warned = new Set<string>()
function warnOnce(message: string): void {
  if (!warned.has(message)) console.warn(message)
  warned.add(message)
}
