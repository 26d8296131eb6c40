import type { Files } from '../payload/payload.ts'
import { Refusal } from '../refusal.ts'
import { isPacked, MAIN_PACKAGE_LIMIT, mainPackageBytes } from './package-size.ts'
import { pathIn, type Target } from './target.ts'

/**
 * Counts files as they stand. WeChat counts them after it has minified scripts, so this is an upper limit.
 * @param files that the login brings, by path from the target's root
 * @throws Refusal if the main package would be larger than WeChat accepts
 */
export function refuseLargePackage(target: Target, files: Files, accountRoot: string): void {
  const bytesBefore = mainPackageBytes(target, (path) => path in files)
  const added = loginBytes(target, files, accountRoot)
  if (bytesBefore + added <= MAIN_PACKAGE_LIMIT) return
  throw new Refusal(
    `主包会超过 2 MB：现有 ${megabytes(bytesBefore)}，登录 ${megabytes(added)} · the main package would pass 2 MB`,
  )
}

/** Bytes that the login brings into the main package: everything of the mini-program but the subpackage. */
function loginBytes({ miniprogramRoot, functionsRoot }: Target, files: Files, accountRoot: string): number {
  const inMain = Object.entries(files).filter(([path]) => {
    if (!path.startsWith(miniprogramRoot === '' ? '' : `${miniprogramRoot}/`)) return false
    return isPacked(path) && !path.startsWith(`${functionsRoot.path}/`)
  })
  const account = `${pathIn(miniprogramRoot, accountRoot)}/`
  return inMain
    .filter(([path]) => !path.startsWith(account))
    .reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`
}
