import { posix } from 'node:path'
import { type Diagnostics, diagnosticAt } from './diagnostics.ts'
import type { MiniProgram } from './mini-program.ts'
import { readTags } from './tags.ts'
import {
  type CompiledTemplate,
  type CompiledWxs,
  type TemplateCompiler,
  WXML,
  WXS,
} from './template-compiler.ts'
import { noteUnknownTags } from './unknown-tags.ts'

/**
 * Compiles the WXML of pages and components, and the WXML and WXS that they refer to.
 * @returns a JavaScript expression: a function that takes the WXS runtime and returns the templates by path
 */
export function compileTemplates(
  program: MiniProgram,
  { compiler, diagnostics }: { compiler: TemplateCompiler; diagnostics: Diagnostics },
): string {
  const { files, components } = program
  const templates = new Map<string, CompiledTemplate>()
  const scripts = new Map<string, CompiledWxs>()
  const users = new Map<string, string[]>()
  const addTemplate = (path: string, user: string): void => {
    const known = users.get(path) ?? []
    if (known.includes(user) || !files.has(`${path}${WXML}`)) return
    users.set(path, [...known, user])
    const template = templates.get(path) ?? compiler.template(files, path)
    templates.set(path, template)
    for (const dependency of template.templates) addTemplate(dependency, user)
    for (const script of template.scripts) addScript(script)
  }
  const addScript = (path: string): void => {
    if (scripts.has(path) || !files.has(`${path}${WXS}`)) return
    const script = compiler.script(files, path)
    scripts.set(path, script)
    for (const dependency of script.scripts) addScript(dependency)
  }
  for (const path of components.keys()) addTemplate(path, path)
  const usersOf = (path: string) => users.get(path) ?? []
  for (const [path, template] of templates) {
    for (const error of template.errors) diagnostics.addError(error, usersOf(path))
    if (files.own.has(`${path}${WXML}`)) for (const note of template.notes) diagnostics.addNote(note)
    reportDependencies(program, { path, template, affected: usersOf(path), diagnostics })
  }
  // A script with an error throws in the pages that use it.
  for (const { errors } of scripts.values()) for (const error of errors) diagnostics.addError(error, [])
  noteUnknownTags(program, { paths: [...templates.keys()], usersOf, diagnostics })
  return generate(compiler.runtime, templates, scripts)
}

function reportDependencies(
  { files, packages }: MiniProgram,
  {
    path,
    template,
    affected,
    diagnostics,
  }: { path: string; template: CompiledTemplate; affected: string[]; diagnostics: Diagnostics },
): void {
  const file = `${path}${WXML}`
  const source = files.read(file)
  // WeChat draws nothing in place of a template that is not there, and goes on.
  for (const target of template.templates.map((name) => name + WXML)) {
    const line = lineOfSource(source, target)
    const refusal = files.has(target) ? packages.refusal(path, target) : undefined
    if (refusal !== undefined) diagnostics.addError(diagnosticAt(file, line, refusal), affected)
    else if (!files.has(target))
      diagnostics.addNote(diagnosticAt(file, line, `${target} 不存在 · no such file`))
  }
  for (const target of template.scripts.map((name) => name + WXS)) {
    const message = files.has(target) ? packages.refusal(path, target) : `${target} 不存在`
    if (message === undefined) continue
    diagnostics.addError(diagnosticAt(file, lineOfSource(source, target), message), affected)
  }
}

/** The line of the first tag that refers to a file of that name. */
function lineOfSource(source: string, target: string): number | undefined {
  const name = posix.basename(target).replace(/\.\w+$/, '')
  const found = readTags(source).find(({ attributes }) => attributes.get('src')?.includes(name))
  return found?.line
}

/** A template is created when it is first read, so an error of its WXS stays with the components that draw it. */
function generate(
  runtime: string,
  templates: ReadonlyMap<string, CompiledTemplate>,
  scripts: ReadonlyMap<string, CompiledWxs>,
): string {
  const lazy = [...templates].map(([path, { code }]) => `lazily(${JSON.stringify(path)},()=>${code});`)
  return `(wxs)=>{var G={},R={};${runtime}
D=wxs.define;P=wxs.callable;Q.A=wxs.observe;Q.C=wxs.handle;var {getDate,getRegExp}=wxs;${[...scripts.values()].map(({ code }) => code).join('\n')};
var lazily=(path,make)=>{var made;Object.defineProperty(G,path,{enumerable:true,get:()=>made??=make()})};
${lazy.join('\n')}
return G}`
}
