import type {
  ClassDeclaration,
  ClassExpression,
  ClassMethod,
  ClassPrivateMethod,
  ClassPrivateProperty,
  ClassProperty,
} from '@babel/types'
import { templateTags } from './declarations.ts'
import type { DocTag } from './doc-block.ts'
import { addTags } from './docs.ts'
import { rangeOf, type Source } from './source.ts'
import { typeText } from './type-text.ts'

const MODIFIER = /\b(?:public|private|protected|readonly|override)\s+/g

/** Type parameters, and what the class extends and implements, go into its docstring. @param position of that */
export function convertClass(
  source: Source,
  node: ClassDeclaration | ClassExpression,
  position: number,
): void {
  if ('abstract' in node && node.abstract === true) source.refuse(node, 'abstract class')
  const tags: DocTag[] = [...templateTags(source, node.typeParameters)]
  if (node.typeParameters) remove(source, rangeOf(node.typeParameters))
  const { superClass, superTypeParameters } = node
  if (superClass && superTypeParameters) {
    const type = `${source.text(superClass)}${typeText(source, superTypeParameters)}`
    tags.push({ tag: 'extends', type })
    remove(source, rangeOf(superTypeParameters))
  }
  const kept = superTypeParameters ?? superClass ?? node.typeParameters ?? node.id
  for (const contract of node.implements ?? []) {
    tags.push({ tag: 'implements', type: typeText(source, contract) })
  }
  const last = node.implements?.at(-1)
  if (kept && last) remove(source, { start: rangeOf(kept).end, end: rangeOf(last).end })
  addTags(source, position, tags)
}

/** The type of a field goes into its docstring. */
export function convertField(source: Source, node: ClassProperty | ClassPrivateProperty): void {
  removeModifiers(source, node)
  const { typeAnnotation } = node
  if (!typeAnnotation) return
  // A question or exclamation mark may stand before the colon.
  remove(source, { start: rangeOf(node.key).end, end: rangeOf(typeAnnotation).end })
  const type = typeText(source, typeAnnotation)
  const isOptional = 'optional' in node && node.optional === true
  addTags(source, rangeOf(node).start, [{ tag: 'type', type: isOptional ? `${type} | undefined` : type }])
}

export function removeModifiers(
  source: Source,
  node: ClassMethod | ClassPrivateMethod | ClassProperty | ClassPrivateProperty,
): void {
  if ('abstract' in node && node.abstract === true) source.refuse(node, 'abstract member')
  const { start } = rangeOf(node)
  for (const modifier of source.code.slice(start, rangeOf(node.key).start).matchAll(MODIFIER)) {
    remove(source, { start: start + modifier.index, end: start + modifier.index + modifier[0].length })
  }
}

function remove(source: Source, { start, end }: { start: number; end: number }): void {
  if (end > start) source.edits.remove(start, end)
}
