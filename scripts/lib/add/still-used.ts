import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { filesBelow } from '../files-below.ts'
import type { Target } from './target/target.ts'

const SOURCES = /\.(js|mjs|cjs|ts|json|wxml|wxss|wxs)$/
const SKIPPED = /^(node_modules|miniprogram_npm|\.git)$/
/** A path in quotes: of `require`, `import`, `usingComponents`, `@import`, `url` or `src`. */
const QUOTED = /['"]((?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+)+)(?:\?[^'"\n]*)?['"]/g
const ENDINGS = ['', '.js', '.ts', '.json', '.wxml', '.wxss', '.wxs', '/index.js', '/index.ts']

/** Where an app refers to files that it is about to lose. */
export interface Reference {
  /** From the app's root. */
  path: string
  line: number
  to: string
}

/**
 * Finds them by the paths that stand in quotes.
 * @param removals paths from the app's root
 * @param textOf gives the text that a file is about to have, if another than now
 */
export function stillUsed(
  { root, miniprogramRoot }: Pick<Target, 'root' | 'miniprogramRoot'>,
  removals: readonly string[],
  textOf: (path: string) => string | undefined,
): Reference[] {
  const removed = new Set(removals)
  const staying = filesBelow(root, SKIPPED).filter((path) => SOURCES.test(path) && !removed.has(path))
  return staying.flatMap((path) => {
    const text = textOf(path) ?? readFileSync(join(root, path), 'utf8')
    return [...text.matchAll(QUOTED)].flatMap((match) => {
      const [, reference = ''] = match
      const bases = reference.startsWith('/') ? [miniprogramRoot] : [posix.dirname(path), miniprogramRoot]
      const candidates = bases.flatMap((base) =>
        ENDINGS.map((ending) => posix.join(base, reference + ending)),
      )
      const to = candidates.find((candidate) => removed.has(candidate))
      if (to === undefined) return []
      return [{ path, line: text.slice(0, match.index).split('\n').length, to }]
    })
  })
}
