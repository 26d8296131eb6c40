import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Diagnostics } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { noteUnknownTags } from './unknown-tags.ts'
import { findWxsMistake, throwingWxs, translateWxs } from './wxs.ts'

interface TemplateWarning {
  level: string
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

// The package's ESM half does not load in Node: it imports WebAssembly as a module.
const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as {
  TmplGroup: { newDev(): TemplateGroup }
}

const WXML = '.wxml'
const WXS = '.wxs'
/** Lines of the template compiler begin with 0. */
const FIRST_LINE = 1

/**
 * Compiles all WXML and WXS with WeChat's own compiler.
 * @returns a JavaScript expression: a function of the WXS runtime that gives the templates by path
 */
export function compileTemplates(program: MiniProgram, diagnostics: Diagnostics): string {
  const { directory, files, units } = program
  const read = (ending: string) =>
    new Map(
      files
        .filter((file) => file.endsWith(ending))
        .map((file) => [file.slice(0, -ending.length), readFileSync(join(directory, file), 'utf8')]),
    )
  const [sources, scripts] = [read(WXML), read(WXS)]
  const group = TmplGroup.newDev()
  try {
    const warnings = new Map([...sources].map(([path, source]) => [path, group.addTmpl(path, source)]))
    const usersOf = usersByTemplate([...units.keys()], sources, (path) => group.getDirectDependencies(path))
    for (const [path, list] of warnings) {
      for (const { level, message, startLine } of list) {
        if (level !== 'Error' && level !== 'Fatal') continue
        const mistake = { file: `${path}${WXML}`, line: startLine + FIRST_LINE, message }
        diagnostics.add(mistake, usersOf(path))
      }
    }
    for (const path of sources.keys()) {
      const isMissing = { templates: isNot(sources), scripts: isNot(scripts) }
      const missing = [
        ...group
          .getDirectDependencies(path)
          .filter(isMissing.templates)
          .map((name) => name + WXML),
        ...group
          .getScriptDependencies(path)
          .filter(isMissing.scripts)
          .map((name) => name + WXS),
      ]
      for (const name of missing) {
        diagnostics.add({ file: `${path}${WXML}`, message: `${name} 不存在` }, usersOf(path))
      }
      compileInlineScripts(group, path, { usersOf, diagnostics })
    }
    for (const [path, source] of scripts) {
      const mistake = findWxsMistake(`${path}${WXS}`, source)
      // Pages that use it find out when it throws.
      if (mistake) diagnostics.add(mistake, [])
      group.addScript(path, mistake ? throwingWxs(mistake) : translateWxs(source, TYPE_NAME))
    }
    noteUnknownTags(program, { sources, usersOf, diagnostics })
    return write(group, [...sources.keys()])
  } finally {
    group.free()
  }
}

const isNot = (known: ReadonlyMap<string, unknown>) => (name: string) => !known.has(name)

const TYPE_NAME = 'wxs.typeName'

function compileInlineScripts(
  group: TemplateGroup,
  path: string,
  { usersOf, diagnostics }: { usersOf: (path: string) => string[]; diagnostics: Diagnostics },
): void {
  for (const name of group.getInlineScriptModuleNames(path)) {
    const source = group.getInlineScript(path, name)
    const mistake = findWxsMistake(`${path}${WXML}`, source, group.getInlineScriptStartLine(path, name))
    if (mistake) diagnostics.add(mistake, usersOf(path))
    group.setInlineScript(path, name, mistake ? throwingWxs(mistake) : translateWxs(source, TYPE_NAME))
  }
}

/** Which pages and components a template is drawn for: by its own path, or by `import` and `include`. */
function usersByTemplate(
  units: readonly string[],
  sources: ReadonlyMap<string, string>,
  dependenciesOf: (path: string) => string[],
): (path: string) => string[] {
  const users = new Map<string, string[]>()
  const follow = (path: string, unit: string): void => {
    const known = users.get(path) ?? []
    if (known.includes(unit) || !sources.has(path)) return
    users.set(path, [...known, unit])
    for (const dependency of dependenciesOf(path)) follow(dependency, unit)
  }
  for (const unit of units) follow(unit, unit)
  return (path) => users.get(path) ?? []
}

/** Each template is made when it is first read, so that what its scripts throw stays with those who draw it. */
function write(group: TemplateGroup, paths: readonly string[]): string {
  const templates = paths.map(
    (path) => `lazily(${JSON.stringify(path)},()=>${group.getTmplGenObject(path)});`,
  )
  return `(wxs)=>{var G={},R={};${group.getRuntimeString()}
D=wxs.define;var {getDate,getRegExp}=wxs;${group.exportAllScripts()};
var lazily=(path,make)=>{var made;Object.defineProperty(G,path,{enumerable:true,get:()=>made??=make()})};
${templates.join('\n')}
return G}`
}
