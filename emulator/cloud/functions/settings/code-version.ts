import { createHash, type Hash } from 'node:crypto'
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A folder with more files than this is compared by the first ones alone. */
const MAXIMUM_FILES = 2000

/**
 * A text that changes whenever a file of the folder does. Packages count by when they were installed.
 * @param settings whatever else an instance is started with
 */
export function codeVersion(directory: string, settings: unknown): string {
  const hash = createHash('sha1').update(JSON.stringify(settings))
  addFolder(hash, directory, { left: MAXIMUM_FILES })
  return hash.digest('base64url')
}

function addFolder(hash: Hash, directory: string, budget: { left: number }): void {
  for (const entry of entriesOf(directory)) {
    const path = join(directory, entry.name)
    if (entry.name === 'node_modules') {
      addFile(hash, path)
      addFile(hash, join(path, '.package-lock.json'))
    } else if (entry.isDirectory()) {
      if (!entry.name.startsWith('.')) addFolder(hash, path, budget)
    } else {
      budget.left -= 1
      if (budget.left < 0) return
      addFile(hash, path)
    }
  }
}

function addFile(hash: Hash, file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat) hash.update(`${file}:${stat.mtimeMs}:${stat.size};`)
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    // The folder was removed meanwhile.
    return []
  }
}
