import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packageVersion } from './supplied-sdks.ts'

/** Where the file is kept for all data folders, if it can be. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/sdk', import.meta.url))

/** The supplied `wx-server-sdk` as one file: instances load it in half the time. Each data folder has a copy. */
export class SdkBundle {
  readonly #directory: string
  readonly #sdk: string
  #file: Promise<string> | undefined

  /**
   * @param directory for the file; made if absent
   * @param sdk main file of the SDK
   */
  constructor(directory: string, sdk: string) {
    this.#directory = directory
    this.#sdk = sdk
  }

  /** @returns the file, absolute */
  make(): Promise<string> {
    this.#file ??= this.#build()
    return this.#file
  }

  async #build(): Promise<string> {
    const file = join(this.#directory, nameOf(this.#sdk))
    if (existsSync(file)) return file
    mkdirSync(this.#directory, { recursive: true })
    const unfinished = `${file}.${randomUUID()}`
    try {
      const kept = join(CACHE, nameOf(this.#sdk))
      if (!existsSync(kept)) await bundle(this.#sdk, kept)
      copyFileSync(kept, unfinished)
      renameSync(unfinished, file)
    } catch {
      await bundle(this.#sdk, file)
    }
    return file
  }
}

function nameOf(sdk: string): string {
  return `wx-server-sdk-${packageVersion(sdk, 'wx-server-sdk')}.cjs`
}

async function bundle(sdk: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${randomUUID()}`
  await build({
    entryPoints: [sdk],
    outfile: unfinished,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    logLevel: 'silent',
  })
  renameSync(unfinished, file)
}
