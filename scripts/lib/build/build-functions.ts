import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parseEnv } from 'node:util'
import {
  type BuildFailure,
  build,
  type BuildOptions as EsbuildOptions,
  type Message,
  type Metafile,
  type Plugin,
} from 'esbuild'
import { findAppConfigFaults } from '../app-config/app-config-faults.ts'
import { FUNCTION_VARIABLES } from '../function-variables.ts'
import type { KeptBundles } from '../kept-bundles.ts'
import { buildSdk, buildSdkOf, DEPLOYED } from '../sdk/build-sdk.ts'
import { needsSdk, sdkExternalPlugin } from '../sdk/sdk-external-plugin.ts'
import { SOURCE_MAP_OPTIONS, withSourceMap } from './source-map.ts'
import { sourceWarnings } from './source-warnings.ts'

/** Variables of `.env` that are packaged with every function; in the cloud those set in the console go first. */
const PACKAGED_VARIABLES = FUNCTION_VARIABLES.map(({ name }) => name)

/** For a cloud on this machine: overrides the variables that are packaged for a deployment. */
export const NOTHING_PACKAGED: Readonly<Record<string, string>> = Object.fromEntries(
  PACKAGED_VARIABLES.map((name) => [name, '']),
)

export interface BuildOptions {
  /** Folder with one folder a function. A folder without index.ts or index.js is not a function. */
  source: string
  /** Holds exactly the built functions afterwards. */
  target: string
  /**
   * A `.env` file whose variables are packaged, if it exists; null packages none. Absent for a build that only this
   * machine needs: variables that are packaged already then stay.
   */
  environmentFile?: string | null
  /**
   * Folder for the source maps of the functions, `<name>.js.map`; nothing else may be in it. None by default. What is
   * deployed has no more of them than a comment.
   */
  sourceMaps?: string
  /** Names of the functions to build; all by default. */
  only?: readonly string[]
  /** Folder whose `node_modules` has the wx-server-sdk to build with; that of the project by default. */
  sdkFolder?: string
  /** Further plugins of the bundler. */
  plugins?: readonly Plugin[]
  /** Functions whose sources have not changed since the last build with these options are taken from here. */
  kept?: KeptBundles<FunctionBundle>
  /** Receives a line for each function that was built but may not do what its author means. */
  onWarning?: (line: string) => void
}

export interface BuiltFunction {
  name: string
  /** Of the function's own code, without the SDK's. */
  bytes: number
}

/** The project cannot be built. The message says where and why. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

/**
 * Compiles each function into a folder that needs no node_modules: its code as one CommonJS file, the SDK if it
 * uses that, config.json and package.json.
 * @throws BuildError
 */
export async function buildFunctions(options: BuildOptions): Promise<BuiltFunction[]> {
  const { only } = options
  const names = functionNames(options.source).filter((name) => only?.includes(name) ?? true)
  if (names.length === 0)
    throw new BuildError(`${options.source}: no function with an index.ts or index.js here`)
  const configs = new Map(names.map((name) => [name, readConfig(join(options.source, name, 'config.json'))]))
  const [{ bundles, warnings }, sdk] = await Promise.all([
    bundle(options, names),
    options.sdkFolder === undefined ? buildSdk() : buildSdkOf(options.sdkFolder),
  ])
  const configFaults = await findAppConfigFaults(options.source)
  if (configFaults.length > 0) throw new BuildError(configFaults.join('\n'))
  for (const warning of warnings) options.onWarning?.(warning)
  if (sdk.warning !== undefined) options.onWarning?.(sdk.warning)
  removeStale(options.target, names)
  writeMaps(options, bundles)
  const { environmentFile } = options
  return names.map((name) => {
    const directory = join(options.target, name)
    const code = bundles.get(name)?.code
    if (!code) throw new BuildError(`${name}: esbuild gave no output`)
    const files = new Map([
      ...(needsSdk(code) ? sdk.files : []),
      ['config.json', toJson(configs.get(name))],
      ['package.json', toJson({ name, version: '1.0.0', main: 'index.js' })],
      // Last, because a running cloud watches index.js for changes of the function.
      ['index.js', code],
    ])
    mkdirSync(directory, { recursive: true })
    removeStale(directory, [...files.keys()], /^sdk(-\w+)?\.js$/)
    if (environmentFile !== undefined) writeEnvironment(join(directory, 'env.json'), environmentFile)
    for (const [file, content] of files) replaceFile(join(directory, file), content)
    return { name, bytes: code.byteLength }
  })
}

function functionNames(source: string): string[] {
  if (!existsSync(source)) return []
  return readdirSync(source)
    .filter((name) => entryOf(source, name) !== undefined)
    .sort()
}

/** As in WeChat's compiler, TypeScript goes before JavaScript of the same name. */
function entryOf(source: string, name: string): string | undefined {
  return ['index.ts', 'index.js'].map((file) => join(source, name, file)).find((file) => existsSync(file))
}

/** A function's code as it is deployed. */
export interface FunctionBundle {
  code: Buffer
  /** Its source map, if one is wanted. */
  map?: Buffer
  /** Its sources, from the working directory. */
  inputs: readonly string[]
}

interface Bundles {
  /** By the name of the function. */
  bundles: ReadonlyMap<string, FunctionBundle>
  warnings: string[]
}

