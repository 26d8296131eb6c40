import type { Node, TSTypeElement } from '@babel/types'
import { rangeOf, type Source } from './source.ts'
import { childrenOf } from './walk.ts'

/** A type on one line, as JSDoc takes it: without comments. */
export function typeText(source: Source, node: Node): string {
  return render(source, node.type === 'TSTypeAnnotation' ? node.typeAnnotation : node)
}

function render(source: Source, node: Node): string {
  if (node.type === 'TSTypeLiteral') return literalText(source, node.members)
  let text = ''
  let position = rangeOf(node).start
  for (const child of childrenOf(node).sort((a, b) => rangeOf(a).start - rangeOf(b).start)) {
    const { start, end } = rangeOf(child)
    text += between(source, position, start) + render(source, child)
    position = end
  }
  return tidy(text + between(source, position, rangeOf(node).end))
}

/** `{ name: string; age?: number }` */
export function literalText(source: Source, members: readonly TSTypeElement[]): string {
  if (members.length === 0) return '{}'
  const texts = members.map((member) => typeText(source, member).replace(/[;,]$/, ''))
  return `{ ${texts.join('; ')} }`
}

function between(source: Source, start: number, end: number): string {
  let text = source.code.slice(start, end)
  for (const comment of source.commentsIn({ start, end }).reverse()) {
    const range = rangeOf(comment)
    text = text.slice(0, range.start - start) + text.slice(range.end - start)
  }
  return text.replaceAll(/\s*\n\s*/g, '\n')
}

/** Joins what stood on several lines. A list may have begun with its separator, or ended with one. */
function tidy(text: string): string {
  return text
    .replace(/^\s*[|&]\s/, '')
    .replaceAll(/([(<[])\n/g, '$1')
    .replaceAll(/,?\n([)>\]])/g, '$1')
    .replaceAll('\n', ' ')
    .trim()
}
