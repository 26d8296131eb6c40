import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
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
  for (const folder of [WORKPLACE, dirname(TYPES)]) mkdirSync(folder, { recursive: true })
  const unfinished = mkdtempSync(join(WORKPLACE, 'emulator-types-'))
  try {
    const sources = exportedSources()
    const emitted = join(unfinished, 'emitted')
    emit(sources, unfinished, emitted)
    const entries = sources.map((source) => join(emitted, source.replace(/\.ts$/, '.d.ts')))
    const declarations = declarationsFrom(entries)
    const finished = join(unfinished, 'types')
    for (const [path, text] of declarations) {
      const target = join(finished, relative(emitted, path))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
    }
    rmSync(TYPES, { recursive: true, force: true })
    renameSync(finished, TYPES)
    const bytes = [...declarations.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    return { files: declarations.size, bytes }
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
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
