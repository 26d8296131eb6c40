import type {
  ArrowFunctionExpression,
  ClassMethod,
  ClassPrivateMethod,
  FunctionDeclaration,
  FunctionExpression,
  FunctionParameter,
  Identifier,
  Node,
  ObjectMethod,
} from '@babel/types'
import { templateTags } from './declarations.ts'
import { type DocTag, textOf } from './doc-block.ts'
import { addTags } from './docs.ts'
import { type Range, rangeOf, type Source } from './source.ts'
import { typeText } from './type-text.ts'

export type FunctionNode =
  | ArrowFunctionExpression
  | ClassMethod
  | ClassPrivateMethod
  | FunctionDeclaration
  | FunctionExpression
  | ObjectMethod

export function isFunction(node: Node): node is FunctionNode {
  return /^(ArrowFunctionExpression|Class(Private)?Method|Function(Declaration|Expression)|ObjectMethod)$/.test(
    node.type,
  )
}

interface Parameter {
  readonly node: Node
  readonly target: Node
  readonly annotation: Range | undefined
  readonly type: string | undefined
  readonly isOptional: boolean
  readonly isRest: boolean
}

/**
 * Moves a function's types into its docstring.
 * @param documented where the docstring stands; undefined for a function in the middle of an expression, whose types
 *   stand at its parameters
 */
export function convertSignature(source: Source, fn: FunctionNode, documented: number | undefined): void {
  const parameters = fn.params.filter((param) => !isThis(param)).map((param) => readParameter(source, param))
  const outer = [
    ...templateTags(source, fn.typeParameters),
    ...takeThis(source, fn),
    ...returnTags(source, fn),
  ]
  removeTypes(source, fn, parameters)
  if (
    documented !== undefined &&
    parameters.every(({ target, type }) => type !== undefined || isName(target))
  ) {
    addTags(source, documented, inOrder(outer, paramTags(parameters)))
    joinParameters(source, fn, parameters)
    return
  }
  if (documented !== undefined) addTags(source, documented, outer)
  else if (outer.length > 0) source.edits.appendLeft(rangeOf(fn).start, `${inlineDoc(outer)} `)
  for (const parameter of parameters) annotateInline(source, parameter)
}

/** TypeScript's `this` in front of the parameters, which a caller does not give. */
function isThis(param: Node): param is Identifier {
  return param.type === 'Identifier' && param.name === 'this'
}

/** Removes it. @returns the tag for its type */
function takeThis(source: Source, { params: [first, second] }: FunctionNode): DocTag[] {
  if (!first || !isThis(first)) return []
  const { start, end } = rangeOf(first)
  source.edits.remove(start, second ? rangeOf(second).start : end)
  return first.typeAnnotation ? [{ tag: 'this', type: typeText(source, first.typeAnnotation) }] : []
}

function readParameter(source: Source, node: FunctionParameter | Node): Parameter {
  if (node.type === 'TSParameterProperty') return source.refuse(node, node.type)
  const isRest = node.type === 'RestElement'
  const target = node.type === 'AssignmentPattern' ? node.left : isRest ? node.argument : node
  const owner = isRest ? node : target
  const annotation = 'typeAnnotation' in owner ? owner.typeAnnotation : undefined
  const isOptional = node.type === 'AssignmentPattern' || ('optional' in target && target.optional === true)
  if (!annotation) return { node, target, annotation: undefined, type: undefined, isOptional, isRest }
  const { start, end } = rangeOf(annotation)
  // The question mark stands before the colon.
  const from = target.type === 'Identifier' && !isRest ? rangeOf(target).start + target.name.length : start
  return {
    node,
    target,
    annotation: { start: from, end },
    type: typeText(source, annotation),
    isOptional,
    isRest,
  }
}

function isName(target: Node): boolean {
  return target.type === 'Identifier'
}

