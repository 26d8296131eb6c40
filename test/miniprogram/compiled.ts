import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'
import { transformSync } from 'esbuild'
import { projectPath } from '../../scripts/project.ts'

/** Of which modules see the phone's own: several phones may be in use at the same time, and the test has its time. */
export const PHONE_GLOBALS = ['wx', 'getCurrentPages', 'Date', 'setTimeout', 'clearTimeout'] as const

export type PhoneGlobals = { [Name in (typeof PHONE_GLOBALS)[number]]: unknown }

/** The code of a module, to be run by each phone. */
export type ModuleCode = (module: object, exports: object, require: unknown, ...globals: unknown[]) => void

/** The mini-program as it is on a phone. */
export interface Compiled {
  /** A folder with what its pages are described by. */
  root: string
  /** By path, without the ending. */
  modules: ReadonlyMap<string, ModuleCode>
}

/** Values of utils/config.ts that a test wants otherwise, as a developer would edit the file. */
export type ConfigChange = Partial<{ cloudEnv: string; phoneRequired: boolean; realtimePhone: boolean }>

const compiledByChange = new Map<string, Compiled>()

/** At the end of a test file. */
export function removeCompiled(): void {
  for (const { root } of compiledByChange.values()) rmSync(root, { recursive: true, force: true })
  compiledByChange.clear()
}

/**
 * miniprogram/ in which TypeScript has become what WeChat makes of it: the types stripped, nothing else. Made once for
 * each configuration. Style sheets are left out: they take long, and nobody looks at these pages.
 */
export function compileMiniprogram(change: ConfigChange): Compiled {
  const name = JSON.stringify(change)
  const compiled =
    compiledByChange.get(name) ?? compileInto(mkdtempSync(join(tmpdir(), 'miniprogram-')), change)
  compiledByChange.set(name, compiled)
  return compiled
}

function compileInto(root: string, change: ConfigChange): Compiled {
  const modules = new Map<string, ModuleCode>()
  for (const path of filesOf(projectPath('miniprogram')).filter((file) => !file.endsWith('.wxss'))) {
    const from = join(projectPath('miniprogram'), path)
    const to = join(root, path)
    mkdirSync(dirname(to), { recursive: true })
    if (!path.endsWith('.ts')) {
      cpSync(from, to)
      continue
    }
    const module = path.replace(/\.ts$/, '')
    // What the simulator runs, on behalf of the phone that opens the page.
    writeFileSync(join(root, `${module}.js`), `globalThis.runOnPhone(${JSON.stringify(module)})`)
    modules.set(module, codeOf(path, from, change))
  }
  return { root, modules }
}

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

function codeOf(path: string, from: string, change: ConfigChange): ModuleCode {
  const source = readFileSync(from, 'utf8')
  const code = stripTypes(path === join('utils', 'config.ts') ? configured(source, change) : source, path)
  return compileFunction(code, ['module', 'exports', 'require', ...PHONE_GLOBALS], {
    filename: from,
  }) as ModuleCode
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
