import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild'
import type { Mistake, Program } from '../program.ts'
import { APP, type Diagnostics, mistakeAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { candidatesOf, replaceAlias } from './references.ts'

/** A script of the mini-program and the map from it back to its sources. */
export interface CompiledScript {
  code: string
  map: string
}

/** What a page of the web has and a mini-program has not: code that leans on it would fail on a phone. */
const ABSENT = ['window', 'document', 'localStorage', 'sessionStorage', 'fetch', 'XMLHttpRequest', 'location']
const ENDINGS = ['.ts', '.js']

/**
 * Bundles the mini-program. The script sets `globalThis.miniProgram` and runs nothing of it yet. A source that does
 * not compile throws its mistake when it is run, so that only the pages that need it fail.
 * @param templates a JavaScript expression
 */
export async function compileScript(
  program: MiniProgram,
  templates: string,
  diagnostics: Diagnostics,
): Promise<CompiledScript> {
  const modules = [APP, ...program.units.keys()].flatMap((path) => {
    const file = scriptOf(program, path)
    if (file === undefined) {
      // A page of which nothing is there is told once.
      if (diagnostics.of(path).length === 0) {
        diagnostics.add({ file: `${path}.ts`, message: '文件不存在' }, [path])
      }
      return []
    }
    return [`${JSON.stringify(path)}: () => require(${JSON.stringify(`./${file}`)})`]
  })
  const broken = new Map<string, Mistake>()
  while (!diagnostics.isFatal) {
    try {
      return await bundle(program, entry(program, { templates, modules, diagnostics }), broken)
    } catch (error) {
      const found = (error as BuildFailure).errors.map((message) => asMistake(message))
      const isNew = found.some(({ file }) => !broken.has(file))
      for (const mistake of found) {
        diagnostics.add(mistake, isNew ? ownersOf(program, mistake.file) : [APP])
        broken.set(mistake.file, mistake)
      }
    }
  }
  return bundle(program, entry(program, { templates: '() => ({})', modules: [], diagnostics }), broken)
}

/** The page or component whose script a file is. */
function ownersOf(program: MiniProgram, file: string): string[] {
  const path = file.replace(/\.\w+$/, '')
  return (path === APP || program.units.has(path)) && scriptOf(program, path) === file ? [path] : []
}

function scriptOf({ directory }: MiniProgram, path: string): string | undefined {
  return ENDINGS.map((ending) => `${path}${ending}`).find((name) => existsSync(join(directory, name)))
}

function entry(
  { appConfig, units }: MiniProgram,
  { templates, modules, diagnostics }: { templates: string; modules: string[]; diagnostics: Diagnostics },
): string {
  const { mistakes, notes } = diagnostics
  const broken = [APP, ...units.keys()].map((path) => [path, diagnostics.of(path)] as const)
  const facts: Omit<Program, 'templates' | 'modules'> = {
    appConfig,
    units: Object.fromEntries(units),
    mistakes,
    notes,
    broken: Object.fromEntries(
      broken.flatMap(([path, list]) => (list.length > 0 ? [[path, [...list]]] : [])),
    ),
  }
  return `globalThis.miniProgram = { ...${JSON.stringify(facts)}, templates: ${templates}, modules: {${modules}} }`
}

async function bundle(
  program: MiniProgram,
  contents: string,
  broken: ReadonlyMap<string, Mistake>,
): Promise<CompiledScript> {
  const { directory } = program
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
    plugins: [resolveAsWeChat(program), ...(broken.size > 0 ? [throwMistakes(directory, broken)] : [])],
    tsconfigRaw: {},
    logLevel: 'silent',
  })
  const text = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { code: text('script.js'), map: text('.map') }
}

/** From the root with a slash in front, by an alias, or of a package in `miniprogram_npm`. */
function resolveAsWeChat({ directory, files, aliases }: MiniProgram): Plugin {
  return {
    name: 'wechat-references',
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined
        const from = importer.slice(directory.length).replaceAll('\\', '/').replace(/^\//, '')
        const found = candidatesOf(from, replaceAlias(path, aliases))
          .flatMap((candidate) => ['', ...ENDINGS].map((ending) => `${candidate}${ending}`))
          .find((file) => files.includes(file))
        return found === undefined ? undefined : { path: join(directory, found) }
      })
    },
  }
}

/** In the place of sources that do not compile. */
function throwMistakes(directory: string, broken: ReadonlyMap<string, Mistake>): Plugin {
  return {
    name: 'mistakes',
    setup({ onLoad }) {
      onLoad({ filter: /.*/ }, ({ path }) => {
        const mistake = broken.get(relative(directory, path).replaceAll('\\', '/'))
        if (!mistake) return undefined
        const { file, line, message } = mistake
        const text = JSON.stringify(`${file}${line === undefined ? '' : `:${line}`} ${message}`)
        const contents = `throw Object.assign(new Error(${text}), { mistake: ${JSON.stringify(mistake)} })`
        return { contents, loader: 'js' }
      })
    },
  }
}

function asMistake({ location, text }: Message): Mistake {
  return mistakeAt(location?.file ?? 'app.ts', location?.line, text)
}
