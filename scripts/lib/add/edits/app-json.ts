import { type JSONPath, parse } from 'jsonc-parser'
import { insertJson, removeJson } from './json-edit.ts'

/** The part of app.json that the login is concerned with. */
export interface AppJson {
  pages?: readonly string[]
  entryPagePath?: string
  subPackages?: readonly Subpackage[]
  subpackages?: readonly Subpackage[]
  preloadRule?: Readonly<Record<string, { network?: string; packages?: readonly string[] }>>
  window?: { navigationBarTitleText?: string; navigationBarBackgroundColor?: string }
  tabBar?: { selectedColor?: string; list?: readonly { pagePath?: string }[] }
  lazyCodeLoading?: string
  darkmode?: boolean
  __usePrivacyCheck__?: boolean
}

export interface Subpackage {
  root?: string
  name?: string
  pages?: readonly string[]
}

/** What the login needs in app.json. */
export interface AppJsonNeeds {
  /** Folder of the subpackage. */
  accountRoot: string
  /** Of the subpackage, from its root. */
  accountPages: readonly string[]
  /** Where the subpackage is loaded in advance. */
  homePage: string
  /** Page of the main package that shows the account as a tab; undefined for none. */
  accountTab: string | undefined
}

/** Settings with their values, each added where it is missing. */
const SETTINGS = { lazyCodeLoading: 'requiredComponents', __usePrivacyCheck__: true } as const

/** Of the tab, as WeChat's own apps call it. */
const TAB_TEXT = '我的'

const MARK = '\uFEFF'

export function readAppJson(text: string): AppJson {
  return parse(withoutMark(text), [], { allowTrailingComma: true }) as AppJson
}

/** Adds what is missing. Comments, order and format of the rest stay. */
export function addToAppJson(text: string, needs: AppJsonNeeds): string {
  const { accountRoot, accountPages, homePage, accountTab } = needs
  let result = withoutMark(text)
  const app = readAppJson(text)
  if (accountTab !== undefined) result = addTab(result, app, accountTab)
  result = addSubpackage(result, app, accountRoot, accountPages)
  result = addPreload(result, app, accountRoot, homePage)
  for (const [name, value] of Object.entries(SETTINGS)) {
    if (!(name in app)) result = insertJson(result, [], name, value)
  }
  return text.startsWith(MARK) ? MARK + result : result
}

function addTab(text: string, app: AppJson, page: string): string {
  const withPage = app.pages?.includes(page) ? text : insertJson(text, ['pages'], undefined, page)
  if (tabIndex(app, page) >= 0) return withPage
  return insertJson(withPage, ['tabBar', 'list'], undefined, { pagePath: page, text: TAB_TEXT })
}

/** Place of a page among the tabs; -1 for none. */
function tabIndex({ tabBar }: AppJson, page: string): number {
  return tabBar?.list?.findIndex(({ pagePath }) => pagePath === page) ?? -1
}

function addSubpackage(text: string, app: AppJson, root: string, pages: readonly string[]): string {
  const key = app.subpackages ? 'subpackages' : 'subPackages'
  const packages = app[key]
  if (!packages) return insertJson(text, [], key, [{ root, pages }])
  const index = packages.findIndex((known) => rootOf(known) === root)
  const known = packages[index]
  if (!known) return insertJson(text, [key], undefined, { root, pages })
  return pages
    .filter((page) => !known.pages?.includes(page))
    .reduce((result, page) => insertJson(result, [key, index, 'pages'], undefined, page), text)
}

function addPreload(text: string, app: AppJson, root: string, homePage: string): string {
  const rule = app.preloadRule?.[homePage]
  if (!app.preloadRule) {
    return insertJson(text, [], 'preloadRule', { [homePage]: { network: 'all', packages: [root] } })
  }
  if (!rule) return insertJson(text, ['preloadRule'], homePage, { network: 'all', packages: [root] })
  if (!rule.packages) return insertJson(text, ['preloadRule', homePage], 'packages', [root])
  if (rule.packages.includes(root)) return text
  return insertJson(text, ['preloadRule', homePage, 'packages'], undefined, root)
}

/** Root of a subpackage without the slashes that some write around it. */
export function rootOf({ root = '' }: Subpackage): string {
  return root.replace(/^\/+|\/+$/g, '')
}

/**
 * Takes the entries of the login out, from a file that was edited since.
 * @param before the app.json that the login was added to, of which no entry is taken out
 */
export function takeFromAppJson(text: string, needs: AppJsonNeeds, had: HadBefore): string {
  const { accountRoot, homePage, accountTab } = needs
  let result = withoutMark(text)
  const drop = (path: JSONPath) => {
    result = removeJson(result, path)
  }
  const current = () => readAppJson(result)
  if (accountTab !== undefined) {
    const page = current().pages?.indexOf(accountTab) ?? -1
    if (page >= 0) drop(['pages', page])
    const tab = tabIndex(current(), accountTab)
    if (tab >= 0) drop(['tabBar', 'list', tab])
  }
  const key = current().subpackages ? 'subpackages' : 'subPackages'
  const index = current()[key]?.findIndex((known) => rootOf(known) === accountRoot) ?? -1
  if (index >= 0) drop([key, index])
  if (!had.subpackages && current()[key]?.length === 0) drop([key])
  const packages = current().preloadRule?.[homePage]?.packages ?? []
  if (packages.includes(accountRoot)) {
    if (packages.length > 1) drop(['preloadRule', homePage, 'packages', packages.indexOf(accountRoot)])
    else drop(['preloadRule', homePage])
  }
  if (!had.preloadRule && Object.keys(current().preloadRule ?? { rest: {} }).length === 0)
    drop(['preloadRule'])
  for (const [name, value] of Object.entries(SETTINGS)) {
    const now = (current() as Record<string, unknown>)[name]
    if (!had.settings.includes(name) && now === value) drop([name])
  }
  return text.startsWith(MARK) ? MARK + result : result
}

/** What app.json had before the login came. */
export interface HadBefore {
  subpackages: boolean
  preloadRule: boolean
  settings: readonly string[]
}

export function hadBefore(text: string): HadBefore {
  const app = readAppJson(text)
  return {
    subpackages: (app.subpackages ?? app.subPackages) !== undefined,
    preloadRule: app.preloadRule !== undefined,
    settings: Object.keys(SETTINGS).filter((name) => name in app),
  }
}

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text
}
