import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'
import type { PhoneOptions } from '../../../phone/build.ts'
import { APP, Diagnostics } from '../../../phone/compile/diagnostics.ts'
import { type MiniProgram, readMiniProgram } from '../../../phone/compile/mini-program.ts'
import { ModuleCompiler } from '../../../phone/compile/module-compiler.ts'
import { type LinkedModule, ModuleGraph } from '../../../phone/compile/module-graph.ts'
import { candidatesOf } from '../../../phone/compile/references.ts'
import { scriptOf } from '../../../phone/compile/script-files.ts'
import { SourceFiles } from '../../../phone/compile/source-files.ts'
import { describeDiagnostic } from '../../../phone/program/diagnostic.ts'
import type { AppConfig } from '../../../phone/program/program.ts'
import { doesNotCompile } from '../mini-program-under-test.ts'
import { type ModuleCode, PHONE_GLOBALS, type SimulatedProgram } from './simulated-program.ts'
import { type RunningScript, SourcePlaces } from './source-places.ts'

/** A program of a project, with its app.json. */
export interface CompiledForSimulator extends SimulatedProgram {
  appConfig: AppConfig
  /** By the page's path: the title that it has until it sets another. */
  titles: ReadonlyMap<string, string>
}

/**
 * Compiles a mini-program for the page simulator into a temporary folder, which the caller removes. Style sheets are left
 * out: nothing is drawn.
 * @throws KitError with all errors
 */
export async function compileProgram(options: PhoneOptions): Promise<CompiledForSimulator> {
  const files = new SourceFiles(options.directory, options.npm)
  files.refresh()
  const diagnostics = new Diagnostics()
  const program = readMiniProgram(files, diagnostics)
  const graph = new ModuleGraph(program, new ModuleCompiler(options.isStrict ?? true), diagnostics)
  await graph.add([APP, ...program.components.keys()].flatMap((path) => scriptOf(files, path) ?? []))
  if (diagnostics.errors.length > 0) throw doesNotCompile(diagnostics.errors.map(describeDiagnostic))
  const root = mkdtempSync(join(tmpdir(), 'simulated-'))
  const modules = new Map<string, ModuleCode>()
  const scripts = new Map<string, RunningScript>()
  for (const module of graph.modules.values()) {
    modules.set(keyOf(module.file), codeOf(module, files))
    const { file, map } = module
    scripts.set(files.absolute(file), { file, map, prefix: prefixOf(module) })
  }
  writeComponents(program, root, modules)
  const places = new SourcePlaces(scripts)
  return {
    root,
    modules,
    owns: (stack) => places.isIn(stack),
    locate: (text) => places.locate(text),
    appConfig: program.appConfig,
    titles: titlesOf(program),
  }
}

function titlesOf({ appConfig, components }: MiniProgram): Map<string, string> {
  const pages = [...components].filter(([, { isPage }]) => isPage)
  const titles = pages.map(([path, { config }]): [string, string] => {
    const { navigationStyle, navigationBarTitleText = '' } = { ...appConfig.window, ...config }
    return [path, navigationStyle === 'custom' ? '' : navigationBarTitleText]
  })
  return new Map(titles)
}

/** Pages and components as the simulator reads them. */
function writeComponents(program: MiniProgram, root: string, modules: Map<string, ModuleCode>): void {
  // The simulator requires these files again and again, so none of them may count as an ES module.
  write(root, 'package.json', '{ "type": "commonjs" }')
  const templates = new Set<string>()
  for (const [path, { config, isPage }] of program.components) {
    write(root, `${path}.json`, JSON.stringify(config))
    write(root, `${path}.js`, `globalThis.runOnPhone(${JSON.stringify(path)})`)
    writeTemplate(program, root, `${path}.wxml`, templates)
    if (!modules.has(path)) modules.set(path, emptyModule(isPage))
  }
  if (!modules.has(APP)) modules.set(APP, { run: () => {}, resolve: () => undefined })
}

/** A template with what it imports, includes and calls. */
function writeTemplate(program: MiniProgram, root: string, file: string, written: Set<string>): void {
  const { files } = program
  if (written.has(file) || !files.has(file)) return
  written.add(file)
  const text = files.read(file)
  write(root, file, text)
  const references = file.endsWith('.wxs')
    ? text.matchAll(/require\(\s*['"]([^'"]+)['"]/g)
    : text.matchAll(/<(?:import|include|wxs)\b[^>]*\bsrc=["']([^"']+)["']/g)
  for (const [, reference = ''] of references) {
    for (const candidate of candidatesOf(file, reference)) {
      for (const ending of ['', '.wxml', '.wxs'])
        writeTemplate(program, root, `${candidate}${ending}`, written)
    }
  }
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** What comes before the code of a module. */
function prefixOf({ isStrict }: LinkedModule): string {
  return isStrict ? '"use strict";{' : '{'
}

function codeOf(module: LinkedModule, files: SourceFiles): ModuleCode {
  const { file, code, map, targets } = module
  const sources =
    map === ''
      ? ''
      : `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`
  const run = compileFunction(
    `${prefixOf(module)}${code}\n}${sources}`,
    ['module', 'exports', 'require', ...PHONE_GLOBALS],
    {
      filename: files.absolute(file),
    },
  ) as ModuleCode['run']
  const resolve = (reference: string) => {
    const target = Object.hasOwn(targets, reference) ? targets[reference] : undefined
    return typeof target === 'string' ? keyOf(target) : undefined
  }
  return { run, resolve }
}

/** A page or component without a script. */
function emptyModule(isPage: boolean): ModuleCode {
  const run = () => {
    const { Page, Component } = globalThis as unknown as Record<string, (definition: object) => void>
    ;(isPage ? Page : Component)?.({})
  }
  return { run, resolve: () => undefined }
}

function keyOf(file: string): string {
  return file.replace(/\.(ts|js)$/, '')
}
