/** Moving between pages, as `wx` and `<navigator>` ask for it. Each throws an Error with WeChat's words. */
export interface Navigation {
  navigateTo(url: string): unknown
  redirectTo(url: string): void
  reLaunch(url: string): void
  switchTab(url: string): void
  navigateBack(delta: number): void
  /** What the page on top gives to be shared. */
  shareMessage(cause: ShareCause): Promise<ShareMessage>
}

/** What `onShareAppMessage` is called with. */
export interface ShareCause {
  from: 'button' | 'menu'
  target?: object
}

/** Of what `onShareAppMessage` answers. */
export interface ShareMessage {
  title?: string
  path: string
  imageUrl?: string
}

/** Splits an address of a page. Values of the query stay as they are: WeChat does not decode them. */
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

/** The path a reference means, in a file of another path or, with a slash in front, anywhere. */
export function resolveFrom(reference: string, from: string): string {
  return decodeURIComponent(new URL(encodeURI(reference), `http://page/${from}`).pathname.slice(1))
}
