/**
 * Builds the SDK that functions are deployed with: wx-server-sdk and jsonwebtoken, split over several files, because a cold
 * start spends most of its time on loading code that its call does not need. Only their questions about versions, their own
 * and Node's, are answered beforehand.
 *
 *     index.js ────▶ sdk.js ────── at first use ────▶ sdk-<part>.js
 *     (function)     eager modules                    lazy modules of one part
 *                        ▲                                   │
 *                        └── modules that both need ─────────┘
 *
 * 1. `ImportGraph` reads who imports whom. The imports that lazy-modules.ts names are cut: modules that can still be
 *    reached are eager, the modules behind the cuts are lazy.
 * 2. `sdk.js` has the eager modules, and a proxy for each lazy one (lazy-module.ts). When the proxy is first used, it
 *    loads the file of the module's part.
 * 3. `sdk-<part>.js` has the lazy modules of one part. It takes the eager modules that they need from `sdk.js`, so that
 *    no module exists twice (split-plugin.ts).
 * 4. The result is held against the SDK in one piece (sdk-faults.ts). An SDK that is not as the cuts expect, such as a
 *    version that nobody has checked, stays in one piece, with a warning.
 * 5. The files depend on nothing but the packages and the code of this folder, so they are kept (sdk-cache.ts).
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { projectPath } from '../project.ts'
import { ImportGraph } from './import-graph.ts'
import { nodeVersionPlugin } from './node-version-plugin.ts'
import { cached } from './sdk-cache.ts'
import { findSourceFaults, probeSdk } from './sdk-faults.ts'
import { sdkVersionPlugin } from './sdk-version-plugin.ts'
import { fileOf, moduleTable, splitPlugin } from './split-plugin.ts'

/** Options of all code that is deployed. */
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
const ENTRY = projectPath('scripts/lib/sdk/sdk.cjs')

/** Answers that modules would look for in files and packages beside them. */
const PLUGINS = [sdkVersionPlugin, nodeVersionPlugin]

const options = {
  ...DEPLOYED,
  absWorkingDir: ROOT,
  // Less to read at a cold start, while a stack trace still names functions and tells lines apart.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
} satisfies BuildOptions

/** The files of the SDK by name, and what the build could not do for it. */
export interface BuiltSdk {
  files: ReadonlyMap<string, Buffer>
  /** One line, when the SDK is in one file because it is not as the special cases expect. */
  warning?: string
}

let built: Promise<BuiltSdk> | undefined

/** The same for every function. They are built once a process. */
export function buildSdk(): Promise<BuiltSdk> {
  built ??= cached(() => buildSdkOf(ROOT))
  return built
}

/**
 * Builds the SDK that is installed in a folder. One whose files are not as `lazy-modules.ts` expects is put into one
 * file as it is.
 * @param folder its `node_modules` has wx-server-sdk
 */
export async function buildSdkOf(folder: string): Promise<BuiltSdk> {
  const options = optionsFor(folder)
  const graph = await readGraph(options)
  const split = findSourceFaults(graph)
  const plain = await buildFiles(graph.uncut, options)
  if (split.length === 0) {
    const files = await buildFiles(graph, options)
    split.push(...(await findProbeFaults(files, plain)))
    if (split.length === 0) return { files }
  }
  const failure = await probeSdk(plain).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { files: plain, warning: plainWarning(folder, split, failure) }
}

/** The modules that are loaded at first use, each with the name of its file. */
export async function lazyModules(): Promise<ReadonlyMap<string, string>> {
  const { lazy } = await readGraph(options)
  return new Map([...lazy].map(([module, part]) => [module, fileOf(part)]))
}

/** What is different once the SDK is split: nothing may be, and nothing lazy may be loaded with it. */
async function findProbeFaults(
  files: ReadonlyMap<string, Buffer>,
  plain: ReadonlyMap<string, Buffer>,
): Promise<string[]> {
  try {
    const [split, whole] = await Promise.all([probeSdk(files), probeSdk(plain)])
    const early = split.loaded.map((name) => `${name} is loaded at once`)
    return String(split.shape) === String(whole.shape) ? early : [...early, 'other exports']
  } catch (error) {
    return [(error as Error).message]
  }
}

function plainWarning(folder: string, faults: readonly string[], failure: string | undefined): string {
  const { version } = createRequire(join(folder, 'package.json'))('wx-server-sdk/package.json') as {
    version: string
  }
  const [first = '', ...more] = faults
  const reason = `${first}${more.length === 0 ? '' : ` (+${more.length})`}`
  const end = failure === undefined ? '' : `；加载失败 · does not load: ${failure}`
  return `wx-server-sdk ${version} 与构建的预期不同，整个打包，冷启动较慢 · is not as the build expects and is bundled whole, so cold starts are slower: ${reason}${end}`
}

/** @param folder whose `node_modules` has wx-server-sdk */
function optionsFor(folder: string): BuildOptions {
  if (folder === ROOT) return options
  const sdk = createRequire(join(folder, 'package.json')).resolve('wx-server-sdk')
  return { ...options, alias: { 'wx-server-sdk': sdk } }
}

function readGraph(options: BuildOptions): Promise<ImportGraph> {
  return ImportGraph.of(ENTRY, { ...options, outfile: 'sdk.js', external: ['shared-modules'] })
}

async function buildFiles(graph: ImportGraph, options: BuildOptions): Promise<ReadonlyMap<string, Buffer>> {
  const parts = [...new Set(graph.lazy.values())].sort()
  const sdk = buildFile({ ...options, entryPoints: [ENTRY], plugins: [...PLUGINS, splitPlugin(graph)] })
  const files = parts.map((part) =>
    buildFile({
      ...options,
      stdin: { contents: moduleTable(modulesOf(graph, part), 'exports.load'), resolveDir: ROOT },
      plugins: [...PLUGINS, splitPlugin(graph, part)],
    }),
  )
  const contents = await Promise.all([sdk, ...files])
  const names = ['sdk.js', ...parts.map(fileOf)]
  return new Map(contents.map((content, index) => [names[index] ?? '', content]))
}

async function buildFile(options: BuildOptions): Promise<Buffer> {
  const { outputFiles } = await build(options)
  return Buffer.from(outputFiles?.[0]?.contents ?? [])
}

function modulesOf(graph: ImportGraph, part: string): string[] {
  return [...graph.lazy].flatMap(([module, modulePart]) => (modulePart === part ? [module] : [])).sort()
}
