import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file that holds a function's handler. */
export interface Entry {
  /** Absolute path. */
  file: string
  exportName: string
}

/** In the order in which they are searched: a file that is uploaded as it is comes before one that is compiled. */
const FILES = ['*.js', '*.cjs', '*.mjs', '*/index.js', '*.ts', '*.mts', '*/index.ts', 'src/*.ts', 'src/*.mts']

/**
 * The file of a handler such as `index.main` in a function's folder.
 * @returns undefined if the folder has none
 */
export function findEntry(directory: string, handler: string): Entry | undefined {
  const dot = handler.lastIndexOf('.')
  const [base, exportName] = dot < 0 ? [handler, 'main'] : [handler.slice(0, dot), handler.slice(dot + 1)]
  const names = FILES.map((pattern) => pattern.replace('*', base))
  const file = names.find((name) => hasFile(directory, name))
  return file === undefined ? undefined : { file: join(directory, file), exportName }
}

/** Whether the file exists under exactly that name; some systems ignore case, the cloud does not. */
function hasFile(directory: string, name: string): boolean {
  const [first = ''] = name.split('/')
  return existsSync(join(directory, name)) && readdirSync(directory).includes(first)
}

/** Says why a folder without an entry is no function, and what it has instead. */
export function noEntryReason(directory: string, handler: string): string {
  const base = handler.slice(0, handler.lastIndexOf('.'))
  const files = readdirSync(directory)
  const similar = files.find((file) => file.toLowerCase() === `${base}.js`.toLowerCase())
  const main = mainOf(directory)
  const hint = similar
    ? `，有 ${similar}（云端区分大小写） · names are case-sensitive in the cloud`
    : main
      ? `；package.json 的 main 是 ${main}，云端不读它，请在 cloudbaserc.json 里设 handler · the cloud does not read main of package.json`
      : ` · no ${base}.js in this folder`
  return `${directory} 里没有 ${base}.js${hint}`
}

function mainOf(directory: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { main?: unknown }
    return typeof main === 'string' && existsSync(join(directory, main)) ? main : undefined
  } catch {
    return undefined
  }
}
