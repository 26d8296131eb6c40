import type { CompiledProgram } from '../program/program.ts'
import { APP, type Diagnostics } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import type { ModuleCompiler } from './module-compiler.ts'
import { type LinkedModule, ModuleGraph } from './module-graph.ts'
import { MODULE_RUNTIME } from './module-runtime.ts'
import { scriptOf } from './script-files.ts'
import { mapTemplates } from './template-map.ts'

/** The scripts of the mini-program in one, and their source map. */
export interface CompiledScript {
  code: string
  map: string
}

/**
 * Compiles the scripts of the mini-program into one. It sets `globalThis.miniProgram` and runs none of them. A script
 * with an error throws that error when it is run, so only the pages that need it fail.
 * @param templates a JavaScript expression
 */
export async function compileScript(
  program: MiniProgram,
  templates: string,
  { compiler, diagnostics }: { compiler: ModuleCompiler; diagnostics: Diagnostics },
): Promise<CompiledScript> {
  const graph = new ModuleGraph(program, compiler, diagnostics)
  const entries = [APP, ...program.components.keys()].map((path) => ({
    path,
    file: scriptOf(program.files, path),
  }))
  await graph.add(entries.flatMap(({ file }) => file ?? []))
  for (const { path, file } of entries) if (file === undefined) reportNoScript(program, path, diagnostics)
  const writer = new ScriptWriter()
  writer.add(`(() => {\nconst modules = {\n`)
  const runners: string[] = []
  if (!diagnostics.isFatal) {
    for (const module of graph.modules.values()) addModule(writer, module)
    runners.push(...entries.map((entry) => `${JSON.stringify(entry.path)}: ${runnerOf(program, entry)}`))
  }
  writer.add(`}\n${MODULE_RUNTIME}`)
  const shown = diagnostics.isFatal ? NO_TEMPLATES : templates
  const { before, after } = programAround(factsOf(program, diagnostics), runners)
  writer.add(before)
  writer.add(shown, diagnostics.isFatal ? '' : mapTemplates(shown, (file) => program.files.read(file)))
  writer.add(`${after}})()\n`)
  return writer.finish()
}

/** The script of a mini-program that shows nothing but its errors. */
export function failedScript(diagnostics: Diagnostics): CompiledScript {
  const facts = factsOf({ appConfig: { pages: [] }, components: new Map(), dark: undefined }, diagnostics)
  const { before, after } = programAround(facts, [])
  return { code: `${before}${NO_TEMPLATES}${after}`, map: '{"version":3,"sections":[]}' }
}

const NO_TEMPLATES = '() => ({})'

/** The code before and after the templates, which begin a line. */
function programAround(facts: object, runners: readonly string[]): { before: string; after: string } {
  return {
    before: `globalThis.miniProgram = { ...${JSON.stringify(facts)}, templates:\n`,
    after: `, modules: {${runners.join(',\n')}} }\n`,
  }
}

/** A page without a script opens, as a page with an empty one. */
function reportNoScript({ components, files }: MiniProgram, path: string, diagnostics: Diagnostics): void {
  const hasTemplate = path === APP || files.has(`${path}.wxml`)
  if (!hasTemplate || (path === APP && diagnostics.isFatal)) return
  const isPage = components.get(path)?.isPage ?? false
  const message =
    path === APP || isPage
      ? '文件不存在 · no such file'
      : '文件不存在，当作空的组件 · no such file: an empty component'
  diagnostics.addNote({ file: `${path}.js`, message })
}

function runnerOf(
  { components }: MiniProgram,
  { path, file }: { path: string; file: string | undefined },
): string {
  if (file !== undefined) return `() => load(${JSON.stringify(file)})`
  if (path === APP) return '() => App({})'
  return components.get(path)?.isPage ? '() => Page({})' : '() => Component({})'
}

function addModule(writer: ScriptWriter, { file, code, map, isStrict, targets }: LinkedModule): void {
  const strict = isStrict ? '"use strict";' : ''
  // The script may declare `require`, `module` and `exports` itself, in a block of its own.
  writer.add(
    `${JSON.stringify(file)}: [${JSON.stringify(targets)}, function (require, module, exports) {${strict}{\n`,
  )
  writer.add(`${code.trimEnd()}\n`, map)
  writer.add(`}}],\n`)
}

function factsOf(
  { appConfig, components, dark }: Pick<MiniProgram, 'appConfig' | 'components' | 'dark'>,
  diagnostics: Diagnostics,
): Omit<CompiledProgram, 'templates' | 'modules'> {
  const broken = [APP, ...components.keys()].map((path) => [path, diagnostics.errorsOf(path)] as const)
  return {
    appConfig,
    components: Object.fromEntries(components),
    ...(dark ? { dark } : {}),
    errors: diagnostics.errors,
    notes: diagnostics.notes,
    broken: Object.fromEntries(
      broken.flatMap(([path, list]) => (list.length > 0 ? [[path, [...list]]] : [])),
    ),
  }
}

/** Joins scripts, and their source maps to one with a section for each. */
class ScriptWriter {
  readonly #parts: string[] = []
  readonly #sections: string[] = []
  #line = 0

  add(code: string, map = ''): void {
    if (map !== '') this.#sections.push(`{"offset":{"line":${this.#line},"column":0},"map":${map}}`)
    this.#parts.push(code)
    for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) this.#line += 1
  }

  finish(): CompiledScript {
    return { code: this.#parts.join(''), map: `{"version":3,"sections":[${this.#sections.join(',')}]}` }
  }
}
