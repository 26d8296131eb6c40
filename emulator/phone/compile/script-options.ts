import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UnitConfig } from '../program.ts'

/**
 * Options of a component that decide how its style sheet is compiled, read from its script: they are needed before it
 * runs. Those of its .json count first, as WeChat has it.
 */
export function readScriptOptions(directory: string, path: string, config: UnitConfig): Partial<UnitConfig> {
  if (config.styleIsolation !== undefined) return {}
  const file = ['.ts', '.js']
    .map((ending) => join(directory, `${path}${ending}`))
    .find((name) => existsSync(name))
  if (file === undefined) return {}
  const options = /\boptions\s*:\s*\{([^}]*)\}/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const isolation = /\bstyleIsolation\s*:\s*['"]([\w-]+)['"]/.exec(options)?.[1]
  if (isolation !== undefined) return { styleIsolation: isolation }
  return /\baddGlobalClass\s*:\s*true\b/.test(options) ? { styleIsolation: 'apply-shared' } : {}
}
