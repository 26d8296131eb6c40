import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildFailure, build, type Message } from 'esbuild'
import type { Mistake, Program } from '../program.ts'
import type { MiniProgram } from './mini-program.ts'

/** A script of the mini-program and the map from it back to its sources. */
export interface CompiledScript {
  code: string
  map: string
}

/** What a page of the web has and a mini-program has not: code that leans on it would fail on a phone. */
const ABSENT = ['window', 'document', 'localStorage', 'sessionStorage', 'fetch', 'XMLHttpRequest', 'location']

/**
 * Bundles the mini-program. The script sets `globalThis.miniProgram` and runs nothing of it yet.
 * @param templates a JavaScript expression
 * @returns nothing when there are mistakes, found here or before
 */
export async function compileScript(
  program: MiniProgram,
  templates: string,
  mistakes: Mistake[],
): Promise<CompiledScript | undefined> {
  const modules = ['app', ...program.units.keys()].flatMap((path) => {
    const file = ['.ts', '.js'].map((ending) => `${path}${ending}`).find((name) => exists(program, name))
    if (file === undefined) mistakes.push({ file: `${path}.ts`, message: '文件不存在' })
    if (file === undefined) return []
    return [`${JSON.stringify(path)}: () => require(${JSON.stringify(`./${file}`)})`]
  })
  if (mistakes.length > 0) return undefined
  try {
    return await bundle(program, entry(program, { templates, modules, mistakes }))
  } catch (error) {
    mistakes.push(...(error as BuildFailure).errors.map((message) => asMistake(message)))
    return undefined
  }
}

/** A script that has nothing to run, and says what is wrong. */
export function compileMistakes(program: MiniProgram, mistakes: Mistake[]): Promise<CompiledScript> {
  return bundle(program, entry(program, { templates: '{}', modules: [], mistakes }))
}

function entry(
  { appConfig, units }: MiniProgram,
  { templates, modules, mistakes }: { templates: string; modules: string[]; mistakes: Mistake[] },
): string {
  const facts: Omit<Program, 'templates' | 'modules'> = {
    appConfig,
    units: Object.fromEntries(units),
    mistakes,
  }
  return `globalThis.miniProgram = { ...${JSON.stringify(facts)}, templates: ${templates}, modules: {${modules}} }`
}

async function bundle({ directory }: MiniProgram, contents: string): Promise<CompiledScript> {
  const result = await build({
    stdin: { contents, resolveDir: directory, sourcefile: 'mini-program.js', loader: 'js' },
    absWorkingDir: directory,
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    sourcemap: 'external',
    outfile: 'script.js',
    sourceRoot: '/miniprogram',
    define: Object.fromEntries(ABSENT.map((name) => [name, 'undefined'])),
    tsconfigRaw: {},
    logLevel: 'silent',
  })
  const text = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { code: text('script.js'), map: text('.map') }
}

function asMistake({ location, text }: Message): Mistake {
  return location
    ? { file: location.file, line: location.line, message: text }
    : { file: 'app.ts', message: text }
}

function exists({ directory }: MiniProgram, file: string): boolean {
  return existsSync(join(directory, file))
}
