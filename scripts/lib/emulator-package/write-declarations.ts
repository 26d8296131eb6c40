import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesBelow } from '../files-below.ts'
import { projectPath } from '../project.ts'
import { declarationsFrom } from './declaration-graph.ts'

const PACKAGE = projectPath('emulator')
/** Where `exports` of the package name the declarations. */
const TYPES = projectPath('emulator/dist/types')
/** Outside of the package, so that nothing unfinished is packed. */
const WORKPLACE = projectPath('dist')
/** The condition by which this repository's own TypeScript takes the sources. */
const SOURCE = 'wechat-cloud-emulator-source'

/**
 * Writes the declarations of all that the emulator's package exports: without them, TypeScript would check our sources by
 * the rules of the project that has installed it.
 * @returns how many files and bytes there are
 * @throws Error with the compiler's words
 */
export function writeDeclarations(): { files: number; bytes: number } {
  for (const folder of [WORKPLACE, TYPES]) mkdirSync(folder, { recursive: true })
  const unfinished = mkdtempSync(join(WORKPLACE, 'emulator-types-'))
  try {
    const sources = exportedSources()
    const emitted = join(unfinished, 'emitted')
    emit(sources, unfinished, emitted)
    const entries = sources.map((source) => join(emitted, source.replace(/\.ts$/, '.d.ts')))
    const declarations = declarationsFrom(entries)
    const files = new Map([...declarations].map(([path, text]) => [relative(emitted, path), text]))
    replaceFiles(TYPES, files, unfinished)
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    return { files: files.size, bytes }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Makes a folder hold these files alone. Another process may pack the same files meanwhile, so each is whole at any time. */
function replaceFiles(folder: string, files: ReadonlyMap<string, string>, workplace: string): void {
  for (const [name, text] of files) {
    const target = join(folder, name)
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue
    const written = join(workplace, 'written')
    writeFileSync(written, text)
    mkdirSync(dirname(target), { recursive: true })
    renameSync(written, target)
  }
  for (const name of filesBelow(folder)) if (!files.has(join(name))) rmSync(join(folder, name))
}

/** The sources of what the package exports, from its folder. */
function exportedSources(): string[] {
  const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
    exports: Record<string, Record<string, string>>
  }
  return Object.values(exports).flatMap((conditions) => conditions[SOURCE] ?? [])
}

function emit(sources: readonly string[], folder: string, outDir: string): void {
  const configuration = {
    extends: join(PACKAGE, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: PACKAGE,
      outDir,
    },
    files: sources.map((source) => join(PACKAGE, source)),
    include: [],
  }
  const file = join(folder, 'tsconfig.json')
  writeFileSync(file, JSON.stringify(configuration))
  const compiler = projectPath('node_modules/typescript/bin/tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', file], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim())
}
