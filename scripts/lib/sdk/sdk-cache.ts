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

interface Sdk {
  files: ReadonlyMap<string, Buffer>
  warning?: string
}

/** Beside the files, for an SDK that comes with a warning. */
const WARNING = 'warning.txt'

const FOLDER = projectPath('node_modules/.cache/sdk')

/**
 * Returns the files that were made from the same packages by the same code, or makes them and keeps them. Builds that
 * run at the same time do not disturb each other.
 */
export async function cached(make: () => Promise<Sdk>): Promise<Sdk> {
  const folder = join(FOLDER, cacheKey())
  if (existsSync(folder)) return readSdk(folder)
  const sdk = await make()
  keep(folder, sdk)
  return sdk
}

/** The files depend on the installed packages and on the code of this folder. */
function cacheKey(): string {
  const installed = projectPath('node_modules/.package-lock.json')
  const lock = existsSync(installed) ? installed : projectPath('package-lock.json')
  const code = readdirSync(projectPath('scripts/lib/sdk')).sort()
  const hash = createHash('sha256')
  for (const file of [lock, ...code.map((name) => projectPath(`scripts/lib/sdk/${name}`))])
    hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 32)
}

function readSdk(folder: string): Sdk {
  const names = readdirSync(folder).filter((name) => name !== WARNING)
  const files = new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
  const warning = join(folder, WARNING)
  return { files, ...(existsSync(warning) ? { warning: readFileSync(warning, 'utf8') } : {}) }
}

function keep(folder: string, { files, warning }: Sdk): void {
  mkdirSync(FOLDER, { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  for (const [name, content] of files) writeFileSync(join(unfinished, name), content)
  if (warning !== undefined) writeFileSync(join(unfinished, WARNING), warning)
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
