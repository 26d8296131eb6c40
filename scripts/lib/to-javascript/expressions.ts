import type {
  CallExpression,
  Expression,
  NewExpression,
  Node,
  OptionalCallExpression,
  TSAsExpression,
  TSNonNullExpression,
  TSSatisfiesExpression,
  VariableDeclaration,
  VariableDeclarator,
} from '@babel/types'
import { addTags } from './docs.ts'
import { rangeOf, type Source } from './source.ts'
import { typeText } from './type-text.ts'

/** `value as T` and `value satisfies T` become `/** @type {T} *​/ (value)`. */
export function convertCast(source: Source, node: TSAsExpression | TSSatisfiesExpression): void {
  const tag = node.type === 'TSAsExpression' ? 'type' : 'satisfies'
  wrap(source, node, node.expression, `@${tag} {${typeText(source, node.typeAnnotation)}}`)
}

/** `value!` */
export function convertNonNull(source: Source, node: TSNonNullExpression): void {
  const { expression } = node
  if (expression.type !== 'Identifier' && expression.type !== 'MemberExpression') source.refuse(node, '`!`')
  wrap(source, node, expression, `@type {NonNullable<typeof ${source.text(expression)}>}`)
}

/** `new Map<K, V>()`: the type goes to the variable that holds it, or around the expression. */
export function convertNew(source: Source, node: NewExpression, parents: readonly Node[]): void {
  const { typeParameters, callee } = node
  if (!typeParameters) return
  remove(source, typeParameters)
  const type = `${source.text(callee)}${typeText(source, typeParameters)}`
  const [declarator, declaration, statement] = parents
  const isHeld =
    declarator?.type === 'VariableDeclarator' &&
    !annotationOf(declarator) &&
    declaration?.type === 'VariableDeclaration' &&
    declaration.declarations.length === 1
  if (isHeld) addTags(source, statementStart(declaration, statement), [{ tag: 'type', type }])
  else surround(source, node, type)
}

/** `list<Item>()`: the type of the result goes around the call. */
export function convertCall(source: Source, node: CallExpression | OptionalCallExpression): void {
  const { typeParameters, callee } = node
  if (!typeParameters) return
  if (!/^[\w$.]+$/.test(source.text(callee))) source.refuse(node, 'type arguments')
  const called = `typeof ${source.text(callee)}${typeText(source, typeParameters)}`
  remove(source, typeParameters)
  surround(source, node, `ReturnType<${called}>`)
}

/** The type of a variable goes into the docstring of its statement; of several in one, before each. */
export function convertVariables(source: Source, node: VariableDeclaration, parent: Node | undefined): void {
  const isAlone = node.declarations.length === 1 && !/^For/.test(parent?.type ?? '')
  for (const declarator of node.declarations) {
    const annotation = annotationOf(declarator)
    if (!annotation) continue
    const type = typeText(source, annotation)
    const { start, end } = rangeOf(annotation)
    const isDefinite = declarator.definite === true
    source.edits.remove(isDefinite ? rangeOf(declarator).start + nameLength(declarator) : start, end)
    if (isAlone) addTags(source, statementStart(node, parent), [{ tag: 'type', type }])
    else source.edits.appendLeft(rangeOf(declarator).start, `/** @type {${type}} */ `)
  }
}

export function statementStart(node: Node, parent: Node | undefined): number {
  return rangeOf(parent?.type === 'ExportNamedDeclaration' ? parent : node).start
}

export function annotationOf({ id }: VariableDeclarator): Node | undefined {
  return ('typeAnnotation' in id && id.typeAnnotation) || undefined
}

function nameLength({ id }: VariableDeclarator): number {
  return id.type === 'Identifier' ? id.name.length : 0
}

function remove(source: Source, node: Node): void {
  const { start, end } = rangeOf(node)
  source.edits.remove(start, end)
}

function surround(source: Source, node: Node, type: string): void {
  source.edits.appendLeft(rangeOf(node).start, `/** @type {${type}} */ (`)
  source.edits.appendLeft(rangeOf(node).end, ')')
}

function wrap(source: Source, whole: Node, inner: Expression, tag: string): void {
  const isWrapped = inner.type === 'ParenthesizedExpression'
  source.edits.appendLeft(rangeOf(whole).start, `/** ${tag} */ ${isWrapped ? '' : '('}`)
  const [from, to] = [rangeOf(inner).end, rangeOf(whole).end]
  if (isWrapped) source.edits.remove(from, to)
  else source.edits.overwrite(from, to, ')')
}
