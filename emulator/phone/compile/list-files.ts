import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** All files below a folder but those of packages and of git, by their path from it, with `/`. */
export function listFiles(directory: string): string[] {
  const files: string[] = []
  const visit = (folder: string, prefix: string): void => {
    for (const entry of readFolder(folder)) {
      const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`]
      const isLink = entry.isSymbolicLink()
      if (entry.isFile() || (isLink && statSync(path, { throwIfNoEntry: false })?.isFile())) files.push(name)
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path, `${name}/`)
    }
  }
  visit(directory, '')
  return files
}

const SKIPPED = new Set(['node_modules', '.git'])

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
