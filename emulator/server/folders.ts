import { type BigIntStats, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Tells a folder from another that takes its place: an inode alone is given out again at once. */
export type FolderIdentity = string

export interface Folder {
  path: string
  identity: FolderIdentity
}

/** Folders whose subfolders are nobody's source: they are large, and change as one. */
const SHALLOW = new Set(['node_modules', '.git'])

/**
 * The folder and, if `isDeep`, all folders below it, each before those in it; what is in a folder is read only once
 * the next one is asked for. Folders that are not there, or go while they are read, are left out.
 */
export function* listFolders(
  path: string,
  { isDeep }: { isDeep: boolean },
  above: ReadonlySet<FolderIdentity> = new Set(),
): Generator<Folder> {
  const identity = identityOf(path)
  // A link may lead to a folder that it is in.
  if (identity === undefined || above.has(identity)) return
  yield { path, identity }
  if (!isDeep) return
  const inside = new Set([...above, identity])
  for (const { name, isShallow } of subfolders(path)) {
    yield* listFolders(join(path, name), { isDeep: !isShallow }, inside)
  }
}

function subfolders(path: string): { name: string; isShallow: boolean }[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => ({ name, isShallow: SHALLOW.has(name) }))
  } catch {
    return []
  }
}

function identityOf(path: string): FolderIdentity | undefined {
  const stat = statOf(path)
  return stat?.isDirectory() ? `${stat.dev}:${stat.ino}:${stat.birthtimeNs}` : undefined
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
