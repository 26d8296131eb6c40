import type { Node } from '@babel/types'

/** Called for each node, outside first. `parents` begins with the nearest. Returns false to leave out what is inside. */
export type Visit = (node: Node, parents: readonly Node[]) => boolean

export function walk(node: Node, visit: Visit, parents: readonly Node[] = []): void {
  if (!visit(node, parents)) return
  for (const child of childrenOf(node)) walk(child, visit, [node, ...parents])
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode)
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    'start' in value &&
    !String(value.type).startsWith('Comment')
  )
}
