import { relative } from 'node:path'
import type { OnResolveResult, Plugin } from 'esbuild'
import { projectPath } from '../project.ts'
import { findLazyModule, type ImportGraph } from './import-graph.ts'

const ROOT = projectPath('.')
const LAZY_MODULE = projectPath('scripts/lib/sdk/lazy-module.ts')

/** `sdk-<part>.js` */
export const fileOf = (part: string) => `sdk-${part}.js`

/** Code that makes `name` a function from a module's name to the module. */
export function moduleTable(modules: Iterable<string>, name: string): string {
  const entries = [...modules].map(
    (module) => `${JSON.stringify(module)}: () => require(${JSON.stringify(projectPath(module))})`,
  )
  return `const modules = {${entries.join(',\n')}}\n${name} = (module) => modules[module]()`
}

/**
 * Replaces each import of a module that is in another file of the SDK.
 * @param part the file that is built; undefined for `sdk.js`
 */
export function splitPlugin(graph: ImportGraph, part?: string): Plugin {
  return {
    name: 'split',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/sdk(-\w+)?\.js$/ }, ({ path, namespace }) =>
        namespace === 'file' ? undefined : { path, external: true },
      )
      onResolve({ filter: /^shared-modules$/ }, () => ({ path: 'shared', namespace: 'shared-modules' }))
      onResolve({ filter: /./, namespace: 'file' }, ({ path, importer }) =>
        redirect(graph, part, relative(ROOT, importer).replaceAll('\\', '/'), path),
      )
      onLoad({ filter: /./, namespace: 'shared-modules' }, () => ({
        contents: moduleTable(graph.shared, 'module.exports'),
        resolveDir: ROOT,
      }))
      for (const namespace of ['lazyModule', 'lazyFactory', 'part', 'shared'] as const) {
        onLoad({ filter: /./, namespace }, ({ path }) => ({
          contents: CODE[namespace](path, fileOf(graph.lazy.get(path) ?? '')),
          resolveDir: ROOT,
        }))
      }
    },
  }
}

/** The code of a module that is in another file, by how it is reached. */
const CODE = {
  lazyModule: (module: string, file: string) => lazyCode('lazyModule', module, file),
  lazyFactory: (module: string, file: string) => lazyCode('lazyFactory', module, file),
  part: (module: string, file: string) =>
    `module.exports = require('./${file}').load(${JSON.stringify(module)})`,
  shared: (module: string) => `module.exports = require('./sdk.js').shared(${JSON.stringify(module)})`,
}

function lazyCode(kind: 'lazyModule' | 'lazyFactory', module: string, file: string): string {
  return `const { ${kind} } = require(${JSON.stringify(LAZY_MODULE)})
module.exports = ${kind}(() => require('./${file}').load(${JSON.stringify(module)}))`
}

/** Where an import leads instead; undefined for a module of the same file. */
function redirect(
  graph: ImportGraph,
  part: string | undefined,
  importer: string,
  specifier: string,
): OnResolveResult | undefined {
  const module = graph.resolve(importer, specifier)
  if (module === undefined) return undefined
  const modulePart = graph.lazy.get(module)
  const lazy = modulePart === undefined ? undefined : findLazyModule(importer, specifier)
  if (lazy) return { path: module, namespace: lazy.factory ? 'lazyFactory' : 'lazyModule' }
  if (part === undefined) return undefined
  if (modulePart !== undefined && modulePart !== part) return { path: module, namespace: 'part' }
  return graph.eager.has(module) ? { path: module, namespace: 'shared' } : undefined
}
