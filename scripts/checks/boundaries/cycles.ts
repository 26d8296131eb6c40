/** The nodes that each node leads to. */
export type Graph = ReadonlyMap<string, Iterable<string>>

/** Each cycle that a depth-first search meets, its first node repeated at the end; none if there is no cycle. */
export function findCycles(graph: Graph): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node)
    if (start >= 0) {
      cycles.push([...path.slice(start), node])
      return
    }
    if (done.has(node)) return
    for (const target of graph.get(node) ?? []) visit(target, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return cycles
}

/**
 * The graph between the entries (files and folders) of each folder: an import from `a/b/c.ts` to `a/d/e.ts` leads from
 * `a/b` to `a/d` in the graph of `a`. Where no such graph has a cycle, each folder can be read from the bottom up.
 * @param files the files that each file imports
 * @returns the graph of each folder, by its path
 */
export function folderGraphs(files: Graph): Map<string, Graph> {
  const graphs = new Map<string, Map<string, Set<string>>>()
  for (const [file, targets] of files) {
    for (const target of targets) {
      const { folder, from, to } = fork(file.split('/'), target.split('/'))
      if (from === to) continue
      const graph = graphs.get(folder) ?? new Map<string, Set<string>>()
      graphs.set(folder, graph.set(from, (graph.get(from) ?? new Set()).add(to)))
    }
  }
  return graphs
}

/** The last folder that two paths share, and the entries of it that they go on with. */
function fork(
  file: readonly string[],
  target: readonly string[],
): { folder: string; from: string; to: string } {
  const different = file.findIndex((part, index) => part !== target[index])
  const shared = different < 0 ? file.length - 1 : different
  const upTo = (path: readonly string[]) => path.slice(0, shared + 1).join('/')
  return { folder: file.slice(0, shared).join('/'), from: upTo(file), to: upTo(target) }
}
