import type { Outcome } from '../auth/index'
import { ERROR_TEXTS, failed, watchLogin } from '../auth/index'
import type { SentRemovals } from './pending-removals'
import { PendingRemovals } from './pending-removals'

/** What a page shows of a list of the user's documents. */
export interface ListState<Item> {
  isLoggedIn: boolean
  items: Item[]
  /** Of the next page; empty when there is none. */
  cursor: string
  /** True from the start, until it is known whether a user is logged in. */
  loading: boolean
  /** The removals that can be undone, in words; empty for none. */
  removed: string
  /** Why a removal failed. */
  removalNotice: string
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
  /** Tells the other listeners that items were removed, or may have been. */
  notify?(except: () => void): void
}

/** What a list says of a removal. */
interface RemovalTexts<Item> {
  /** Such as 已删除; the names follow. */
  removed: string
  nameOf(item: Item): string
  /** Between names. */
  joiner: string
  /** Of the dialog about items that were not removed after all: what comes before their names, and its button. */
  notRemoved: string
  dismiss: string
}

const NO_REMOVALS = { removed: '', nameOf: () => '', joiner: '', notRemoved: '', dismiss: '' }

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
    removed: '',
    removalNotice: '',
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
  texts: RemovalTexts<Item>
  removals: PendingRemovals<Item>
  /** With those whose removal is pending, which the screen does not show. */
  loaded: Item[] = []
  stopListening = () => {}
  isShown = false
  isClosed = false
  /** The screen may differ from what is saved. */
  isStale = false
  /** Counts the requests: only the last answer counts. */
  requests = 0

  constructor(page: ListPage<Item>, source: ListSource<Item>, texts: RemovalTexts<Item>) {
    this.page = page
    this.source = source
    this.texts = texts
    this.removals = new PendingRemovals<Item>({
      remove: (id) => source.remove?.(id) ?? Promise.resolve({ ok: true, data: {} }),
      onChange: () => this.showItems(),
      onSent: (sent) => this.showSent(sent),
    })
  }

  start(): void {
    const stopWatching = watchLogin((isLoggedIn) => {
      // Another login may be another account: nothing of the last one stays on the screen.
      this.loaded = []
      this.removals.undo()
      this.showItems({ isLoggedIn, cursor: '', notice: '', removalNotice: '', loading: isLoggedIn })
      this.isStale = false
      this.requests += 1
      if (isLoggedIn) this.fetch()
    })
    const stopNoticing = this.source.onChange(this.onChange)
    this.stopListening = () => {
      stopWatching()
      stopNoticing()
    }
  }

  onChange = (): void => {
    this.isStale = true
    this.refresh()
  }

  stop(): void {
    this.isClosed = true
    this.stopListening()
    this.removals.send()
  }

  show(): void {
    this.isShown = true
    this.refresh()
  }

  /** Another page, or the end of the app, may come: the removals go to the cloud. */
  hide(): void {
    this.isShown = false
    this.removals.send()
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

  /** Takes an item off the screen, until the removal is undone or fails. */
  remove(id: string): void {
    const item = this.page.data.items.find((shown) => shown.id === id)
    if (!item) return
    this.page.setData({ removalNotice: '' })
    this.removals.add(item)
    if (this.page.data.items.length === 0) this.loadMore()
  }

  /** @param more is shown in the same step, so that no state between is seen */
  showItems(more: Partial<ListState<Item>> = {}): void {
    if (this.isClosed) return
    const names = this.removals.waiting.map((item) => this.texts.nameOf(item))
    const removed = names.length === 0 ? '' : `${this.texts.removed} ${names.join(this.texts.joiner)}`
    const items = this.loaded.filter((item) => !this.removals.hides(item))
    this.page.setData({ ...more, items, removed })
  }

  showSent({ removed, kept, failure }: SentRemovals<Item>): void {
    this.loaded = this.loaded.filter(({ id }) => !removed.some((item) => item.id === id))
    // Also after a failure: an item may be removed although the answer was lost.
    this.source.notify?.(this.onChange)
    if (this.isClosed) {
      if (failure) this.notifyKept(kept, ERROR_TEXTS[failure])
      return
    }
    this.showItems({ removalNotice: failure ? ERROR_TEXTS[failure] : '' })
    // A list that is under way may be older.
    if (this.page.data.loading && removed.length > 0) this.fetch()
    else if (this.page.data.items.length === 0) this.loadMore()
  }

  /** For a page that is closed: a dialog, since the user believes that the items are removed. */
  notifyKept(kept: readonly Item[], reason: string): void {
    const { nameOf, notRemoved, joiner, dismiss } = this.texts
    const names = kept.map(nameOf).join(joiner)
    wx.showModal({
      title: `${notRemoved} ${names}`,
      content: reason,
      showCancel: false,
      confirmText: dismiss,
    })
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
    if (!outcome.ok) {
      this.page.setData({ loading: false, notice: ERROR_TEXTS[outcome.failure], canRetry: true })
      return
    }
    const { items: page, nextCursor = '' } = outcome.data
    this.loaded = cursor === undefined ? page : [...this.loaded, ...page]
    // A page may be empty though more follow.
    const isToGoOn = page.length === 0 && nextCursor !== ''
    this.showItems({ loading: isToGoOn, cursor: nextCursor })
    if (isToGoOn) await this.fetch(nextCursor)
  }
}

/**
 * What a page does with its list, to be spread into `Page` beside `...emptyList()` in its `data`.
 * @param texts of a list that is removed from
 */
export function listPage<Item extends { id: string }>(
  source: ListSource<Item>,
  texts: RemovalTexts<Item> = NO_REMOVALS,
) {
  return {
    /** Of this page from `onLoad` on. */
    list: {} as OwnedList<Item>,

    onLoad(this: PageWithList<Item>) {
      this.list = new OwnedList<Item>(this, source, texts)
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

    onRemove(this: PageWithList<Item>, event: WechatMiniprogram.BaseEvent) {
      this.list.remove(event.currentTarget.dataset['id'])
    },

    onUndo(this: PageWithList<Item>) {
      this.list.removals.undo()
    },

    onDismiss(this: PageWithList<Item>) {
      this.setData({ removalNotice: '' })
    },
  }
}
