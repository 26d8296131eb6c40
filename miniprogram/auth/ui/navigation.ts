import { config } from '../config'

const LOGIN = 'account/pages/login/login'
const ACCOUNT = '/account/pages/account/account'
const TRANSFER = '/account/pages/transfer/transfer'

/** WeChat opens no further page above this many. */
const MOST_PAGES = 10

/** How a page was opened: above the one on top, instead of it, or as a tab, which closes the pages above tabs. */
type OpenedAs = 'above' | 'instead' | 'asTab'

/** Pages that are opening: `getCurrentPages` does not know them yet. */
let opening: readonly string[] = []
/** Where the login page leads back to, if it replaced that page. */
let origin: string | undefined
/** The reason that the login page shows, if its address cannot carry it. */
let reasonForLogin: string | undefined

/**
 * Opens a page, a tab or not. Where WeChat opens no further page, it replaces the one on top.
 * @param from route of the calling page: if another one is on top by now, the user has moved on, and nothing happens
 */
export function openPage(url: string, from?: string): void {
  if (from === undefined || topPage()?.route === from) show(url, () => {})
}

/** Shows the account page, as `openPage` does: the app's own, where it has one in its tab bar. */
export function openAccountPage(from?: string): void {
  openPage(config.accountPage ?? ACCOUNT, from)
}

/** Shows the page on which one WeChat account asks another for what it holds, and is answered. */
export function openTransferPage(): void {
  openPage(TRANSFER)
}

/**
 * Opens the login page, once for all callers at the same time.
 * @param because the reason that its notice shows
 * @param refused called if WeChat opens it in no way
 */
export function openLoginPage(because?: string, refused: () => void = () => {}): void {
  if (isLoginPageOpen()) return
  const from = addressOf(topPage())
  reasonForLogin = because
  show(`/${LOGIN}${because === undefined ? '' : `?because=${because}`}`, (way) => {
    if (way === undefined) refused()
    else origin = way === 'above' ? undefined : from
  })
}

/** On top, or opening. */
export function isLoginPageOpen(): boolean {
  return opening.some((url) => url.indexOf(`/${LOGIN}`) === 0) || topPage()?.route === LOGIN
}

/** Whether the login page is open, on top or below others. */
export function isLoginPageAmongPages(): boolean {
  return getCurrentPages().some(({ route }) => route === LOGIN)
}

/** The reason that the login page shows, once. */
export function takeLoginReason(): string | undefined {
  const because = reasonForLogin
  reasonForLogin = undefined
  return because
}

/** Back to the page before; home if there is none. Nothing happens if another page is on top. */
export function leavePage(page: object, then: () => void = () => {}): void {
  if (!isOnTop(page)) return
  if (getCurrentPages().length > 1) wx.navigateBack({ delta: 1, complete: then })
  else goHome(then)
}

/** The same for the login page, which may have replaced the page that it leads back to. */
export function leaveLoginPage(page: object, then: () => void): void {
  if (!isOnTop(page)) return
  const back = origin
  origin = undefined
  if (back === undefined) leavePage(page, then)
  else showAgain(back, then)
}

/** The login page was closed by another way. */
export function forgetOrigin(): void {
  origin = undefined
}

/** To the home page: a tab appears as it was left; otherwise all other pages close. */
export function goHome(then: () => void = () => {}): void {
  const url = config.homePage
  toTab(url, then, () => wx.reLaunch({ url, complete: then }))
}

export function topPage(): WechatMiniprogram.Page.TrivialInstance | undefined {
  const pages = getCurrentPages()
  return pages[pages.length - 1]
}

export function isOnTop(page: object): boolean {
  return topPage() === page
}

/** Whether WeChat opens one more page above. */
export function hasRoomAbove(): boolean {
  return getCurrentPages().length < MOST_PAGES
}

/** @param then gets how it opened; undefined if it did not. Not called if the page is opening already */
function show(url: string, then: (way: OpenedAs | undefined) => void): void {
  if (opening.indexOf(url) >= 0) return
  opening = [...opening, url]
  const end = (way?: OpenedAs) => {
    opening = opening.filter((other) => other !== url)
    then(way)
  }
  let isRefused = false
  wx.navigateTo({
    url,
    // It is a tab, or too many pages are open. The error's words differ from phone to phone.
    fail: () => {
      isRefused = true
      showOtherwise(url, end)
    },
    complete: () => {
      if (!isRefused) end('above')
    },
  })
}

function showOtherwise(url: string, end: (way?: OpenedAs) => void): void {
  toTab(
    url,
    () => end('asTab'),
    () => {
      if (hasRoomAbove()) end()
      else wx.redirectTo({ url, success: () => end('instead'), fail: () => end() })
    },
  )
}

/** Opens a page again that the one on top replaced. */
function showAgain(url: string, then: () => void): void {
  toTab(url, then, () => wx.redirectTo({ url, success: then, fail: () => goHome(then) }))
}

/** Tabs take no query. */
function toTab(url: string, then: () => void, otherwise: () => void): void {
  // A host without tabs.
  if (!wx.switchTab) otherwise()
  else wx.switchTab({ url: url.split('?')[0] ?? url, success: then, fail: otherwise })
}

/** With its query, which WeChat hands over as it was written. */
function addressOf(page: WechatMiniprogram.Page.TrivialInstance | undefined): string | undefined {
  if (!page) return undefined
  const query = Object.keys(page.options ?? {}).map((name) => `${name}=${page.options[name]}`)
  return `/${page.route}${query.length === 0 ? '' : `?${query.join('&')}`}`
}
