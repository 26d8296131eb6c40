import { posix } from 'node:path'

const PACKAGES = 'miniprogram_npm'

/** The path a reference in the file of another path means. */
export function resolvePath(from: string, reference: string): string {
  return reference.startsWith('/')
    ? posix.normalize(reference.slice(1))
    : posix.join(posix.dirname(from), reference)
}

/**
 * Paths that a reference may mean, the first that is there being the one. A reference without `/` or `.` in front is
 * looked for beside its file and then as a package, in the `miniprogram_npm` of its folder and of each above.
 * @param from path of the page, component or script that refers to it
 */
export function candidatesOf(from: string, reference: string): string[] {
  const own = resolvePath(from, reference)
  const isPackage = !/^(\.{0,2}\/|\.{1,2}$)/.test(reference)
  const packages = isPackage ? packageFolders(from).map((folder) => posix.join(folder, reference)) : []
  return [own, ...packages].flatMap((path) => [path, posix.join(path, 'index')])
}

function packageFolders(from: string): string[] {
  const folders: string[] = []
  for (let at = posix.dirname(from); ; at = posix.dirname(at)) {
    folders.push(posix.join(at, PACKAGES))
    if (at === '.' || at === '/') return folders
  }
}

/**
 * `resolveAlias` of app.json: `"~/*": "/*"` and the like.
 * @returns the reference with its alias replaced, or as it was
 */
export function replaceAlias(reference: string, aliases: Readonly<Record<string, string>>): string {
  for (const [alias, target] of Object.entries(aliases)) {
    const prefix = alias.replace(/\*$/, '')
    if (alias === reference) return target
    if (!alias.endsWith('*') || !reference.startsWith(prefix)) continue
    return `/${target.replace(/\*$/, '').replace(/^\//, '')}${reference.slice(prefix.length)}`
  }
  return reference
}
