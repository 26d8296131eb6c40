import type { ImportDeclaration, ImportSpecifier } from '@babel/types'
import type { Library } from './library.ts'
import { rangeOf, type Source } from './source.ts'

const WIDTH = 110

/** `import` becomes `require`; types become an `@import` comment. */
export function convertImport(source: Source, node: ImportDeclaration, library: Library): void {
  const modulePath = library.specifier(source.path, node.source.value)
  const { start, end } = rangeOf(node)
  source.edits.overwrite(start, end, importLines(source, node, library, modulePath).join('\n'))
}

function importLines(
  source: Source,
  node: ImportDeclaration,
  library: Library,
  modulePath: string,
): string[] {
  if (node.specifiers.length === 0) return [`require('${modulePath}')`]
  const types: string[] = []
  const values: string[] = []
  let isLive = false
  for (const specifier of node.specifiers) {
    if (specifier.type === 'ImportDefaultSpecifier') return source.refuse(node, 'default import')
    if (specifier.type === 'ImportNamespaceSpecifier') {
      return [`const ${specifier.local.name} = require('${modulePath}')`]
    }
    const { imported, local } = namesOf(specifier)
    const [text, renamed] =
      imported === local ? [local, local] : [`${imported} as ${local}`, `${imported}: ${local}`]
    if (node.importKind === 'type' || specifier.importKind === 'type') types.push(text)
    else if (library.isLive(source.path, node.source.value, imported)) isLive = true
    else values.push(renamed)
  }
  return [
    ...(types.length === 0 ? [] : [`/** @import { ${types.join(', ')} } from '${modulePath}' */`]),
    ...(isLive ? [`const ${moduleName(modulePath)} = require('${modulePath}')`] : []),
    ...(values.length === 0 ? [] : [requireNames(values, modulePath)]),
  ]
}

export function namesOf({ imported, local }: ImportSpecifier): { imported: string; local: string } {
  return { imported: imported.type === 'Identifier' ? imported.name : imported.value, local: local.name }
}

/** The name under which a file keeps a module whose values may change. */
export function moduleName(specifier: string): string {
  const base = specifier.split('/').at(-1) ?? ''
  const camel = base.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return `${camel}Module`
}

/** @param names as a pattern has them: `name`, or `name: other` */
export function requireNames(names: readonly string[], modulePath: string): string {
  const rest = `= require('${modulePath}')`
  const line = `const { ${names.join(', ')} } ${rest}`
  return line.length <= WIDTH ? line : `const {\n${names.map((name) => `  ${name},\n`).join('')}} ${rest}`
}
