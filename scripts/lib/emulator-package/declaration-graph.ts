import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A relative path in quotes, as the compiler writes it in declarations. */
const RELATIVE_IMPORT = /(?<=\b(?:from |import\(|import )["'])(\.{1,2}\/[^"']+)\.tsx?(?=["'])/g

/** Declarations by absolute path. */
export type Declarations = ReadonlyMap<string, string>

/**
 * The declarations that the given ones need, these included. Each names the others as `.js`, which every TypeScript
 * follows to the declarations, and never to a source.
 * @throws Error for a declaration that is not there
 */
export function declarationsFrom(entries: readonly string[]): Declarations {
  const found = new Map<string, string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    const text = readFileSync(path, 'utf8')
    found.set(path, text.replaceAll(RELATIVE_IMPORT, '$1.js'))
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      const imported = join(dirname(path), `${specifier}.d.ts`)
      if (!existsSync(imported)) throw new Error(`${path} needs a declaration that is not there: ${imported}`)
      open.push(imported)
    }
  }
  return found
}
