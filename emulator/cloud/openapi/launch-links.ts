import type { Database } from 'lmdb'
import type { LaunchLink } from '../../control/launch-link.ts'
import type { Clock } from '../clock.ts'
import type { EventBus } from '../event-bus.ts'
import type { Key, Store } from '../store.ts'

const KEPT_LINKS = 50

/** Codes and links to the mini-program that functions have made, so that a tester can open them on a phone. */
export class LaunchLinks {
  readonly #table: Database<LaunchLink, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #events: EventBus

  constructor(store: Store, clock: Clock, events: EventBus) {
    this.#table = store.table('launchLinks')
    this.#store = store
    this.#clock = clock
    this.#events = events
  }

  /** @param path of a page, with or without a slash before it @param query without `?` */
  add(kind: LaunchLink['kind'], path: unknown, query: unknown = ''): void {
    const page = textOf(path).replace(/^\//, '')
    const search = textOf(query).replace(/^\?/, '')
    const link: LaunchLink = {
      kind,
      page: search === '' ? page : `${page}${page.includes('?') ? '&' : '?'}${search}`,
      madeAt: this.#clock.now(),
    }
    this.#store.write(() => {
      const keys = [...this.#table.getKeys()]
      for (const old of keys.slice(0, Math.max(keys.length - KEPT_LINKS + 1, 0))) this.#table.removeSync(old)
      this.#table.putSync(Number(keys.at(-1) ?? 0) + 1, link)
    })
    this.#events.emit('messages')
  }

  /** The latest first. */
  list(): LaunchLink[] {
    return [...this.#table.getRange({ reverse: true })].map(({ value }) => value)
  }

  clear(): void {
    this.#store.write(() => this.#table.clearSync())
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
