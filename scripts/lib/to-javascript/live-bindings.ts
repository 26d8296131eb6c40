import type { Node } from '@babel/types'
import { moduleName, namesOf } from './imports.ts'
import type { Library } from './library.ts'
import { rangeOf, type Source } from './source.ts'

/** The imported variables that may change, by name: the expression that reads each. */
export function liveImports(source: Source, library: Library): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const statement of source.program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue
    const { value } = statement.source
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier') continue
      const { imported, local } = namesOf(specifier)
      if (!library.isLive(source.path, value, imported)) continue
      found.set(local, `${moduleName(library.specifier(source.path, value))}.${imported}`)
    }
  }
  return found
}

/** Reads the variable through its module at each use. @throws NotConvertible if another thing has its name */
export function convertUse(
  source: Source,
  node: Node,
  parents: readonly Node[],
  live: ReadonlyMap<string, string>,
) {
  if (node.type !== 'Identifier') return
  const reading = live.get(node.name)
  if (reading === undefined) return
  const [parent] = parents
  const { start, end } = rangeOf(node)
  if (parent?.type === 'ObjectProperty' && parent.shorthand) {
    if (parents[1]?.type === 'ObjectPattern') source.refuse(node, `a second \`${node.name}\``)
    // Key and value are one word, which is visited twice.
    if (parent.value === node) source.edits.overwrite(start, end, `${node.name}: ${reading}`)
    return
  }
  if (isKey(node, parent)) return
  if (isDeclared(node, parent)) source.refuse(node, `a second \`${node.name}\``)
  source.edits.overwrite(start, end, reading)
}

function isKey(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') {
    return parent.property === node && !parent.computed
  }
  return 'key' in parent && parent.key === node && !('computed' in parent && parent.computed)
}

function isDeclared(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'VariableDeclarator') return parent.id === node
  if (parent?.type === 'ObjectProperty') return false
  return /Function|Method|Pattern|RestElement/.test(parent?.type ?? '') && !isBodyOf(node, parent)
}

/** `() => config` */
function isBodyOf(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'ArrowFunctionExpression') return parent.body === node
  return parent?.type === 'AssignmentPattern' && parent.right === node
}
