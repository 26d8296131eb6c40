import type { Outcome } from '../auth/index'
import { ERROR_TEXTS, failed, sameLogin, watchLogin } from '../auth/index'

/** What a page shows of a list of the user's documents. */
export interface ListState<Item> {
  isLoggedIn: boolean
  items: Item[]
  /** Of the next page; empty when there is none. */
  cursor: string
  /** True from the start, until it is known whether a user is logged in. */
  loading: boolean
  /** Id of the item that is being removed. */
  removing: string
  notice: string
  /** Whether the notice offers to load again. */
  canRetry: boolean
}

/** Where the items come from. */
export interface ListSource<Item> {
  /** One page, newest first. @param cursor `nextCursor` of the page before */
  load(cursor?: string): Promise<Outcome<{ items: Item[]; nextCursor?: string }>>
  /** Removes an item. One that is gone already is no failure. Absent for a list that nobody removes from. */
  remove?(id: string): Promise<Outcome<object>>
  /** Calls the listener when this phone changed the saved items, or may have. @returns stops that */
  onChange(listener: () => void): () => void
}

interface ListPage<Item> {
  data: ListState<Item>
  setData(data: Partial<ListState<Item>>): void
}

interface PageWithList<Item extends { id: string }> extends ListPage<Item> {
  list: OwnedList<Item>
}

export function emptyList<Item>(): ListState<Item> {
  return {
    isLoggedIn: true,
    items: [] as Item[],
    cursor: '',
    loading: true,
    removing: '',
    notice: '',
    canRetry: false,
  }
}

/**
 * The list on a page: loads when a user logs in, page by page, and again when the page is shown after a change. A late
 * answer changes nothing of another login. `listPage` connects it with its page.
 */
class OwnedList<Item extends { id: string }> {
  page: ListPage<Item>
  source: ListSource<Item>
  stopListening = () => {}
  isShown = false
  /** The screen may differ from what is saved. */
  isStale = false
  /** Counts the requests: only the last answer counts. */
  requests = 0

  constructor(page: ListPage<Item>, source: ListSource<Item>) {
    this.page = page
    this.source = source
  }

  start(): void {
    const stopWatching = watchLogin((isLoggedIn) => {
      // Another login may be another account: nothing of the last one stays on the screen.
      this.page.setData({ isLoggedIn, items: [], cursor: '', notice: '', removing: '', loading: isLoggedIn })
      this.isStale = false
      this.requests += 1
      if (isLoggedIn) this.fetch()
    })
    const stopNoticing = this.source.onChange(() => {
      this.isStale = true
      this.refresh()
    })
    this.stopListening = () => {
      stopWatching()
      stopNoticing()
    }
  }

  stop(): void {
    this.stopListening()
  }

  show(): void {
    this.isShown = true
    this.refresh()
  }

  hide(): void {
    this.isShown = false
  }

  /** A page in a tab stays alive: it loads again when it is shown after a change elsewhere. */
  refresh(): void {
    if (this.isShown && this.isStale && this.page.data.isLoggedIn) this.fetch()
  }

  /** Loads the first page again, for a pull down. */
  async reload(): Promise<void> {
    if (this.page.data.isLoggedIn) await this.load()
    wx.stopPullDownRefresh()
  }

  /** Loads the next page, if there is one. */
  async loadMore(): Promise<void> {
    if (this.page.data.cursor !== '') await this.load(this.page.data.cursor)
  }

  async retry(): Promise<void> {
    await this.load(this.page.data.cursor === '' ? undefined : this.page.data.cursor)
  }

  /** @param done is said when the item is removed */
  async remove(id: string, done: string): Promise<void> {
    if (!this.source.remove || this.page.data.removing !== '') return
    this.page.setData({ removing: id, notice: '' })
    const isCurrent = sameLogin()
    const outcome = await this.source.remove(id).catch(() => failed('INVALID_RESPONSE'))
    if (!isCurrent()) return
    this.page.setData({ removing: '' })
    if (!outcome.ok) {
      this.page.setData({ notice: ERROR_TEXTS[outcome.failure], canRetry: false })
      return
    }
    const items = this.page.data.items.filter((item) => item.id !== id)
    this.page.setData({ items })
    wx.showToast({ title: done, icon: 'success' })
    // A list that is under way may be older.
    if (this.page.data.loading) this.fetch()
    else if (items.length === 0 && this.page.data.cursor !== '') this.load(this.page.data.cursor)
  }

  /** @param cursor absent for the first page, which replaces what is shown */
  async load(cursor?: string): Promise<void> {
    if (!this.page.data.loading) await this.fetch(cursor)
  }

  async fetch(cursor?: string): Promise<void> {
    if (cursor === undefined) this.isStale = false
    this.requests += 1
    const number = this.requests
    this.page.setData({ loading: true, notice: '' })
    const outcome = await this.source.load(cursor).catch(() => failed('INVALID_RESPONSE'))
    if (number !== this.requests || !this.page.data.isLoggedIn) return
    this.page.setData({ loading: false })
    if (outcome.ok) {
      const { items: page, nextCursor = '' } = outcome.data
      const items = cursor === undefined ? page : [...this.page.data.items, ...page]
      this.page.setData({ items, cursor: nextCursor })
      // A page may be empty though more follow.
      if (page.length === 0 && nextCursor !== '') await this.fetch(nextCursor)
    } else {
      this.page.setData({ notice: ERROR_TEXTS[outcome.failure], canRetry: true })
    }
  }
}

/** What a page does with its list, to be spread into `Page` beside `...emptyList()` in its `data`. */
export function listPage<Item extends { id: string }>(source: ListSource<Item>) {
  return {
    /** Of this page from `onLoad` on. */
    list: {} as OwnedList<Item>,

    onLoad(this: PageWithList<Item>) {
      this.list = new OwnedList<Item>(this, source)
      this.list.start()
    },

    onShow(this: PageWithList<Item>) {
      this.list.show()
    },

    onHide(this: PageWithList<Item>) {
      this.list.hide()
    },

    onUnload(this: PageWithList<Item>) {
      this.list.stop()
    },

    async onPullDownRefresh(this: PageWithList<Item>) {
      await this.list.reload()
    },

    onReachBottom(this: PageWithList<Item>) {
      this.list.loadMore()
    },

    onRetry(this: PageWithList<Item>) {
      this.list.retry()
    },
  }
}
