import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildFunctions, type FunctionBundle } from '../../lib/build/build-functions.ts'
import { KeptBundles } from '../../lib/kept-bundles.ts'
import type { Mutation } from './mutation.ts'

const FUNCTIONS = 'cloudfunctions'

/** A copy of the project in which one mutation at a time is applied. */
export class MutableCopy {
  readonly #root: string
  readonly #onChange: (file: string) => void
  readonly #kept = new KeptBundles<FunctionBundle>()
  /** Whether dist/ differs from the sources of the functions. The global setup of the tests builds them first. */
  #isStale = false

  /** @param onChange is called with the absolute path of each file that is changed or restored */
  constructor(root: string, onChange: (file: string) => void) {
    this.#root = root
    this.#onChange = onChange
  }

  /**
   * Applies a mutation, builds what it changed, and runs something; then restores the file.
   * @throws BuildError if the changed functions cannot be built
   */
  async runWith<Result>({ file, edits }: Mutation, run: () => Promise<Result>): Promise<Result> {
    const original = readFileSync(join(this.#root, file), 'utf8')
    const mutated = edits.reduce((text, [from, to]) => text.replace(from, () => to), original)
    this.#write(file, mutated)
    try {
      return await this.runUnchanged(run)
    } finally {
      this.#write(file, original)
    }
  }

  /** Runs something after a build, if one is needed. */
  async runUnchanged<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.#isStale) {
      await buildFunctions({
        source: join(this.#root, FUNCTIONS),
        target: join(this.#root, 'dist', FUNCTIONS),
        kept: this.#kept,
      })
      this.#isStale = false
    }
    return run()
  }

  #write(file: string, text: string): void {
    const path = join(this.#root, file)
    writeFileSync(path, text)
    this.#onChange(path)
    if (file.startsWith(`${FUNCTIONS}/`)) this.#isStale = true
  }
}
