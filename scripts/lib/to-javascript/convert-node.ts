import type { Node } from '@babel/types'
import { convertClass, convertField, removeModifiers } from './classes.ts'
import { convertDeclaration } from './declarations.ts'
import { convertExport, type Exports } from './exports.ts'
import {
  annotationOf,
  convertCall,
  convertCast,
  convertNew,
  convertNonNull,
  convertVariables,
  statementStart,
} from './expressions.ts'
import { convertImport } from './imports.ts'
import type { Library } from './library.ts'
import { convertSignature, type FunctionNode, isFunction } from './signatures.ts'
import { rangeOf, type Source } from './source.ts'

const UNKNOWN = new Set<Node['type']>([
  'ClassAccessorProperty',
  'Decorator',
  'ExportAllDeclaration',
  'ExportDefaultDeclaration',
  'TSDeclareFunction',
  'TSDeclareMethod',
  'TSEnumDeclaration',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSInstantiationExpression',
  'TSModuleDeclaration',
  'TSTypeAssertion',
])

/** @returns whether what is inside the node is to be converted, too */
export function convertNode(
  source: Source,
  library: Library,
  exports: Exports,
  node: Node,
  parents: readonly Node[],
): boolean {
  const [parent] = parents
  if (parent && 'typeAnnotation' in parent && parent.typeAnnotation === node) return false
  if (isUnknown(node)) source.refuse(node, node.type)
  if (isFunction(node)) convertSignature(source, node, documentedAt(node, parents))
  switch (node.type) {
    case 'ImportDeclaration':
      convertImport(source, node, library)
      return false
    case 'ExportNamedDeclaration':
      return convertExport(source, node, library, exports)
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      convertDeclaration(source, node, rangeOf(parent?.type === 'ExportNamedDeclaration' ? parent : node))
      return false
    case 'ClassDeclaration':
    case 'ClassExpression':
      convertClass(source, node, statementStart(node, parent))
      return true
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      convertField(source, node)
      return true
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      removeModifiers(source, node)
      return true
    case 'VariableDeclaration':
      convertVariables(source, node, parent)
      return true
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      convertCast(source, node)
      return true
    case 'TSNonNullExpression':
      convertNonNull(source, node)
      return true
    case 'CallExpression':
    case 'OptionalCallExpression':
      convertCall(source, node)
      return true
    case 'NewExpression':
      convertNew(source, node, parents)
      return true
    case 'TSTypeAnnotation':
    case 'TSTypeParameterDeclaration':
    case 'TSTypeParameterInstantiation':
      return false
    default:
      return true
  }
}

/** Where a function's docstring stands: before its statement, member or property; undefined in the middle of an expression. */
function documentedAt(fn: FunctionNode, [parent, above, statement]: readonly Node[]): number | undefined {
  if (fn.type === 'FunctionDeclaration') return statementStart(fn, parent)
  if (/Method$/.test(fn.type)) return rangeOf(fn).start
  if (parent?.type === 'ObjectProperty') return rangeOf(parent).start
  if (parent?.type !== 'VariableDeclarator' || above?.type !== 'VariableDeclaration') return undefined
  return above.declarations.length === 1 && !annotationOf(parent)
    ? statementStart(above, statement)
    : undefined
}

/** TypeScript that stands for something when the program runs, and exports without a name. */
function isUnknown(node: Node): boolean {
  if ('declare' in node && node.declare === true) return true
  return UNKNOWN.has(node.type)
}
