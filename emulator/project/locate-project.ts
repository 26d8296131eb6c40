import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { NoProject } from './read-project.ts'

const CONFIG = 'project.config.json'
/** How many levels below a folder are searched. */
const DEPTH = 3

/**
 * Checks that a folder has a project.config.json, and returns its absolute path.
 * @throws NoProject in one line, with the nearest folders that have one: above, or up to three levels below, where a zip
 *   or a repository with several packages has it
 */
export function locateProject(folder: string): string {
  const root = resolve(folder)
  if (existsSync(join(root, CONFIG))) return root
  const found = [...foldersBelow(root), ...foldersAbove(root)].filter((path) =>
    existsSync(join(path, CONFIG)),
  )
  const tries = found.map((path) => `--project ${quoted(relative(process.cwd(), path))}`)
  const missing = `${root} 里没有 ${CONFIG} · has no ${CONFIG}`
  if (tries.length > 0) throw new NoProject(`${missing}；试试 try: ${tries.slice(0, 5).join('  ')}`)
  throw new NoProject(`${missing}：请用 --project 指定项目文件夹 · name the project's folder with --project`)
}

/** The nearest first. */
function foldersBelow(root: string): string[] {
  const levels = [[root]]
  for (let depth = 1; depth <= DEPTH; depth++) levels.push((levels[depth - 1] ?? []).flatMap(foldersIn))
  return levels.slice(1).flat()
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort()
  } catch {
    // One that is not there, or that may not be read.
    return []
  }
}

function foldersAbove(root: string): string[] {
  const above = dirname(root)
  return above === root ? [] : [above, ...foldersAbove(above)]
}

function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path
}
