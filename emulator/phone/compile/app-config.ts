import { posix } from 'node:path'
import type { AppConfig, TabBarConfig } from '../program/program.ts'
import type { Subpackage } from './packages.ts'

/** app.json as it is written. */
export interface AppSource extends Omit<AppConfig, 'pages'> {
  pages?: unknown
  entryPagePath?: unknown
  subpackages?: unknown
  /** Another spelling of `subpackages`. */
  subPackages?: unknown
  preloadRule?: unknown
  resolveAlias?: unknown
  themeLocation?: unknown
  useExtendedLib?: unknown
}

/**
 * app.json with all paths below the mini-program's folder and without a leading slash. Pages of subpackages follow those
 * of the main package. The entry page is the first.
 */
export function normalizeAppConfig(source: AppSource): AppConfig {
  const pages = [...mainPagesOf(source), ...subpackagesOf(source).flatMap(({ pages }) => pages)]
  const entry = typeof source.entryPagePath === 'string' ? fromRoot(source.entryPagePath) : undefined
  const ordered = entry === undefined ? pages : [entry, ...pages.filter((page) => page !== entry)]
  const { tabBar, window, ...others } = source
  return {
    ...others,
    ...(isRecord(window) ? { window } : {}),
    pages: [...new Set(ordered)],
    ...(isRecord(tabBar) ? { tabBar: normalizeTabBar(tabBar) } : {}),
  }
}

/** Paths of the pages in `pages`. */
export function mainPagesOf({ pages }: AppSource): string[] {
  return textsOf(pages).map(fromRoot)
}

export function subpackagesOf({ subpackages, subPackages }: AppSource): Subpackage[] {
  const sources = [subpackages, subPackages].flatMap((list): Record<string, unknown>[] =>
    Array.isArray(list) ? list : [],
  )
  return sources.filter(isRecord).map(({ root, name, independent, pages }) => {
    const folder = typeof root === 'string' ? root : ''
    return {
      root: fromRoot(`${folder}/`),
      name: typeof name === 'string' ? name : undefined,
      isIndependent: independent === true,
      pages: textsOf(pages).map((page) => fromRoot(posix.join(folder, page))),
    }
  })
}

function normalizeTabBar(tabBar: TabBarConfig): TabBarConfig {
  const icon = (name: 'iconPath' | 'selectedIconPath', path: string | undefined) =>
    typeof path === 'string' && path !== '' ? { [name]: fromRoot(path) } : {}
  const list = Array.isArray(tabBar.list) ? tabBar.list.filter(isRecord) : []
  return {
    ...tabBar,
    list: list.map((item) => ({
      pagePath: fromRoot(String(item.pagePath ?? '')),
      text: String(item.text ?? ''),
      ...icon('iconPath', item.iconPath),
      ...icon('selectedIconPath', item.selectedIconPath),
    })),
  }
}

/** app.json is in the root folder, so `./a`, `/a` and `a` are the same path. */
function fromRoot(path: string): string {
  return posix.join('/', path).slice(1)
}

function isRecord<Value extends object>(value: Value | undefined): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
