import { posix } from 'node:path'

export const PACKAGES_FOLDER = 'miniprogram_npm'

/** The path that a reference in a file means. @param from path of the file */
function resolvePath(from: string, reference: string): string {
  return reference.startsWith('/')
    ? posix.normalize(reference.slice(1))
    : posix.join(posix.dirname(from), reference)
}

/**
 * Paths that a reference may mean, in the order in which WeChat tries them. A reference without a leading `/` or `.` is
 * first a path beside its file, then a package in the `miniprogram_npm` of the file's folder and of each folder above.
 * @param from path of the page, component or script that refers to it
 */
export function candidatesOf(from: string, reference: string): string[] {
  const packages = isBare(reference)
    ? packageFolders(from).map((folder) => posix.join(folder, reference))
    : []
  return [resolvePath(from, reference), ...packages].flatMap((path) => [path, posix.join(path, 'index')])
}

function packageFolders(from: string): string[] {
  const folders: string[] = []
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    folders.push(posix.join(folder, PACKAGES_FOLDER))
    if (folder === '.' || folder === '/') return folders
  }
}

/**
 * Applies `resolveAlias` of app.json, such as `"~/*": "/*"`.
 * @returns the reference with its alias replaced, or the reference itself
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

/** Whether a reference may name a package: it does not begin with `/` or `.`. */
export function isBare(reference: string): boolean {
  return !/^(\.{0,2}\/|\.{1,2}$)/.test(reference)
}

/** The name of the package in a bare reference: `a` of `a/b`, `@a/b` of `@a/b/c`. */
export function packageNameOf(reference: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(reference)?.[0] ?? reference
}
