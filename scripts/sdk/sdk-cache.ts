import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { projectPath } from '../project.ts'

type Files = ReadonlyMap<string, Buffer>

const FOLDER = projectPath('node_modules/.cache/sdk')

/**
 * Files that were made from exactly these packages by exactly this code, or those that `make` makes now, kept for the
 * next time. Builds that run at once are not in each other's way.
 */
export async function cached(make: () => Promise<Files>): Promise<Files> {
  const folder = join(FOLDER, keyOfNow())
  if (existsSync(folder)) return readFiles(folder)
  const files = await make()
  keep(folder, files)
  return files
}

/** What the files depend on: the packages as npm noted them when it installed them, and the code of this folder. */
function keyOfNow(): string {
  const installed = projectPath('node_modules/.package-lock.json')
  const lock = existsSync(installed) ? installed : projectPath('package-lock.json')
  const code = readdirSync(projectPath('scripts/sdk')).sort()
  const hash = createHash('sha256')
  for (const file of [lock, ...code.map((name) => projectPath(`scripts/sdk/${name}`))])
    hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 32)
}

function readFiles(folder: string): Files {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
}

function keep(folder: string, files: Files): void {
  mkdirSync(FOLDER, { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  for (const [name, content] of files) writeFileSync(join(unfinished, name), content)
  try {
    renameSync(unfinished, folder)
  } catch {
    // Another build was faster.
    rmSync(unfinished, { recursive: true })
  }
  for (const name of readdirSync(FOLDER)) {
    // Of older packages or code. Unfinished ones of other builds are theirs.
    if (!name.includes('.') && !folder.endsWith(name))
      rmSync(join(FOLDER, name), { recursive: true, force: true })
  }
}
