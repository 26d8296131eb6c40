import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildFailure, build } from 'esbuild'
import { LOCATION_NAMES, locationPlugin, PACKAGE_ADDRESS, packagesPlugin } from './config-plugins.ts'
import { findConfigFaults } from './config-schema.ts'
import type { ConfigContext, ConfigExport, EmulatorConfig } from './emulator-config.ts'

export const CONFIG_FILES = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `emulator.config.${ending}`)

export interface LoadedConfig {
  config: EmulatorConfig
  /** Absolute paths of the files that it comes from: those of the project, not of packages. */
  files: readonly string[]
}

/** The settings cannot be read, or a field is wrong. A line for each fault: file, place and reason. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  /** As {@link LoadedConfig.files}: a change of one of them is worth another attempt. */
  readonly files: readonly string[]

  constructor(lines: readonly string[], files: readonly string[]) {
    super(lines.join('\n'))
    this.files = files
  }
}

/** Reads emulator.config of a project; empty settings if it has none. @throws ConfigError */
export async function loadConfig(context: ConfigContext): Promise<LoadedConfig> {
  const root = context.projectDirectory
  const [name, other] = CONFIG_FILES.filter((file) => existsSync(join(root, file)))
  if (name === undefined) return { config: {}, files: [] }
  const file = join(root, name)
  if (other !== undefined) {
    const both = `${other}: 已有 ${name}，只能有一个 · there is ${name} already, only one can be`
    throw new ConfigError([both], [file, join(root, other)])
  }
  const { value, files } = name.endsWith('.json') ? readJson(file, name) : await runModule(file, root)
  try {
    const config: unknown = typeof value === 'function' ? await value(context) : value
    const faults = findConfigFaults(config)
    if (faults.length > 0)
      throw new ConfigError(
        faults.map((fault) => `${name}: ${fault}`),
        files,
      )
    return { config: config as EmulatorConfig, files }
  } catch (error) {
    throw error instanceof ConfigError ? error : new ConfigError([`${name}: ${reasonOf(error)}`], files)
  }
}

interface Exported {
  /** Not checked yet. */
  value: ConfigExport
  files: readonly string[]
}

function readJson(file: string, name: string): Exported {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')), files: [file] }
  } catch (error) {
    throw new ConfigError([`${name}: ${reasonOf(error)}`], [file])
  }
}

/** Bundles the module with the project's files that it imports, and runs it from outside the project. */
async function runModule(file: string, root: string): Promise<Exported> {
  const { code, files } = await bundle(file, root)
  const folder = mkdtempSync(join(tmpdir(), 'emulator-config-'))
  try {
    const program = join(folder, 'emulator.config.mjs')
    writeFileSync(program, code)
    if (code.includes(PACKAGE_ADDRESS)) await readTypeScript()
    const { default: value } = (await import(pathToFileURL(program).href)) as { default: ConfigExport }
    return { value, files }
  } catch (error) {
    throw new ConfigError([`${relative(root, file)}: ${reasonOf(error)}`], files)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The program may run compiled, and the package's files that the settings import are TypeScript. */
async function readTypeScript(): Promise<void> {
  const { register } = await import('tsx/esm/api')
  register()
}

async function bundle(file: string, root: string): Promise<{ code: string; files: string[] }> {
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      absWorkingDir: root,
      outfile: `emulator.config${extname(file)}.mjs`,
      define: LOCATION_NAMES,
      banner: {
        js: `import{createRequire as __createRequire}from'node:module';const require=__createRequire(${JSON.stringify(file)});`,
      },
      plugins: [packagesPlugin, locationPlugin],
      logLevel: 'silent',
    })
    const files = Object.keys(metafile.inputs).map((path) => resolve(root, path))
    return { code: outputFiles[0]?.text ?? '', files }
  } catch (error) {
    const { errors } = error as BuildFailure
    if (!errors) throw error
    const lines = errors.map(({ text, location }) => {
      if (!location) return text
      return `${location.file.replaceAll(sep, '/')}:${location.line} ${text}`
    })
    const places = errors.flatMap(({ location }) => (location ? [resolve(root, location.file)] : []))
    throw new ConfigError(lines, [file, ...places])
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
