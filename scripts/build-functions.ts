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
import { basename, dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { type BuildFailure, build, type Message } from 'esbuild'
import { needsSdk, sdkBeside } from './sdk/beside.ts'
import { buildSdk, DEPLOYED } from './sdk/build-sdk.ts'
import { sourceWarnings } from './source-warnings.ts'

/** Variables of `.env` that are packaged with every function; in the cloud those set in the console go first. */
const PACKAGED_VARIABLES = ['LOGIN_SECRETS', 'INDEX_SECRET', 'PHONE_REQUIRED', 'LOGIN_LIMIT', 'RATE_LIMITS']

/** For a cloud on this machine: what may be packaged for a deployment says nothing here. */
export const NOTHING_PACKAGED: Readonly<Record<string, string>> = Object.fromEntries(
  PACKAGED_VARIABLES.map((name) => [name, '']),
)

export interface BuildOptions {
  /** Folder with one folder a function; those without an index.ts or index.js are not functions. */
  source: string
  /** Made to hold exactly the built functions. */
  target: string
  /**
   * A `.env` file whose variables are packaged, if it exists; null packages none. Absent for a build that only this
   * machine needs: what is packaged for a deployment then stays as it is.
   */
  environmentFile?: string | null
  /** Told in a line what was built all the same and may not do what was meant; nothing is said without it. */
  onWarning?: (line: string) => void
}

export interface BuiltFunction {
  name: string
  /** Of the function's own code, without the SDK's. */
  bytes: number
}

/** Something in the project that keeps it from being built; the message says where and what. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

/**
 * Compiles each function into a folder that needs no node_modules: its code as one CommonJS file, the SDK beside it if
 * it uses that, config.json and package.json.
 * @throws BuildError
 */
export async function buildFunctions(options: BuildOptions): Promise<BuiltFunction[]> {
  const names = functionNames(options.source)
  if (names.length === 0)
    throw new BuildError(`${options.source}: no function with an index.ts or index.js here`)
  const configs = new Map(names.map((name) => [name, readConfig(join(options.source, name, 'config.json'))]))
  const [{ bundles, warnings }, sdk] = await Promise.all([bundle(options.source, names), buildSdk()])
  for (const warning of warnings) options.onWarning?.(warning)
  removeStale(options.target, names)
  const { environmentFile } = options
  return names.map((name) => {
    const directory = join(options.target, name)
    const code = bundles.get(name)
    if (!code) throw new BuildError(`${name}: esbuild gave no output`)
    const files = new Map([
      ...(needsSdk(code) ? sdk : []),
      ['config.json', toJson(configs.get(name))],
      ['package.json', toJson({ name, version: '1.0.0', main: 'index.js' })],
      // Last, since a new index.js is what tells a running cloud that the function has changed.
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

/** As WeChat's compiler has it, TypeScript goes before JavaScript of the same name. */
function entryOf(source: string, name: string): string | undefined {
  return ['index.ts', 'index.js'].map((file) => join(source, name, file)).find((file) => existsSync(file))
}

interface Bundles {
  /** The code of each function by its name. */
  bundles: Map<string, Buffer>
  warnings: string[]
}

/** One run for all, since they share most of what is in them. */
async function bundle(source: string, names: readonly string[]): Promise<Bundles> {
  try {
    const result = await build({
      entryPoints: names.map((name) => ({ in: entryOf(source, name) ?? '', out: name })),
      ...DEPLOYED,
      metafile: true,
      // Nothing is written here; the names of the outputs tell the functions apart.
      outdir: source,
      plugins: [sdkBeside],
    })
    const bundles = new Map(
      result.outputFiles.map(({ path, contents }) => [basename(path, '.js'), Buffer.from(contents)]),
    )
    return {
      bundles,
      warnings: [
        ...result.warnings.map(place),
        ...sourceWarnings({
          source,
          names,
          metafile: result.metafile,
          code: (name) => String(bundles.get(name)),
        }),
      ],
    }
  } catch (error) {
    throw new BuildError(describe(error as BuildFailure))
  }
}

function describe(failure: BuildFailure): string {
  if (!failure.errors) return String(failure)
  return failure.errors.map(place).join('\n')
}

function place({ text, location }: Message): string {
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

/** Removes from a folder what is there under any other of such names. */
function removeStale(target: string, names: readonly string[], such = /./): void {
  if (!existsSync(target)) return
  for (const name of readdirSync(target)) {
    if (such.test(name) && !names.includes(name)) rmSync(join(target, name), { recursive: true })
  }
}

/**
 * Readable for all in a folder that is closed to others: a function that runs as somebody else than its packager could
 * not read its keys where a zip keeps permissions.
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

/** Leaves a file that is the same alone, and never shows one half written: a running cloud may be reading it. */
function replaceFile(file: string, content: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(content)) return
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, content)
  renameSync(unfinished, file)
}