/** Builds all functions whose sources have changed in one run, because they share most of their code. */
async function bundle(options: BuildOptions, names: readonly string[]): Promise<Bundles> {
  const { source, kept } = options
  const known = new Map(
    names.flatMap((name) => {
      const found = kept?.find(name)
      return found ? [[name, found] as const] : []
    }),
  )
  const { bundles, warnings } = await bundleAll(
    options,
    names.filter((name) => !known.has(name)),
  )
  const all = new Map([...known, ...bundles])
  const inputs = new Set([...all.values()].flatMap((one) => one.inputs))
  const code = (name: string) => String(all.get(name)?.code)
  return { bundles: all, warnings: [...warnings, ...sourceWarnings({ source, names, inputs, code })] }
}

async function bundleAll(
  { source, target, sourceMaps, plugins = [], kept }: BuildOptions,
  names: readonly string[],
): Promise<Bundles> {
  const bundles = new Map<string, FunctionBundle>()
  if (names.length === 0) return { bundles, warnings: [] }
  const startedAt = Date.now()
  // Nothing is written here; the names of the outputs tell the functions apart.
  const outdir = sourceMaps ?? source
  const result = await buildOrExplain({
    entryPoints: names.map((name) => ({ in: entryOf(source, name) ?? '', out: name })),
    outdir,
    ...(sourceMaps === undefined ? {} : SOURCE_MAP_OPTIONS),
    plugins: [sdkExternalPlugin, ...plugins],
  })
  const outputs = new Map(result.outputFiles.map(({ path, contents }) => [basename(path), contents]))
  const entries = new Map(
    Object.entries(result.metafile.outputs).map(([path, { entryPoint }]) => [basename(path), entryPoint]),
  )
  for (const name of names) {
    const code = Buffer.from(outputs.get(`${name}.js`) ?? '')
    const map = outputs.get(`${name}.js.map`)
    const inputs = modulesBelow(result.metafile, entries.get(`${name}.js`) ?? '')
    if (sourceMaps === undefined || !map) bundles.set(name, { code, inputs })
    else {
      const mapFile = join(relative(join(target, name), sourceMaps), `${name}.js.map`)
      bundles.set(name, { ...withSourceMap({ code, map, mapFile }), inputs })
    }
  }
  const warnings = result.warnings.map(formatMessage)
  // A warning is about a file, and said again by the next build of all functions.
  if (warnings.length === 0)
    for (const [name, one] of bundles) kept?.keep(name, one, { inputs: one.inputs, startedAt })
  return { bundles, warnings }
}

/** All modules that a module imports, directly or not: one that adds nothing to the bundle now may do so when it changes. */
function modulesBelow({ inputs }: Metafile, entry: string): string[] {
  const found = new Set([entry])
  // A set goes on with what is added to it meanwhile.
  for (const module of found)
    for (const { path } of inputs[module]?.imports ?? []) if (inputs[path]) found.add(path)
  return [...found]
}

async function buildOrExplain(options: EsbuildOptions) {
  try {
    return await build({ ...options, ...DEPLOYED, metafile: true })
  } catch (error) {
    throw new BuildError(formatFailure(error as BuildFailure))
  }
}

function formatFailure(failure: BuildFailure): string {
  if (!failure.errors) return String(failure)
  return failure.errors.map(formatMessage).join('\n')
}

function formatMessage({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column}: ${text}` : text
}

function readConfig(file: string): unknown {
  if (!existsSync(file)) return { permissions: { openapi: [] } }
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BuildError(`${file}: ${(error as Error).message}`)
  }
}

function writeMaps({ sourceMaps }: BuildOptions, bundles: ReadonlyMap<string, FunctionBundle>): void {
  if (sourceMaps === undefined) return
  const files = [...bundles].flatMap(([name, { map }]) => (map ? [[`${name}.js.map`, map] as const] : []))
  removeStale(
    sourceMaps,
    files.map(([file]) => file),
  )
  mkdirSync(sourceMaps, { recursive: true })
  for (const [file, content] of files) replaceFile(join(sourceMaps, file), content)
}

/** Removes the entries of a folder that match a pattern and are not among `names`. */
function removeStale(target: string, names: readonly string[], pattern = /./): void {
  if (!existsSync(target)) return
  for (const name of readdirSync(target)) {
    if (pattern.test(name) && !names.includes(name)) rmSync(join(target, name), { recursive: true })
  }
}

/**
 * Writes a file that all may read into a folder that others may not enter. A zip keeps permissions, and a function that
 * runs as another user must be able to read its keys.
 */
function writeEnvironment(file: string, environmentFile: string | null): void {
  const environment = packagedEnvironment(environmentFile)
  if (!environment) {
    rmSync(file, { force: true })
    return
  }
  chmodSync(dirname(dirname(file)), 0o700)
  replaceFile(file, toJson(environment))
}

function packagedEnvironment(file: string | null): Record<string, string> | undefined {
  if (file === null || !existsSync(file)) return undefined
  const variables = parseEnv(readFileSync(file, 'utf8')) as Record<string, string | undefined>
  const packaged = PACKAGED_VARIABLES.flatMap((name) => {
    const value = variables[name]
    return value ? [[name, value] as const] : []
  })
  return packaged.length > 0 ? Object.fromEntries(packaged) : undefined
}

function toJson(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

/** Replaces a file at once, because a running cloud may be reading it. A file with the same content stays. */
function replaceFile(file: string, content: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(content)) return
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, content)
  renameSync(unfinished, file)
}
