import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The SDKs of the cloud that the emulator supplies where a project has none, or one that would call the real cloud: the
 * oldest version of each that goes where `TCB_CONTEXT_CNFG` says, as a trial of each version shows. `tcb-admin-node`
 * never does; a face of it on `@cloudbase/node-sdk` takes its place (`tcb-admin-node.ts`).
 */
const OLDEST_VERSIONS: Readonly<Record<string, readonly number[]>> = {
  'wx-server-sdk': [2, 3, 3],
  '@cloudbase/node-sdk': [2, 4, 7],
  'tcb-admin-node': [Number.POSITIVE_INFINITY],
}

/** The SDK that a request such as `wx-server-sdk` or a file of it names. */
export function sdkOf(request: string): string | undefined {
  return Object.keys(OLDEST_VERSIONS).find((name) => request === name || request.startsWith(`${name}/`))
}

/** Whether a version such as `2.1.2` would call the real cloud. A text that is no version counts as new enough. */
export function isOutdatedSdk(name: string, version: string): boolean {
  const numbers = version.split(/[.-]/, 3).map(Number)
  for (const [index, oldest] of (OLDEST_VERSIONS[name] ?? []).entries()) {
    const number = numbers[index] ?? 0
    if (Number.isNaN(number)) return false
    if (number !== oldest) return number < oldest
  }
  return false
}

/** The version of the package that a file belongs to; undefined if it belongs to none of that name. */
export function packageVersion(file: string, name: string): string | undefined {
  return packageOf(file, name)?.version
}

/** The folder of the package that a file belongs to; that of the file if it belongs to none of that name. */
export function packageFolder(file: string, name: string): string {
  return packageOf(file, name)?.folder ?? dirname(file)
}

function packageOf(file: string, name: string): { folder: string; version: string } | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const packageJson = join(folder, 'package.json')
    if (existsSync(packageJson)) {
      const description = JSON.parse(readFileSync(packageJson, 'utf8')) as {
        name?: unknown
        version?: unknown
      }
      if (description.name === name) return { folder, version: String(description.version) }
    }
    if (folder === dirname(folder)) return undefined
  }
}
