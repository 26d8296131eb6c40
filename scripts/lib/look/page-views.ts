import type { Change } from './change-answers.ts'

/** Something to tap or to see, by class. */
export interface Target {
  class: string
  /** In a dialog or sheet of WeChat's instead of on the page. */
  isInSheet: boolean
}

/** A page in a state in which it looks different. */
export interface PageView {
  name: string
  /** Path and query, with a leading slash. */
  url: string
  isLoggedIn: boolean
  /** What the functions answer while the page opens; absent for their own answers. */
  answers?: Change | 'none'
  /** Taps that lead to the state. */
  taps?: readonly Target[]
  /** What is there once the state is reached; absent where the page itself is enough. */
  shows?: Target
  /** Taps that leave everything as it was. */
  leave?: readonly Target[]
}

const DAY_MILLISECONDS = 86_400_000
const page = (name: string) => `/pages/${name}/${name}`
const account = (name: string) => `/account/pages/${name}/${name}`
const onPage = (name: string): Target => ({ class: name, isInSheet: false })
const inSheet = (name: string): Target => ({ class: name, isInSheet: true })

const withoutItems: Change = ({ data }) => ({
  data: Object.fromEntries(
    Object.entries(data ?? {})
      .filter(([name]) => name !== 'nextCursor')
      .map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
  ),
})
const failed: Change = () => ({ code: 500, message: '', reason: 'INTERNAL' })
const askedForTransfer: Change = ({ data }) => ({
  data: {
    ...data,
    request: {
      id: 'a-question',
      requestedAt: Date.now(),
      expiresAt: Date.now() + 7 * DAY_MILLISECONDS,
    },
  },
})

/** Every page, in each of the states that differ most. */
export const PAGE_VIEWS: readonly PageView[] = [
  { name: 'home', url: page('index'), isLoggedIn: true },
  { name: 'home-out', url: page('index'), isLoggedIn: false },
  {
    name: 'home-city-missing',
    url: page('index'),
    isLoggedIn: false,
    taps: [onPage('save')],
    shows: onPage('field-notice'),
  },
  { name: 'trips', url: page('trips'), isLoggedIn: true },
  { name: 'trips-out', url: page('trips'), isLoggedIn: false },
  {
    name: 'trips-empty',
    url: page('trips'),
    isLoggedIn: true,
    answers: withoutItems,
    shows: onPage('empty'),
  },
  { name: 'trips-failed', url: page('trips'), isLoggedIn: true, answers: failed, shows: onPage('action') },
  { name: 'trips-loading', url: page('trips'), isLoggedIn: true, answers: 'none', shows: onPage('skeleton') },
  {
    name: 'trips-removed',
    url: page('trips'),
    isLoggedIn: true,
    taps: [onPage('remove')],
    shows: onPage('undo'),
    leave: [onPage('undo')],
  },
  { name: 'favourites', url: page('favourites'), isLoggedIn: true },
  { name: 'history', url: page('history'), isLoggedIn: true },
  {
    name: 'history-clear',
    url: page('history'),
    isLoggedIn: true,
    taps: [onPage('clear')],
    shows: inSheet('confirm'),
    leave: [inSheet('cancel')],
  },
  { name: 'discover', url: page('discover'), isLoggedIn: true },
  { name: 'destination', url: `${page('destination')}?city=大理`, isLoggedIn: true },
  { name: 'login-known', url: account('login'), isLoggedIn: false, shows: onPage('one-tap') },
  { name: 'login', url: account('login'), isLoggedIn: false, taps: [onPage('other-number')] },
  {
    name: 'login-number',
    url: account('login'),
    isLoggedIn: false,
    taps: [onPage('other-number'), onPage('phone-button')],
    shows: inSheet('allow'),
    leave: [inSheet('deny')],
  },
  {
    name: 'login-denied',
    url: account('login'),
    isLoggedIn: false,
    taps: [onPage('other-number'), onPage('phone-button'), inSheet('deny')],
    shows: onPage('text'),
  },
  { name: 'account', url: account('account'), isLoggedIn: true },
  { name: 'account-out', url: account('account'), isLoggedIn: false },
  // WeChat asks once a phone: the next view finds the consent.
  {
    name: 'account-privacy',
    url: account('account'),
    isLoggedIn: true,
    taps: [onPage('choose')],
    shows: inSheet('sheet-link'),
    leave: [inSheet('allow'), inSheet('action-cancel')],
  },
  {
    name: 'account-avatar',
    url: account('account'),
    isLoggedIn: true,
    taps: [onPage('choose')],
    shows: inSheet('action'),
    leave: [inSheet('action-cancel')],
  },
  { name: 'devices', url: account('devices'), isLoggedIn: true },
  {
    name: 'devices-loading',
    url: account('devices'),
    isLoggedIn: true,
    answers: 'none',
    shows: onPage('skeleton'),
  },
  { name: 'transfer', url: account('transfer'), isLoggedIn: true },
  {
    name: 'transfer-asked',
    url: account('transfer'),
    isLoggedIn: true,
    answers: askedForTransfer,
    shows: onPage('accept'),
  },
  { name: 'my-data', url: account('my-data'), isLoggedIn: true, taps: [onPage('load')] },
  { name: 'close-account', url: account('close-account'), isLoggedIn: true, taps: [onPage('box')] },
  { name: 'agreement', url: account('agreement'), isLoggedIn: false },
  { name: 'privacy', url: account('privacy'), isLoggedIn: false },
]
