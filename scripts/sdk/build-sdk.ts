import { createRequire } from 'node:module'
import { dirname, relative } from 'node:path'
import { type BuildOptions, build, type OnResolveResult, type Plugin } from 'esbuild'
import { projectPath } from '../project.ts'
import { findDeferral, ImportGraph } from './import-graph.ts'
import { cached } from './sdk-cache.ts'

/** What all code that is deployed is built with. */
export const DEPLOYED = {
  write: false,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node16',
  legalComments: 'none',
  logLevel: 'silent',
} satisfies BuildOptions

const ROOT = projectPath('.')
const ENTRY = projectPath('scripts/sdk/sdk.cjs')
const STAND_IN = projectPath('scripts/sdk/stand-in.ts')

let built: Promise<ReadonlyMap<string, Buffer>> | undefined

/**
 * wx-server-sdk and jsonwebtoken, unmodified, in files that are put beside a function's own: `sdk.js` with what every
 * cold start needs, and `sdk-<part>.js` with what is loaded at first use (see `deferred.ts`). The same for every
 * function, and made only once. By the name of the file.
 */
export function buildSdk(): Promise<ReadonlyMap<string, Buffer>> {
  built ??= cached(buildFiles)
  return built
}

/** The modules that are loaded at first use, each with the file it is in. */
export async function deferredModules(): Promise<ReadonlyMap<string, string>> {
  const { deferred } = await readGraph()
  return new Map([...deferred].map(([module, part]) => [module, fileOf(part)]))
}

const options = {
  ...DEPLOYED,
  absWorkingDir: ROOT,
  // Less to read at a cold start, while a stack trace still names functions and tells lines apart.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
} satisfies BuildOptions

function readGraph(): Promise<ImportGraph> {
  return ImportGraph.of(ENTRY, { ...options, outfile: 'sdk.js', external: ['shared-modules'] })
}

async function buildFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const graph = await readGraph()
  const parts = [...new Set(graph.deferred.values())].sort()
  const sdk = buildOne({ ...options, entryPoints: [ENTRY], plugins: [sdkVersion, split(graph)] })
  const files = parts.map((part) =>
    buildOne({
      ...options,
      stdin: { contents: table(modulesOf(graph, part), 'exports.load'), resolveDir: ROOT },
      plugins: [sdkVersion, split(graph, part)],
    }),
  )
  const code = await Promise.all([sdk, ...files])
  const names = ['sdk.js', ...parts.map(fileOf)]
  return new Map(code.map((one, index) => [names[index] ?? '', one]))
}

async function buildOne(options: BuildOptions): Promise<Buffer> {
  const { outputFiles } = await build(options)
  return Buffer.from(outputFiles?.[0]?.contents ?? [])
}

const fileOf = (part: string) => `sdk-${part}.js`

function modulesOf(graph: ImportGraph, part: string): string[] {
  return [...graph.deferred].flatMap(([module, itsPart]) => (itsPart === part ? [module] : [])).sort()
}

/** Code that makes `name` a function that gives a module by its name. */
function table(modules: Iterable<string>, name: string): string {
  const entries = [...modules].map(
    (module) => `${JSON.stringify(module)}: () => require(${JSON.stringify(projectPath(module))})`,
  )
  return `const modules = {${entries.join(',\n')}}\n${name} = (module) => modules[module]()`
}

/** @param part the file that is built; none for `sdk.js` */
function split(graph: ImportGraph, part?: string): Plugin {
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
        contents: table(graph.shared, 'module.exports'),
        resolveDir: ROOT,
      }))
      for (const namespace of ['standIn', 'factory', 'part', 'shared'] as const) {
        onLoad({ filter: /./, namespace }, ({ path }) => ({
          contents: CODE[namespace](path, fileOf(graph.deferred.get(path) ?? '')),
          resolveDir: ROOT,
        }))
      }
    },
  }
}

/** What stands in the place of a module that is not in the file that is built. */
const CODE = {
  standIn: (module: string, file: string) => late('standIn', module, file),
  factory: (module: string, file: string) => late('factory', module, file),
  part: (module: string, file: string) =>
    `module.exports = require('./${file}').load(${JSON.stringify(module)})`,
  shared: (module: string) => `module.exports = require('./sdk.js').shared(${JSON.stringify(module)})`,
}

function late(kind: 'standIn' | 'factory', module: string, file: string): string {
  return `const { ${kind} } = require(${JSON.stringify(STAND_IN)})
module.exports = ${kind}(() => require('./${file}').load(${JSON.stringify(module)}))`
}

function redirect(
  graph: ImportGraph,
  part: string | undefined,
  importer: string,
  specifier: string,
): OnResolveResult | undefined {
  const module = graph.resolve(importer, specifier)
  if (module === undefined) return undefined
  const itsPart = graph.deferred.get(module)
  const deferral = itsPart === undefined ? undefined : findDeferral(importer, specifier)
  if (deferral) return { path: module, namespace: deferral.factory ? 'factory' : 'standIn' }
  if (part === undefined) return undefined
  if (itsPart !== undefined && itsPart !== part) return { path: module, namespace: 'part' }
  return graph.early.has(module) ? { path: module, namespace: 'shared' } : undefined
}

/** The SDK reads its own version from a file next to it, which a bundle does not have. */
const sdkVersion: Plugin = {
  name: 'sdk-version',
  setup({ onLoad }) {
    onLoad({ namespace: 'file', filter: /node-sdk[\\/]dist[\\/]utils[\\/]version\.js$/ }, ({ path }) => {
      const { version } = createRequire(path)('../../package.json') as { version: string }
      return { contents: `exports.version = ${JSON.stringify(version)}`, resolveDir: dirname(path) }
    })
  },
}