function paramTags(parameters: readonly Parameter[]): DocTag[] {
  const taken = new Set(parameters.map(({ target }) => (target.type === 'Identifier' ? target.name : '')))
  return parameters.flatMap(({ target, type, isOptional, isRest }) => {
    if (type === undefined) return []
    const name = target.type === 'Identifier' ? target.name : nameFor(type, taken)
    taken.add(name)
    return [
      {
        tag: 'param',
        type: isRest ? `...${elementOf(type)}` : type,
        name: isOptional ? `[${name}]` : name,
      },
    ]
  })
}

/** JSDoc wants a name for a parameter that is taken apart at once. */
function nameFor(type: string, taken: ReadonlySet<string>): string {
  const word = /^(?:\w+\.)*([A-Z]\w*)$/.exec(type)?.[1] ?? (type.startsWith('{ detail') ? 'event' : 'options')
  let name = word.charAt(0).toLowerCase() + word.slice(1)
  while (taken.has(name)) name += '_'
  return name
}

function elementOf(type: string): string {
  const element = type.replace(/^readonly /, '').replace(/\[\]$/, '')
  return element === type ? `${type}[number]` : element
}

function annotateInline(source: Source, { node, type, isOptional }: Parameter): void {
  if (type === undefined) return
  const suffix = isOptional && node.type !== 'AssignmentPattern' ? '=' : ''
  const whole = suffix !== '' && /[ |&]/.test(type) ? `(${type})` : type
  source.edits.appendLeft(rangeOf(node).start, `/** @type {${whole}${suffix}} */ `)
}

/** Nothing is said of a function that returns nothing. */
function returnTags(source: Source, { returnType }: FunctionNode): DocTag[] {
  if (returnType?.type !== 'TSTypeAnnotation') return []
  const type = typeText(source, returnType)
  return type === 'void' || type === 'Promise<void>' ? [] : [{ tag: 'returns', type }]
}

/** Type parameters, parameters, result. */
function inOrder(outer: readonly DocTag[], params: readonly DocTag[]): DocTag[] {
  const templates = outer.filter(({ tag }) => tag === 'template')
  return [...templates, ...params, ...outer.filter(({ tag }) => tag !== 'template')]
}

function inlineDoc(tags: readonly DocTag[]): string {
  return `/** ${tags.map(textOf).join(' ')} */`
}

function removeTypes(source: Source, fn: FunctionNode, parameters: readonly Parameter[]): void {
  for (const { annotation } of parameters)
    if (annotation) source.edits.remove(annotation.start, annotation.end)
  for (const node of [fn.typeParameters, fn.returnType]) {
    if (node) source.edits.remove(rangeOf(node).start, rangeOf(node).end)
  }
}

const WIDTH = 110

/** Puts parameters that stood on several lines for their types' sake on one, if they fit. */
function joinParameters(source: Source, fn: FunctionNode, parameters: readonly Parameter[]): void {
  const [first, last] = [parameters.at(0), parameters.at(-1)]
  if (!first || !last || fn.params.some(isThis)) return
  const open = source.code.lastIndexOf('(', rangeOf(first.node).start)
  const close = source.code.indexOf(')', Math.max(rangeOf(last.node).end, last.annotation?.end ?? 0))
  const range = { start: open, end: close }
  if (!source.code.slice(open, close).includes('\n') || source.commentsIn(range).length > 0) return
  let text = ''
  let position = open + 1
  for (const { annotation } of parameters) {
    if (!annotation) continue
    text += source.code.slice(position, annotation.start)
    position = annotation.end
  }
  text += source.code.slice(position, close)
  const joined = text
    .trim()
    .replace(/,$/, '')
    .replaceAll(/,?\s*\n\s*([\]}])/g, ' $1')
    .replaceAll(/\s*\n\s*/g, ' ')
  // What stands before the parameters loses its type parameters.
  const types = fn.typeParameters ? source.text(fn.typeParameters).length : 0
  const before = open - source.code.lastIndexOf('\n', rangeOf(fn).start) - types
  if (before + joined.length + 4 > WIDTH) return
  source.later(() => source.edits.overwrite(open + 1, close, joined))
}
