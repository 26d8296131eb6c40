import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectPath } from '../project.ts'
import type { ImportGraph } from './import-graph.ts'
import { LAZY_MODULES } from './lazy-modules.ts'
import { isVersionModule, readsItsPackage } from './sdk-version-plugin.ts'

const execute = promisify(execFile)

/** The special cases of the build that the files of an SDK do not bear out, a line each; none if all are as expected. */
export function findSourceFaults(graph: ImportGraph): string[] {
  return [...LAZY_MODULES.flatMap((entry) => missingImports(graph, entry)), ...versionFaults(graph)]
}

function missingImports(graph: ImportGraph, { importer, specifiers }: (typeof LAZY_MODULES)[number]) {
  const files = graph.modules.filter((module) => importer.test(module))
  return specifiers.flatMap((specifier) => {
    const importers = files.filter((file) => graph.resolve(file, specifier) !== undefined)
    if (importers.length === 0) return [`${importer.source.replace(/[\\$]/g, '')}: no import of ${specifier}`]
    return importers.filter((file) => copiesModule(file, specifier)).map((file) => `${file}: ${specifier}`)
  })
}

/** Whether a file lists what a module exports, which a proxy of the module does not tell. */
function copiesModule(file: string, specifier: string): boolean {
  const call = `require\\(['"]${specifier.replace(/[.*+?^$()|[\]{}\\/]/g, '\\$&')}['"]\\)`
  return new RegExp(`(__exportStar|Object\\.\\w+|\\.\\.\\.)\\(?\\s*${call}`).test(
    readFileSync(projectPath(file), 'utf8'),
  )
}

function versionFaults(graph: ImportGraph): string[] {
  const files = graph.modules.filter(isVersionModule)
  if (files.length === 0) return ['node-sdk: no module of its version']
  return files.filter((file) => !readsItsPackage(projectPath(file)))
}

/** What a function does first, and which other files of the SDK that loads. */
const PROBE = `
const { cloud, jsonwebtoken } = require('./sdk.js')
const loaded = Object.keys(require.cache).map((file) => require('node:path').basename(file))
cloud.init({ env: 'probe' })
const shape = [typeof jsonwebtoken.sign, ...Object.keys(cloud).sort(), typeof cloud.database().command]
process.stdout.write(JSON.stringify({ loaded: loaded.filter((name) => /^sdk-/.test(name)), shape }))
`

export interface Probe {
  /** Files besides `sdk.js` that were loaded with it. */
  loaded: string[]
  /** What the SDK exports. */
  shape: string[]
}

/**
 * Loads built files in a process of its own, as an instance would.
 * @throws Error with the first line of what the process says, if the files cannot be loaded
 */
export async function probeSdk(files: ReadonlyMap<string, Buffer>): Promise<Probe> {
  const directory = mkdtempSync(join(tmpdir(), 'sdk-'))
  try {
    for (const [name, content] of files) writeFileSync(join(directory, name), content)
    const { stdout } = await execute(process.execPath, ['-e', PROBE], {
      cwd: directory,
      env: { ...process.env, SILENCE: 'true' },
    })
    return JSON.parse(stdout) as Probe
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    throw new Error(/^\w*Error: .*$/m.exec(stderr)?.[0] ?? message)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
