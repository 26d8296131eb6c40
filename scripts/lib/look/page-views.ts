/** A page in a state in which it looks different. */
export interface PageView {
  name: string
  /** Path and query, with a leading slash. */
  url: string
  isLoggedIn: boolean
  /** Taps before one looks, by class of what is tapped. */
  taps?: readonly string[]
}

const page = (name: string) => `/pages/${name}/${name}`
const account = (name: string) => `/account/pages/${name}/${name}`

/** Every page, in each of the states that differ most. */
export const PAGE_VIEWS: readonly PageView[] = [
  { name: 'home', url: page('index'), isLoggedIn: true },
  { name: 'home-out', url: page('index'), isLoggedIn: false },
  { name: 'trips', url: page('trips'), isLoggedIn: true },
  { name: 'trips-out', url: page('trips'), isLoggedIn: false },
  { name: 'favourites', url: page('favourites'), isLoggedIn: true },
  { name: 'history', url: page('history'), isLoggedIn: true },
  { name: 'discover', url: page('discover'), isLoggedIn: true },
  { name: 'destination', url: `${page('destination')}?city=大理`, isLoggedIn: true },
  { name: 'login', url: account('login'), isLoggedIn: false },
  { name: 'account', url: account('account'), isLoggedIn: true },
  { name: 'account-out', url: account('account'), isLoggedIn: false },
  { name: 'devices', url: account('devices'), isLoggedIn: true },
  { name: 'transfer', url: account('transfer'), isLoggedIn: true },
  { name: 'my-data', url: account('my-data'), isLoggedIn: true, taps: ['load'] },
  { name: 'close-account', url: account('close-account'), isLoggedIn: true, taps: ['box'] },
  { name: 'agreement', url: account('agreement'), isLoggedIn: false },
  { name: 'privacy', url: account('privacy'), isLoggedIn: false },
]
