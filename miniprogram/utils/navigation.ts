const HOME = '/pages/index/index'
const LOGIN = 'pages/login/login'

/** True from asking for the login page until it is there or is refused: `getCurrentPages` does not know it yet. */
let opening = false

/** Shows the login page, once however many ask for it at the same time. `because` is what its notice tells. */
export function openLoginPage(because?: string): void {
  if (opening || isLoginPageOnTop()) return
  opening = true
  wx.navigateTo({
    url: `/${LOGIN}${because === undefined ? '' : `?because=${because}`}`,
    complete: () => {
      opening = false
    },
  })
}

/** Back to where the user came from; home if they came from nowhere. */
export function leavePage(then: () => void = () => {}): void {
  if (getCurrentPages().length > 1) wx.navigateBack({ delta: 1, complete: then })
  else goHome(then)
}

/** To the first page, all others closed. */
export function goHome(then: () => void = () => {}): void {
  wx.reLaunch({ url: HOME, complete: then })
}

function isLoginPageOnTop(): boolean {
  const pages = getCurrentPages()
  return pages[pages.length - 1]?.route === LOGIN
}
