import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { projectPath } from './project.ts'

/** Not copied: what git does not know, and what is large and of no use to a command. */
const LEFT_OUT = ['node_modules', 'dist', '.git', '.cloud', '.env', 'coverage']

/** Packages that are part of the project itself, by their folder. */
const WORKSPACES: Readonly<Record<string, string>> = { 'wechat-cloud-emulator': 'emulator' }

/**
 * Copies the project to a temporary folder, as a fresh clone in which commands may write and sources may be broken.
 * Installed packages are linked.
 * @param prefix of the folder's name
 * @returns the folder, to be removed by the caller
 */
export function copyProject(prefix: string): string {
  const root = projectPath('.')
  const copy = realpathSync(mkdtempSync(join(tmpdir(), prefix)))
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.includes(relative(root, path).split(sep)[0] ?? ''),
  })
  linkPackages(copy)
  return copy
}

/**
 * Links the installed packages into a copy of the project. A workspace is linked to the copy's own sources: a link to all
 * of `node_modules` would run this project's.
 */
export function linkPackages(copy: string): void {
  const [from, to] = [projectPath('node_modules'), join(copy, 'node_modules')]
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const workspace = WORKSPACES[entry.name]
    if (workspace !== undefined) symlinkSync(join(copy, workspace), join(to, entry.name), 'junction')
    else if (entry.isFile()) copyFileSync(join(from, entry.name), join(to, entry.name))
    else symlinkSync(join(from, entry.name), join(to, entry.name), 'junction')
  }
}
