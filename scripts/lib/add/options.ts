import { LOGIN_COLLECTIONS } from '../../../cloudfunctions/shared/database/collection-names.ts'
import { Refusal } from './refusal.ts'
import { nameOf } from './target/read-target.ts'
import type { Target } from './target/target.ts'

/** The settings of the login for one app. Kept in the app's record, so that the next run needs no flags. */
export interface AddOptions {
  /** Of the app, as the login page says it. */
  name: string
  /** Path of the home page without a slash at its start. */
  home: string
  /** `#rrggbb`; undefined for the login's own colours. */
  theme: string | undefined
  /** The cloud environment's id; empty if the app sets it, or nothing does yet. */
  cloudEnv: string
  /** The app calls `wx.cloud.init` itself. */
  appInitsCloud: boolean
  /** Names in the database that differ from the login's own, by the login's. */
  collections: Readonly<Record<string, string>>
  /** Collections of the app whose documents belong to a user. */
  owned: readonly string[]
  /** Nickname of a new user. */
  nickname: string
  /** False for a mini-program that may not ask for a number. */
  phoneRequired: boolean
  functions: 'built' | 'sources'
  /** Page that shows the account as a tab, without a slash at its start; undefined for the page in the subpackage. */
  accountTab: string | undefined
  /** Functions of the app that get the guard, by their folders' names. */
  guard: readonly string[]
  /** Folders of the login in the mini-program. */
  authRoot: string
  accountRoot: string
}

/** What the flags of the command say; an absent one is undefined. */
export type GivenOptions = { [Name in keyof AddOptions]?: AddOptions[Name] | undefined }

const PAGE_PATH = /^[\w-]+(\/[\w-]+)*$/
const FOLDER = /^[A-Za-z][\w-]{0,40}$/
const COLOUR = /^#[0-9a-fA-F]{6}$/
/** Between the largest and the smallest part of a colour, of 255. */
const LEAST_CHROMA = 40
const MOST_TABS = 5
const DEFAULT_NICKNAME = '微信用户'

/**
 * Flags go before what an earlier run recorded, and that before what the app says of itself.
 * @throws Refusal for a value that cannot be one
 */
export function settleOptions(target: Target, given: GivenOptions, recorded: GivenOptions = {}): AddOptions {
  const options = { ...defaultsOf(target), ...defined(recorded), ...defined(given) }
  // An environment that is given is for the login to open, also in an app that opens one.
  if (given.cloudEnv !== undefined) options.appInitsCloud = false
  options.guard = [...new Set([...(recorded.guard ?? []), ...options.guard])].sort()
  check(target, options)
  return options
}

function defaultsOf(target: Target): AddOptions {
  const { pages = [], entryPagePath } = target.appJson.value
  return {
    name: nameOf(target),
    home: entryPagePath || pages[0] || '',
    theme: colourOf(target),
    cloudEnv: '',
    appInitsCloud: target.cloudInit !== undefined,
    collections: renamesFor(target),
    owned: [],
    nickname: DEFAULT_NICKNAME,
    phoneRequired: true,
    functions: 'built',
    accountTab: undefined,
    guard: [],
    authRoot: 'auth',
    accountRoot: 'account',
  }
}

/** The app's own colour: that of its tabs, else of its top bar; none if that is a grey. */
function colourOf({ appJson }: Target): string | undefined {
  const { tabBar, window } = appJson.value
  return [tabBar?.selectedColor, window?.navigationBarBackgroundColor].find(isColourful)?.toLowerCase()
}

function isColourful(colour: unknown): colour is string {
  if (typeof colour !== 'string' || !COLOUR.test(colour)) return false
  const parts = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))
  return Math.max(...parts) - Math.min(...parts) > LEAST_CHROMA
}

/** Collections of the app that have the name of one of the login's stay the app's: the login takes another name. */
function renamesFor({ collections }: Target): Record<string, string> {
  const taken = LOGIN_COLLECTIONS.filter((name) => collections.includes(name))
  return Object.fromEntries(taken.map((name) => [name, `auth_${name}`]))
}

function defined(options: GivenOptions): Partial<AddOptions> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<AddOptions>
}

function check({ appJson }: Target, options: AddOptions): void {
  const { home, theme, name, nickname, authRoot, accountRoot, cloudEnv } = options
  const { pages = [] } = appJson.value
  if (!PAGE_PATH.test(home) || !pages.includes(home)) {
    refuse(`--home ${home}：${appJson.path} 的 pages 里没有这个页面 · is no page of the main package`)
  }
  if (name.trim() === '' || /[\r\n]/.test(name))
    refuse('--name：应用名不能为空，只能一行 · one line, not empty')
  if (nickname.trim() === '' || /[\r\n]/.test(nickname))
    refuse('--nickname：昵称不能为空，只能一行 · one line, not empty')
  if (theme !== undefined && !COLOUR.test(theme)) {
    refuse(`--theme ${theme}：颜色写作 #rrggbb，如 #07c160 · a colour is #rrggbb`)
  }
  if (cloudEnv !== '' && !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(cloudEnv)) {
    refuse(`--env ${cloudEnv}：云环境 ID 形如 cloud1-5g2k8x1a9c0d3e7f · an environment’s id looks like that`)
  }
  checkTab(appJson, options)
  for (const [flag, folder] of [
    ['--auth-root', authRoot],
    ['--account-root', accountRoot],
  ] as const) {
    if (!FOLDER.test(folder)) refuse(`${flag} ${folder}：应是一个文件夹名 · is to be the name of one folder`)
  }
  if (authRoot === accountRoot) refuse('--auth-root 和 --account-root 不能相同 · are to differ')
}

/** WeChat shows two to five tabs. */
function checkTab({ path, value }: Target['appJson'], { accountTab }: AddOptions): void {
  if (accountTab === undefined) return
  const tabs = (value.tabBar?.list ?? []).map(({ pagePath }) => pagePath)
  if (!PAGE_PATH.test(accountTab)) {
    refuse(`--account-tab ${accountTab}：应是页面路径，如 pages/me/me · is the path of a page`)
  }
  if (tabs.length === 0) refuse(`--account-tab：${path} 没有 tabBar · has no tabs`)
  if (tabs.length >= MOST_TABS && !tabs.includes(accountTab)) {
    refuse(
      `--account-tab：${path} 已有 ${tabs.length} 个 tab，最多 ${MOST_TABS} 个 · has as many tabs as it may`,
    )
  }
}

function refuse(line: string): never {
  throw new Refusal(line)
}
