import { statSync } from 'node:fs'
import { resolve } from 'node:path'

/** How far the clock of a file system may be behind the program's. */
const CLOCK_MILLISECONDS = 1000

interface Kept<Bundle> {
  bundle: Bundle
  /** The sources by their paths. */
  stamps: ReadonlyMap<string, string>
}

/** Bundles of the earlier builds of this process, by name. Each counts until one of its sources changes. */
export class KeptBundles<Bundle> {
  readonly #kept = new Map<string, Kept<Bundle>>()

  /** @returns undefined when there is none of the sources as they are now */
  find(name: string): Bundle | undefined {
    const kept = this.#kept.get(name)
    if (!kept || [...kept.stamps].some(([file, stamp]) => stampOf(file)?.text !== stamp)) return undefined
    return kept.bundle
  }

  /**
   * Keeps a bundle, unless one of its sources may have been saved since the build began.
   * @param inputs all modules that were read for it, as esbuild names them
   * @param startedAt when the build began, milliseconds since 1970
   */
  keep(
    name: string,
    bundle: Bundle,
    { inputs, startedAt }: { inputs: readonly string[]; startedAt: number },
  ): void {
    this.#kept.delete(name)
    const stamps = new Map<string, string>()
    for (const file of inputs.filter(isFile)) {
      const stamp = stampOf(file)
      if (!stamp || stamp.changedAt > startedAt - CLOCK_MILLISECONDS) return
      stamps.set(resolve(file), stamp.text)
    }
    this.#kept.set(name, { bundle, stamps })
  }
}

/** A plugin's modules have its namespace before their names. */
const isFile = (input: string) => !/^[\w-]{2,}:/.test(input)

function stampOf(file: string): { text: string; changedAt: number } | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return undefined
  const { mtimeMs, ctimeMs, size } = stat
  return { text: `${mtimeMs} ${ctimeMs} ${size}`, changedAt: Math.max(mtimeMs, ctimeMs) }
}
