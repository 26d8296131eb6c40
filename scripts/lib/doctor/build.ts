import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltFunctionFolder, readBuiltFunctions } from '../build/built-function.ts'
import { projectPath } from '../project.ts'
import { error, type Finding, ok } from './finding.ts'

/**
 * Checks that dist/ is up to date.
 * @param freshDirectory functions that were just built, with `.env`
 */
export function checkBuild(freshDirectory: string): Finding {
  const about = '构建 · build'
  const target = projectPath('dist/cloudfunctions')
  if (!existsSync(target)) return error(about, '还没有构建 · nothing is built', 'npm run build')
  const fresh = readBuiltFunctions(freshDirectory)
  const built = readBuiltFunctions(target)
  const stale = [...new Set([...fresh, ...built].map(({ name }) => name))].filter(
    (name) => !isSame(folderOf(fresh, name), folderOf(built, name)),
  )
  if (stale.length === 0)
    return ok(about, `${fresh.length} 个云函数，与源码一致 · functions, as in the sources`)
  return error(about, `${stale.join('、')} 不是最新的 · not as in the sources and .env`, 'npm run build')
}

function folderOf(folders: readonly BuiltFunctionFolder[], name: string): BuiltFunctionFolder | undefined {
  return folders.find((folder) => folder.name === name)
}

function isSame(one: BuiltFunctionFolder | undefined, other: BuiltFunctionFolder | undefined): boolean {
  if (!one || !other || one.files.length !== other.files.length) return false
  return one.files.every(({ path }) => {
    const twin = join(other.directory, path)
    return existsSync(twin) && readFileSync(join(one.directory, path)).equals(readFileSync(twin))
  })
}
