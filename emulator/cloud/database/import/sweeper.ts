import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../store.ts'
import type { CollectionCatalog } from '../storage/collection-catalog.ts'
import type { Records } from '../storage/records.ts'

const ROWS_AT_ONCE = 500

/**
 * Removes the documents of dropped collections and of imports that were refused or interrupted, in short steps with
 * other requests between them. What it does not get to before the cloud ends, it does after the next start.
 */
export class Sweeper {
  readonly #store: Store
  readonly #catalog: CollectionCatalog
  readonly #records: Records
  /** Of imports under way. */
  readonly #kept = new Set<number>()
  #isSweeping = false
  #hasEnded = false

  constructor(store: Store, catalog: CollectionCatalog, records: Records) {
    this.#store = store
    this.#catalog = catalog
    this.#records = records
  }

  keep(id: number): void {
    this.#kept.add(id)
  }

  free(id: number): void {
    this.#kept.delete(id)
  }

  end(): void {
    this.#hasEnded = true
  }

  /** Begins to sweep, unless it does already. */
  sweep(): void {
    if (this.#isSweeping) return
    this.#isSweeping = true
    this.#sweepAll()
      // On a full disk the rest stays until the next time, which does no harm.
      .catch((error) => console.error(error))
      .finally(() => {
        this.#isSweeping = false
      })
  }

  async #sweepAll(): Promise<void> {
    for (let id = this.#next(); id !== undefined; id = this.#next()) {
      const discarded = id
      await turn()
      if (this.#hasEnded) return
      this.#store.write(() => {
        if (this.#records.clearSome(discarded, ROWS_AT_ONCE)) this.#catalog.forgetDiscarded(discarded)
      })
    }
  }

  #next(): number | undefined {
    if (this.#hasEnded) return undefined
    return this.#catalog.discarded().find((id) => !this.#kept.has(id))
  }
}
