import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { transformSync } from 'esbuild'
import { projectPath } from '../../scripts/project.ts'

/** Time as the mini-program's modules see it; the test's own stays as it is. */
const BANNER = 'const { Date, setTimeout, clearTimeout } = globalThis.phoneClock;\n'

/** Values of utils/config.ts that a test wants otherwise, as a developer would edit the file. */
export type ConfigChange = Partial<{ cloudEnv: string; phoneRequired: boolean; realtimePhone: boolean }>

const compiledByChange = new Map<string, string>()

/** At the end of a test file. */
export function removeCompiled(): void {
  for (const folder of compiledByChange.values()) rmSync(folder, { recursive: true, force: true })
  compiledByChange.clear()
}

/**
 * A copy of miniprogram/ in which TypeScript has become what WeChat makes of it: the types stripped, nothing else.
 * Made once for each configuration.
 */
export function compileMiniprogram(change: ConfigChange): string {
  const name = JSON.stringify(change)
  const folder =
    compiledByChange.get(name) ?? compileInto(mkdtempSync(join(tmpdir(), 'miniprogram-')), change)
  compiledByChange.set(name, folder)
  return folder
}

function compileInto(target: string, change: ConfigChange): string {
  for (const path of filesOf(projectPath('miniprogram'))) {
    const from = join(projectPath('miniprogram'), path)
    const to = join(target, path)
    mkdirSync(dirname(to), { recursive: true })
    if (!path.endsWith('.ts')) cpSync(from, to)
    else writeFileSync(to.replace(/\.ts$/, '.js'), compiled(path, from, change))
  }
  return target
}

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

function compiled(path: string, from: string, change: ConfigChange): string {
  const source = readFileSync(from, 'utf8')
  return BANNER + stripTypes(path === join('utils', 'config.ts') ? configured(source, change) : source, path)
}

/** @param sourcefile with it, errors are shown where they are in the TypeScript */
export function stripTypes(source: string, sourcefile?: string): string {
  const map = sourcefile === undefined ? {} : { sourcemap: 'inline' as const, sourcefile }
  return transformSync(source, { loader: 'ts', format: 'cjs', target: 'es2018', charset: 'utf8', ...map })
    .code
}

function configured(source: string, change: ConfigChange): string {
  return Object.entries(change).reduce((text, [name, value]) => {
    const line = new RegExp(`^  ${name}: .*,$`, 'm')
    if (!line.test(text)) throw new Error(`no ${name} in utils/config.ts`)
    return text.replace(line, `  ${name}: ${JSON.stringify(value)},`)
  }, source)
}
