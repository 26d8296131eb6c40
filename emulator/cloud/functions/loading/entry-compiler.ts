import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type BuildFailure, build } from 'esbuild'
import type { FunctionDefinition } from '../function-catalog.ts'
import { CompileFailure } from './compile-failure.ts'

/**
 * Compiles functions in TypeScript that have no `index.js`, each with the files that it imports; packages stay outside.
 * WeChat uploads JavaScript alone, so such a project has a build of its own that this replaces.
 */
export class EntryCompiler {
  readonly #directory: string
  readonly #compiled = new Map<string, { version: string; file: string }>()

  /** @param directory for the compiled files; made if absent */
  constructor(directory: string) {
    this.#directory = directory
  }

  /**
   * @returns the compiled file; undefined for a function that Node reads as it is
   * @throws CompileFailure with the first mistake
   */
  async compile({ name, entry, directory, version }: FunctionDefinition): Promise<string | undefined> {
    if (!/\.m?ts$/.test(entry)) return undefined
    const known = this.#compiled.get(name)
    if (known?.version === version) return known.file
    const file = join(this.#directory, `${encodeURIComponent(name)}.cjs`)
    const code = await compileText(entry, dirname(directory))
    mkdirSync(this.#directory, { recursive: true })
    writeFileSync(file, code)
    this.#compiled.set(name, { version, file })
    return file
  }
}

async function compileText(entry: string, root: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entry],
      // Nothing is written here; it names the folder that the source map counts from.
      outfile: `${entry}.cjs`,
      write: false,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'cjs',
      target: 'node16',
      sourcemap: 'inline',
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? []
    if (!first) throw error
    const at = first.location
    if (!at) throw new Error(first.text)
    const file = resolve(at.file)
    const message = `${first.text} (${relative(root, file)}:${at.line})`
    throw new CompileFailure(message, first.text, { file, line: at.line, column: at.column + 1 })
  }
}
