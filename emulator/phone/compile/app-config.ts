import { posix } from 'node:path'
import type { AppConfig, TabBarConfig } from '../program.ts'

/** app.json as it is written. */
export interface AppSource extends Omit<AppConfig, 'pages'> {
  pages?: unknown
  entryPagePath?: unknown
  subpackages?: unknown
  /** The same by its other name. */
  subPackages?: unknown
  resolveAlias?: Record<string, string>
}

/**
 * app.json with every path below the mini-program's folder, without a slash in front: pages, those of subpackages
 * behind them, and the tab bar's. The first page is the one that is opened.
 */
export function normalizeAppConfig(source: AppSource): AppConfig {
  const pages = [...textsOf(source.pages), ...subpackagesOf(source).flatMap(pagesOf)].map(fromRoot)
  const entry = typeof source.entryPagePath === 'string' ? fromRoot(source.entryPagePath) : undefined
  const ordered = entry === undefined ? pages : [entry, ...pages.filter((page) => page !== entry)]
  const { tabBar } = source
  return {
    ...source,
    pages: [...new Set(ordered)],
    ...(tabBar === undefined ? {} : { tabBar: normalizeTabBar(tabBar) }),
  }
}

function subpackagesOf({ subpackages, subPackages }: AppSource): { root?: unknown; pages?: unknown }[] {
  return [subpackages, subPackages].flatMap((list) => (Array.isArray(list) ? list : []))
}

function pagesOf({ root, pages }: { root?: unknown; pages?: unknown }): string[] {
  return textsOf(pages).map((page) => posix.join(String(root ?? ''), page))
}

function normalizeTabBar(tabBar: TabBarConfig): TabBarConfig {
  const icon = (name: 'iconPath' | 'selectedIconPath', path: string | undefined) =>
    path === undefined ? {} : { [name]: fromRoot(path) }
  const list = Array.isArray(tabBar.list) ? tabBar.list : []
  return {
    ...tabBar,
    list: list.map((item) => ({
      pagePath: fromRoot(item.pagePath ?? ''),
      text: item.text ?? '',
      ...icon('iconPath', item.iconPath),
      ...icon('selectedIconPath', item.selectedIconPath),
    })),
  }
}

/** app.json lies in the root, so `./a`, `/a` and `a` are one. */
function fromRoot(path: string): string {
  return posix.join('/', path).slice(1)
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
