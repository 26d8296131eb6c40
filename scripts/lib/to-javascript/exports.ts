import type { ExportNamedDeclaration, Statement } from '@babel/types'
import { requireNames } from './imports.ts'
import type { Library } from './library.ts'
import { rangeOf, type Source } from './source.ts'

const WIDTH = 110

/** The names that a file gives to others, in their order. */
export class Exports {
  readonly #names: { name: string; value: string; kind: 'value' | 'live' | 'class' }[] = []

  add(name: string, value = name): void {
    this.#names.push({ name, value, kind: 'value' })
  }

  /** A variable that changes later: it is read when it is used. */
  addLive(name: string): void {
    this.#names.push({ name, value: name, kind: 'live' })
  }

  /** A class is a type, too: the compiler finds that only under a name of `exports`, not in an object. */
  addClass(name: string): void {
    this.#names.push({ name, value: name, kind: 'class' })
  }

  /** The file's last statements; empty if it gives nothing. */
  statement(): string {
    if (this.#names.length === 0) return ''
    if (this.#names.some(({ kind }) => kind === 'class')) {
      return this.#names.map(({ name, value }) => `exports.${name} = ${value}\n`).join('')
    }
    const properties = this.#names.map(({ name, value, kind }) => {
      if (kind === 'live') return `get ${name}() {\n    return ${value}\n  }`
      return name === value ? name : `${name}: ${value}`
    })
    const line = `module.exports = { ${properties.join(', ')} }`
    if (line.length <= WIDTH && !line.includes('\n')) return `${line}\n`
    return `module.exports = {\n${properties.map((each) => `  ${each},\n`).join('')}}\n`
  }

  /** Whether a variable that changes stands beside a class: there is no form for both. */
  get isMixed(): boolean {
    const kinds = this.#names.map(({ kind }) => kind)
    return kinds.includes('class') && kinds.includes('live')
  }
}

/** Takes `export` away and notes the names. @returns whether the statement's inside is to be converted, too */
export function convertExport(
  source: Source,
  node: ExportNamedDeclaration,
  library: Library,
  exports: Exports,
): boolean {
  const { start, end } = rangeOf(node)
  if (!node.declaration) {
    const lines = listLines(source, node, library, exports)
    if (lines.length > 0) source.edits.overwrite(start, end, lines.join('\n'))
    else source.edits.remove(start, end)
    return false
  }
  source.edits.remove(start, rangeOf(node.declaration).start)
  for (const name of declaredNames(node.declaration)) {
    if (node.declaration.type === 'ClassDeclaration') exports.addClass(name)
    else if (library.isLive(source.path, undefined, name)) exports.addLive(name)
    else exports.add(name)
  }
  if (exports.isMixed) source.refuse(node, 'an exported class beside an exported variable')
  return true
}

/** What stays of `export { … }` at its modulePath: nothing, unless it names another file. */
function listLines(
  source: Source,
  node: ExportNamedDeclaration,
  library: Library,
  exports: Exports,
): string[] {
  const types: string[] = []
  const values: string[] = []
  const from = node.source?.value
  const modulePath = from === undefined ? undefined : library.specifier(source.path, from)
  for (const specifier of node.specifiers) {
    if (specifier.type !== 'ExportSpecifier') return source.refuse(specifier, specifier.type)
    const { local } = specifier
    const exported =
      specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value
    if (node.exportKind === 'type' || specifier.exportKind === 'type') {
      // A typedef of this file is exported as it is.
      if (from === undefined || modulePath === undefined) continue
      types.push(
        typedef(modulePath, local.name, exported, library.typeParameters(source.path, from, local.name)),
      )
      continue
    }
    if (library.isLive(source.path, from, local.name))
      source.refuse(node, `export of the variable ${local.name}`)
    exports.add(exported, modulePath === undefined ? local.name : exported)
    values.push(local.name === exported ? exported : `${local.name}: ${exported}`)
  }
  return modulePath === undefined || values.length === 0
    ? types
    : [...types, requireNames(values, modulePath)]
}

function declaredNames(declaration: Statement): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
  }
  const isNamed = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'
  return isNamed && declaration.id ? [declaration.id.name] : []
}

function typedef(modulePath: string, local: string, exported: string, parameters: readonly string[]): string {
  const generics = parameters.length === 0 ? '' : `<${parameters.join(', ')}>`
  const type = `@typedef {import('${modulePath}').${local}${generics}} ${exported}`
  if (parameters.length === 0) return `/** ${type} */`
  return `/**\n${parameters.map((name) => ` * @template ${name}\n`).join('')} * ${type}\n */`
}
