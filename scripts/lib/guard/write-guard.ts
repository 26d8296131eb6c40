import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptBundles } from '../kept-bundles.ts'
import { buildGuard, type GuardFiles } from './build-guard.ts'
import { isUneditedGuard } from './guard-head.ts'

/** The guard cannot be copied there. The message is one line. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
}

/**
 * Writes the guard's files into a folder.
 * @param source the folder of the functions whose guard it is: names of collections are built in
 * @param kept has the guard while its sources do not change
 * @returns the paths of the files whose content is new
 */
export async function writeGuard(
  source: string,
  folder: string,
  kept?: KeptBundles<string>,
): Promise<string[]> {
  return writeFiles(await buildGuard(source, kept), folder)
}

/**
 * Copies the guard beside the code of functions. A copy that is there already is replaced by the current one.
 * @param folders of the functions; nothing is written unless all of them can be
 * @returns the paths of the files whose content is new
 * @throws GuardError for a folder that is no function, and for a file that is no guard or was edited
 */
export async function copyGuard(source: string, folders: readonly string[]): Promise<string[]> {
  for (const folder of folders) requirePlace(folder)
  const files = await buildGuard(source)
  return folders.flatMap((folder) => writeFiles(files, folder))
}

function requirePlace(folder: string): void {
  if (!['index.js', 'index.ts'].some((name) => existsSync(join(folder, name))))
    throw new GuardError(
      `${folder}: 没有 index.js，不是云函数的文件夹 · no index.js, so no folder of a function`,
    )
  const file = join(folder, 'auth-guard.js')
  if (existsSync(file) && !isUneditedGuard(readFileSync(file, 'utf8')))
    throw new GuardError(
      `${file}: 不是这里生成的，或者改过；请先移走 · is of other origin, or was edited: move it away first`,
    )
}

function writeFiles(files: GuardFiles, folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return [...files].flatMap(([name, content]) => {
    const file = join(folder, name)
    if (existsSync(file) && readFileSync(file, 'utf8') === content) return []
    writeFileSync(file, content)
    return [file]
  })
}
