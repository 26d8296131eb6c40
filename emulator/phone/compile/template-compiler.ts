import { createRequire } from 'node:module'
import { posix } from 'node:path'
import type { Diagnostic } from '../program/diagnostic.ts'
import type { SourceFiles } from './source-files.ts'
import { findWxsError, renameReserved, throwingWxs, translateWxs } from './wxs.ts'

interface TemplateWarning {
  level: string
  code: number
  message: string
  startLine: number
}

interface TemplateGroup {
  addTmpl(path: string, source: string): TemplateWarning[]
  addScript(path: string, source: string): void
  getDirectDependencies(path: string): string[]
  getScriptDependencies(path: string): string[]
  getInlineScriptModuleNames(path: string): string[]
  getInlineScript(path: string, name: string): string
  getInlineScriptStartLine(path: string, name: string): number
  setInlineScript(path: string, name: string, source: string): void
  getRuntimeString(): string
  exportAllScripts(): string
  getTmplGenObject(path: string): string
  free(): void
}

const require = createRequire(import.meta.url)

/**
 * Loaded with the first template: its WebAssembly takes most of a second. The package's ES module does not load in Node,
 * since it imports WebAssembly as a module.
 */
function newGroup(): TemplateGroup {
  const { TmplGroup } = require('glass-easel-template-compiler') as { TmplGroup: { newDev(): TemplateGroup } }
  return TmplGroup.newDev()
}

export const WXML = '.wxml'
export const WXS = '.wxs'
/** The template compiler counts lines from 0. */
const FIRST_LINE = 1
const TYPE_NAME = 'wxs.typeName'
/** What WeChat's compiler accepts as well, and what is probably a mistake. */
const NOTED = new Map([
  ['missing end tag', '没有结束标签'],
  ['invalid end tag', '多余的结束标签'],
  ['duplicated attribute', '重复的属性，只有一个有效'],
])

/** One WXML file. */
export interface CompiledTemplate {
  /** An expression. */
  code: string
  /** Paths without ending. */
  templates: readonly string[]
  scripts: readonly string[]
  errors: readonly Diagnostic[]
  notes: readonly Diagnostic[]
}

/** One WXS file. */
export interface CompiledWxs {
  /** Statements. */
  code: string
  /** Paths of scripts that it requires, without ending. */
  scripts: readonly string[]
  errors: readonly Diagnostic[]
}

/** Compiles WXML and WXS with WeChat's own compiler, each file again only when it changes. */
export class TemplateCompiler {
  /** Code that all templates share. */
  readonly runtime = withGroup((group) => group.getRuntimeString())
  readonly #templates = new Map<string, { edition: string; compiled: CompiledTemplate }>()
  readonly #scripts = new Map<string, { edition: string; compiled: CompiledWxs }>()

  /** @param path without ending */
  template(files: SourceFiles, path: string): CompiledTemplate {
    return cached(this.#templates, files, `${path}${WXML}`, (source) =>
      withGroup((group) => compileTemplate(group, path, source)),
    )
  }

  /** @param path without ending */
  script(files: SourceFiles, path: string): CompiledWxs {
    return cached(this.#scripts, files, `${path}${WXS}`, (source) =>
      withGroup((group) => compileWxs(group, path, source)),
    )
  }
}

function cached<Compiled>(
  cache: Map<string, { edition: string; compiled: Compiled }>,
  files: SourceFiles,
  file: string,
  compile: (source: string) => Compiled,
): Compiled {
  const edition = files.edition(file)
  const known = cache.get(file)
  if (known?.edition === edition) return known.compiled
  const compiled = compile(files.read(file))
  cache.set(file, { edition, compiled })
  return compiled
}

function withGroup<Result>(use: (group: TemplateGroup) => Result): Result {
  const group = newGroup()
  try {
    return use(group)
  } finally {
    group.free()
  }
}

function compileTemplate(group: TemplateGroup, path: string, source: string): CompiledTemplate {
  const file = `${path}${WXML}`
  const errors: Diagnostic[] = []
  const notes: Diagnostic[] = []
  for (const { level, message, startLine } of group.addTmpl(path, source)) {
    const line = startLine + FIRST_LINE
    // At the level `Error` the compiler goes on as WeChat's does: published components have such templates.
    const noted = level === 'Error' ? '微信会容忍，结果可能不对' : NOTED.get(message)
    if (level === 'Fatal') errors.push({ file, line, message })
    else if (noted !== undefined) notes.push({ file, line, message: `${noted} · ${message}` })
  }
  const scripts = [...group.getScriptDependencies(path)]
  for (const name of group.getInlineScriptModuleNames(path)) {
    const script = renameReserved(group.getInlineScript(path, name))
    const error = findWxsError(file, script, group.getInlineScriptStartLine(path, name))
    if (error) errors.push(error)
    else scripts.push(...requiredScripts(path, script))
    group.setInlineScript(path, name, error ? throwingWxs(error) : translateWxs(script, TYPE_NAME))
  }
  return {
    code: group.getTmplGenObject(path),
    templates: group.getDirectDependencies(path),
    scripts,
    errors,
    notes,
  }
}

function compileWxs(group: TemplateGroup, path: string, written: string): CompiledWxs {
  const source = renameReserved(written)
  const error = findWxsError(`${path}${WXS}`, source)
  group.addScript(path, error ? throwingWxs(error) : translateWxs(source, TYPE_NAME))
  return {
    code: group.exportAllScripts(),
    scripts: requiredScripts(path, source),
    errors: error ? [error] : [],
  }
}

/** Paths of the scripts that WXS requires; WXS requires only by a text. */
function requiredScripts(path: string, source: string): string[] {
  return [...source.matchAll(/\brequire\s*\(\s*(['"])(.+?)\1\s*\)/g)].map(([, , reference = '']) => {
    const target = reference.startsWith('/') ? reference.slice(1) : posix.join(posix.dirname(path), reference)
    return target.replace(/\.wxs$/, '')
  })
}
