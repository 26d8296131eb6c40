const HOME = '/pages/index/index'
const LOGIN = 'pages/login/login'

/** WeChat opens no further page above this many. */
const MOST_PAGES = 10

/** How a page came to be shown: above the one that was on top, in its place, or as a tab, which closes what lies above tabs. */
type Way = 'above' | 'instead' | 'asTab'

/** Pages that were asked for and are not there yet: `getCurrentPages` does not know them. */
let opening: readonly string[] = []
/** Where the login page leads back to, if it does not lie above it. */
let origin: string | undefined
/** What the login page is to tell, where its address could not say it. */
let reasonForLogin: string | undefined

/**
 * Shows a page, be it a tab or not, and also where WeChat opens no further page: then in the place of the one on top.
 * @param from route of the page that asks: if another one is on top by now, the user has moved on, and nothing happens
 */
export function openPage(url: string, from?: string): void {
  if (from === undefined || topPage()?.route === from) show(url, () => {})
}

/**
 * Shows the login page, once however many ask for it at the same time.
 * @param because what its notice tells
 * @param refused is called if WeChat shows it in no way
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

/** On top, or about to be. */
export function isLoginPageOpen(): boolean {
  return opening.some((url) => url.indexOf(`/${LOGIN}`) === 0) || topPage()?.route === LOGIN
}

/** Whether the login page is still among the pages, on top or below others. */
export function isLoginPageAmongPages(): boolean {
  return getCurrentPages().some(({ route }) => route === LOGIN)
}

/** What the login page is to tell, told once. */
export function takeLoginReason(): string | undefined {
  const because = reasonForLogin
  reasonForLogin = undefined
  return because
}

/** Back to where the user came from; home if they came from nowhere. Nothing happens if another page is on top. */
export function leavePage(page: object, then: () => void = () => {}): void {
  if (!isOnTop(page)) return
  if (getCurrentPages().length > 1) wx.navigateBack({ delta: 1, complete: then })
  else goHome(then)
}

/** The same for the login page, which may have been opened in the place of the page that it leads back to. */
export function leaveLoginPage(page: object, then: () => void): void {
  if (!isOnTop(page)) return
  const back = origin
  origin = undefined
  if (back === undefined) leavePage(page, then)
  else showAgain(back, then)
}

/** The login page was left by another way. */
export function forgetOrigin(): void {
  origin = undefined
}

/** To the first page: where it is a tab, as it was left; else all others are closed. */
export function goHome(then: () => void = () => {}): void {
  toTab(HOME, then, () => wx.reLaunch({ url: HOME, complete: then }))
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

/** @param then how it is shown; undefined if it is not. Not called if the page is on its way already */
function show(url: string, then: (way: Way | undefined) => void): void {
  if (opening.indexOf(url) >= 0) return
  opening = [...opening, url]
  const end = (way?: Way) => {
    opening = opening.filter((other) => other !== url)
    then(way)
  }
  let isRefused = false
  wx.navigateTo({
    url,
    // For a tab, or for want of room. Which of both is told by words that differ from phone to phone.
    fail: () => {
      isRefused = true
      showOtherwise(url, end)
    },
    complete: () => {
      if (!isRefused) end('above')
    },
  })
}

function showOtherwise(url: string, end: (way?: Way) => void): void {
  toTab(
    url,
    () => end('asTab'),
    () => {
      if (hasRoomAbove()) end()
      else wx.redirectTo({ url, success: () => end('instead'), fail: () => end() })
    },
  )
}

/** A page that the one on top took the place of. */
function showAgain(url: string, then: () => void): void {
  toTab(url, then, () => wx.redirectTo({ url, success: then, fail: () => goHome(then) }))
}

/** Tabs take no query. */
function toTab(url: string, then: () => void, otherwise: () => void): void {
  // A host without tabs.
  if (!wx.switchTab) otherwise()
  else wx.switchTab({ url: url.split('?')[0] ?? url, success: then, fail: otherwise })
}

/** As it was opened. WeChat hands a query over as it was written, so it is put back as it is. */
function addressOf(page: WechatMiniprogram.Page.TrivialInstance | undefined): string | undefined {
  if (!page) return undefined
  const query = Object.keys(page.options ?? {}).map((name) => `${name}=${page.options[name]}`)
  return `/${page.route}${query.length === 0 ? '' : `?${query.join('&')}`}`
}
