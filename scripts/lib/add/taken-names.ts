import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rootOf } from './edits/app-json.ts'
import type { Manifest } from './manifest.ts'
import type { AddOptions } from './options.ts'
import { Refusal } from './refusal.ts'
import { pathIn, type Target } from './target/target.ts'

/**
 * @param paths of all files that the login brings
 * @throws Refusal if the app has something else under a name of the login
 */
export function refuseTakenNames(
  target: Target,
  options: AddOptions,
  paths: readonly string[],
  manifest: Manifest | undefined,
): void {
  const ours = Object.keys(manifest?.files ?? {})
  const isOurs = (path: string) => ours.some((own) => own === path || own.startsWith(`${path}/`))
  const isTaken = (path: string) => existsSync(join(target.root, path)) && !isOurs(path)

  for (const [flag, folder] of [
    ['--auth-root', options.authRoot],
    ['--account-root', options.accountRoot],
  ] as const) {
    const path = pathIn(target.miniprogramRoot, folder)
    if (isTaken(path))
      refuse(`${path} 已存在，请用 ${flag} 换一个名字 · is there already: choose another with ${flag}`)
  }
  refuseTakenPages(target, options, manifest)
  refuseTakenTab(target, options, isTaken)
  refuseMissingFunctions(target, options.guard)
  const functions = functionFolders(target, paths, options.guard)
  const taken = functions.find(isTaken)
  if (taken !== undefined) {
    refuse(
      `云函数 ${taken} 已存在，登录需要这个名字 · a function of this name is there, and the login needs the name`,
    )
  }
  const file = paths.find((path) => isTaken(path) && !(path in (manifest?.files ?? {})))
  if (file !== undefined) refuse(`${file} 已存在 · is there already`)
}

function refuseTakenPages(target: Target, { accountRoot }: AddOptions, manifest: Manifest | undefined): void {
  if (manifest) return
  const { pages = [], subPackages = [], subpackages = [] } = target.appJson.value
  const packages = [...subPackages, ...subpackages]
  const isTaken =
    packages.some((known) => rootOf(known) === accountRoot || known.name === accountRoot) ||
    pages.some((page) => page.startsWith(`${accountRoot}/`))
  if (!isTaken) return
  refuse(
    `${target.appJson.path} 里已有 ${accountRoot}，请用 --account-root 换一个名字 · has it already: choose another with --account-root`,
  )
}

/** The tab is a page of its own: one of the app's is not written over. */
function refuseTakenTab(
  { miniprogramRoot }: Target,
  { accountTab }: AddOptions,
  isTaken: (path: string) => boolean,
): void {
  if (accountTab === undefined) return
  const endings = ['json', 'wxml', 'js', 'ts', 'wxss']
  if (!endings.some((ending) => isTaken(pathIn(miniprogramRoot, `${accountTab}.${ending}`)))) return
  refuse(
    `--account-tab ${accountTab}：应用已有这个页面，请给一个新页面的路径，或在这个页面里用 openAccountPage() 打开账号页 · the app has this page: give the path of a new one, or open the account from it with openAccountPage()`,
  )
}

/** The guard goes beside functions that are there. */
function refuseMissingFunctions({ root, functionsRoot }: Target, guarded: readonly string[]): void {
  const missing = guarded.find((name) => !existsSync(join(root, functionsRoot.path, name)))
  if (missing === undefined) return
  refuse(`--guard ${missing}：${functionsRoot.path} 里没有这个云函数 · there is no such function`)
}

function functionFolders(
  { functionsRoot }: Target,
  paths: readonly string[],
  guarded: readonly string[],
): string[] {
  const start = `${functionsRoot.path}/`
  const names = paths
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length).split('/')[0])
  return [...new Set(names)].filter((name = '') => !guarded.includes(name)).map((name) => start + name)
}

function refuse(line: string): never {
  throw new Refusal(line)
}
