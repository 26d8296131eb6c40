import type { Failure, Outcome } from '../auth/index'
import { failed, sameLogin } from '../auth/index'

/** How long a removal can be undone. Longer than a toast lasts: a person reads the bar, or has it read, and finds its button. */
const UNDO_MILLISECONDS = 8000

/** The oldest of more goes to the cloud, so that a page that is left makes no more calls at once. */
const MOST_WAITING = 5

/** Ids, of every list, whose removal is on its way: a page that is opened meanwhile does not show them. */
const underWay: { [id: string]: true } = {}

export interface SentRemovals<Item> {
  removed: readonly Item[]
  kept: readonly Item[]
  /** Why they are kept. */
  failure?: Failure
}

interface RemovalOptions<Item> {
  /** Asks the cloud to remove an item. */
  remove(id: string): Promise<Outcome<object>>
  /** Other items are hidden, or can be undone, than before. */
  onChange(): void
  /** What came of it, unless the user has logged out meanwhile. */
  onSent(sent: SentRemovals<Item>): void
}

/**
 * What a user removed from a list. It leaves the screen at once, and the cloud is asked when the time to undo is over, or
 * when the page calls `send`, since it is left. Nothing is deleted until then: undoing needs no network, cannot fail, and
 * leaves the document as it was. An app that is killed meanwhile has deleted nothing.
 */
export class PendingRemovals<Item extends { id: string }> {
  options: RemovalOptions<Item>
  /** Those that can be undone, all of them by one undo; the newest last. */
  waiting: readonly Item[] = []
  timer = 0

  constructor(options: RemovalOptions<Item>) {
    this.options = options
  }

  /** Each removal gives all that wait their full time again. */
  add(item: Item): void {
    const waiting = [...this.waiting, item]
    this.waiting = waiting.slice(-MOST_WAITING)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), UNDO_MILLISECONDS)
    this.ask(waiting.slice(0, -MOST_WAITING))
    this.options.onChange()
  }

  hides({ id }: Item): boolean {
    return underWay[id] === true || this.waiting.some((item) => item.id === id)
  }

  undo(): void {
    this.takeWaiting()
    this.options.onChange()
  }

  send(): Promise<void> {
    return this.ask(this.takeWaiting())
  }

  async ask(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return
    const isCurrent = sameLogin()
    for (const { id } of items) underWay[id] = true
    this.options.onChange()
    const outcomes = await Promise.all(
      items.map(({ id }) => this.options.remove(id).catch(() => failed('INVALID_RESPONSE'))),
    )
    for (const { id } of items) delete underWay[id]
    if (!isCurrent()) return
    const kept = items.filter((_item, index) => outcomes[index]?.ok === false)
    const removed = items.filter((item) => kept.indexOf(item) < 0)
    let failure: Failure | undefined
    for (const outcome of outcomes) if (!outcome.ok) failure = outcome.failure
    this.options.onSent({ removed, kept, ...(failure === undefined ? {} : { failure }) })
  }

  takeWaiting(): readonly Item[] {
    clearTimeout(this.timer)
    const { waiting } = this
    this.waiting = []
    return waiting
  }
}
