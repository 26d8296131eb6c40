/** The part of glass-easel's element that leads to the component whose WXML contains it. */
export interface EaselNode {
  is: string
  ownerShadowRoot: { getHostNode(): EaselNode } | null
}

/** glass-easel's components whose WXML contains an element, from the inner to the outer; the last is the page. */
export function hostsOf(node: EaselNode): EaselNode[] {
  const host = node.ownerShadowRoot?.getHostNode()
  return host ? [host, ...hostsOf(host)] : []
}
