import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { parseEnv } from 'node:util'
import { type BuildFailure, build, type Plugin } from 'esbuild'

/** Variables of `.env` that are packaged with every function; in the cloud those set in the console go first. */
const PACKAGED_VARIABLES = ['LOGIN_SECRETS', 'INDEX_SECRET', 'PHONE_REQUIRED', 'LOGIN_LIMIT']

export interface BuildOptions {
  /** Folder with one folder a function; those without an index.ts are not functions. */
  source: string
  /** Made to hold exactly the built functions. */
  target: string
  /** A `.env` file whose variables are packaged, if it exists. */
  environmentFile?: string
}

export interface BuiltFunction {
  name: string
  bytes: number
}

/** Something in the project that keeps it from being built; the message says where and what. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
}

/**
 * Compiles each function into one self-contained CommonJS file with its config.json and package.json.
 * @throws BuildError
 */
export async function buildFunctions(options: BuildOptions): Promise<BuiltFunction[]> {
  const names = functionNames(options.source)
  if (names.length === 0) throw new BuildError(`${options.source}: no function with an index.ts here`)
  const configs = new Map(names.map((name) => [name, readConfig(join(options.source, name, 'config.json'))]))
  const bundles = await bundle(options.source, names)
  removeStale(options.target, names)
  const environment = packagedEnvironment(options.environmentFile)
  return names.map((name) => {
    const directory = join(options.target, name)
    const code = bundles.get(name)
    if (!code) throw new BuildError(`${name}: esbuild gave no output`)
    mkdirSync(directory, { recursive: true })
    replaceFile(join(directory, 'index.js'), code)
    replaceFile(join(directory, 'config.json'), toJson(configs.get(name)))
    replaceFile(join(directory, 'package.json'), toJson({ name, version: '1.0.0', main: 'index.js' }))
    writeEnvironment(join(directory, 'env.json'), environment)
    return { name, bytes: code.byteLength }
  })
}

function functionNames(source: string): string[] {
  if (!existsSync(source)) return []
  return readdirSync(source)
    .filter((name) => existsSync(join(source, name, 'index.ts')))
    .sort()
}

/** One run for all, since they share most of what is in them. Returns the code of each by its name. */
async function bundle(source: string, names: readonly string[]): Promise<Map<string, Buffer>> {
  try {
    const result = await build({
      entryPoints: names.map((name) => ({ in: join(source, name, 'index.ts'), out: name })),
      // Nothing is written here; the names of the outputs tell the functions apart.
      outdir: source,
      write: false,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node16',
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [sdkVersion],
    })
    return new Map(
      result.outputFiles.map(({ path, contents }) => [basename(path, '.js'), Buffer.from(contents)]),
    )
  } catch (error) {
    throw new BuildError(describe(error as BuildFailure))
  }
}

function describe(failure: BuildFailure): string {
  if (!failure.errors) return String(failure)
  return failure.errors
    .map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column}: ${text}` : text,
    )
    .join('\n')
}

/** The SDK reads its own version from a file next to it, which a bundle does not have. */
const sdkVersion: Plugin = {
  name: 'sdk-version',
  setup({ onLoad }) {
    onLoad({ filter: /node-sdk[\\/]dist[\\/]utils[\\/]version\.js$/ }, ({ path }) => {
      const { version } = createRequire(path)('../../package.json') as { version: string }
      return { contents: `exports.version = ${JSON.stringify(version)}`, resolveDir: dirname(path) }
    })
  },
}

function readConfig(file: string): unknown {
  if (!existsSync(file)) return { permissions: { openapi: [] } }
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BuildError(`${file}: ${(error as Error).message}`)
  }
}

function removeStale(target: string, names: readonly string[]): void {
  if (!existsSync(target)) return
  for (const name of readdirSync(target)) {
    if (!names.includes(name)) rmSync(join(target, name), { recursive: true })
  }
}

function packagedEnvironment(file: string | undefined): Record<string, string> | undefined {
  if (file === undefined || !existsSync(file)) return undefined
  const variables = parseEnv(readFileSync(file, 'utf8')) as Record<string, string | undefined>
  const packaged = PACKAGED_VARIABLES.flatMap((name) => {
    const value = variables[name]
    return value ? [[name, value] as const] : []
  })
  return packaged.length > 0 ? Object.fromEntries(packaged) : undefined
}

function writeEnvironment(file: string, environment: Record<string, string> | undefined): void {
  if (environment) replaceFile(file, toJson(environment), 0o600)
  else rmSync(file, { force: true })
}

function toJson(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}

/** Leaves a file that is the same alone, and never shows one half written: a running cloud may be reading it. */
function replaceFile(file: string, content: Buffer, mode = 0o644): void {
  if (existsSync(file) && readFileSync(file).equals(content)) return
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, content, { mode })
  renameSync(unfinished, file)
}
