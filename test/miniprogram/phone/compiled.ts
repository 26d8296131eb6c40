import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { compileFunction } from 'node:vm'
import { transformSync } from 'esbuild'
import {
  type ModuleCode,
  PHONE_GLOBALS,
  type SimulatedProgram,
} from 'wechat-cloud-emulator/testing/simulator'
import { filesBelow } from '../../../scripts/lib/files-below.ts'
import { projectPath } from '../../../scripts/lib/project.ts'

/** Values of app-config.ts that a test wants otherwise, as a developer would edit the file. */
export type ConfigChange = Partial<{
  cloudEnv: string
  phoneRequired: boolean
  realtimePhone: boolean
  /** Without English words. */
  isChineseOnly: true
}>

const compiledByChange = new Map<string, SimulatedProgram>()

/** At the end of a test file. */
export function removeCompiled(): void {
  for (const { root } of compiledByChange.values()) rmSync(root, { recursive: true, force: true })
  compiledByChange.clear()
}

/**
 * miniprogram/ in which TypeScript has become what WeChat makes of it: the types stripped, nothing else. Made once for
 * each configuration. Style sheets are left out: they take long, and these pages are not rendered.
 */
export function compileMiniprogram(change: ConfigChange): SimulatedProgram {
  const name = JSON.stringify(change)
  const compiled =
    compiledByChange.get(name) ?? compileInto(mkdtempSync(join(tmpdir(), 'miniprogram-')), change)
  compiledByChange.set(name, compiled)
  return compiled
}

function compileInto(root: string, change: ConfigChange): SimulatedProgram {
  const modules = new Map<string, ModuleCode>()
  // The simulator requires these files again and again, so none of them may count as an ES module.
  writeFileSync(join(root, 'package.json'), '{ "type": "commonjs" }')
  for (const path of filesBelow(projectPath('miniprogram')).filter((file) => !file.endsWith('.wxss'))) {
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

function codeOf(path: string, from: string, change: ConfigChange): ModuleCode {
  const source = readFileSync(from, 'utf8')
  const code = stripTypes(path === 'app-config.ts' ? configured(source, change) : source, path)
  const run = compileFunction(code, ['module', 'exports', 'require', ...PHONE_GLOBALS], {
    filename: from,
  }) as ModuleCode['run']
  return { run, resolve: (reference) => posix.join(posix.dirname(path), reference) }
}

/** @param sourcefile with it, errors are shown where they are in the TypeScript */
function stripTypes(source: string, sourcefile?: string): string {
  const map = sourcefile === undefined ? {} : { sourcemap: 'inline' as const, sourcefile }
  return transformSync(source, { loader: 'ts', format: 'cjs', target: 'es2018', charset: 'utf8', ...map })
    .code
}

function configured(source: string, { isChineseOnly, ...change }: ConfigChange): string {
  const start = isChineseOnly ? source.replace(/^ {2}english: \{\n[\s\S]*?^ {2}\},\n/m, '') : source
  if (isChineseOnly && start === source) throw new Error('no english in app-config.ts')
  return Object.entries(change).reduce((text, [name, value]) => {
    const line = new RegExp(`^  ${name}: .*,$`, 'm')
    if (!line.test(text)) throw new Error(`no ${name} in app-config.ts`)
    return text.replace(line, `  ${name}: ${JSON.stringify(value)},`)
  }, start)
}
