import type { NavigationBarState } from '../device/navigation-bar.ts'

/** Navigation between pages, for `wx` and `<navigator>`. Each method throws an Error with WeChat's message. */
export interface Navigation {
  navigateTo(url: string): unknown
  redirectTo(url: string): void
  reLaunch(url: string): void
  switchTab(url: string): void
  navigateBack(delta: number): void
  /** Changes the navigation bar of the page that an element is on. */
  changeBar(element: Element, change: Partial<NavigationBarState>): void
  /** Calls `onShareAppMessage` of the top page. */
  shareMessage(cause: ShareCause): Promise<ShareMessage>
  /** Calls `onShareTimeline` of the top page. */
  shareTimeline(): Promise<ShareMessage>
  /** Calls `onAddToFavorites` of the top page. */
  addToFavorites(): Promise<ShareMessage>
  /** Which kinds of sharing the menu of the top page has. */
  readonly shareMenu: ShareMenu
}

export interface ShareMenu {
  message: boolean
  timeline: boolean
}

/** The parameter of `onShareAppMessage`. */
export interface ShareCause {
  from: 'button' | 'menu'
  target?: object
}

/** The answer of `onShareAppMessage`. */
export interface ShareMessage {
  title?: string
  path: string
  imageUrl?: string
  /** `showShareMenu({ withShareTicket: true })`: in a group chat the card brings a ticket. */
  withShareTicket?: boolean
}

/** Splits the address of a page. As in WeChat, values of the query are not decoded. */
export function parseUrl(url: string, from: string): { path: string; query: Record<string, string> } {
  const [address = '', search = ''] = url.split('?', 2)
  const path = resolveFrom(address.replace(/\.html$/, ''), from)
  const query: Record<string, string> = {}
  for (const pair of search.split('&')) {
    const [name = '', ...value] = pair.split('=')
    if (name !== '') query[name] = value.join('=')
  }
  return { path, query }
}

/** Resolves a reference in the file `from`; one with a leading slash starts at the root. */
export function resolveFrom(reference: string, from: string): string {
  return decodeURIComponent(new URL(encodeURI(reference), `http://page/${from}`).pathname.slice(1))
}
