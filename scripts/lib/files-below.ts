import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The files below a folder, at any depth: paths from the folder, with `/`, in the order of their names.
 * @param skips folders that are not entered, by their names
 */
export function filesBelow(folder: string, skips = /^node_modules$/): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [entry.name]
      if (skips.test(entry.name)) return []
      return filesBelow(join(folder, entry.name), skips).map((path) => `${entry.name}/${path}`)
    })
    .sort()
}
