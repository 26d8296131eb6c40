import type { Collection } from '../storage/collection-catalog.ts'
import { indexedValues, keyText } from '../storage/index-keys.ts'
import type { Document } from '../values/document.ts'

/** May hold locks until it has ended. */
export interface Holder {
  readonly ended: Promise<void>
}

/** Thrown out of a write outside transactions to say that it has to wait for a transaction to end. */
export class Locked extends Error {
  override readonly name = 'Locked'
  readonly holder: Holder

  constructor(holder: Holder) {
    super('locked by an open transaction')
    this.holder = holder
  }
}

/**
 * Who is writing each key, and which commit wrote it last. A lock is on a unique key (a document's `_id` among them),
 * so that an insert of a document that does not exist yet can be locked too.
 */
export class Locks {
  readonly #holders = new Map<string, Holder>()
  readonly #changes = new Map<string, number>()
  #sequence = 0

  /** The moment up to which changes have been noted, to be compared by {@link changedAfter}. */
  get sequence(): number {
    return this.#sequence
  }

  holder(key: string): Holder | undefined {
    return this.#holders.get(key)
  }

  take(key: string, holder: Holder): void {
    this.#holders.set(key, holder)
  }

  release(holder: Holder): void {
    for (const [key, current] of this.#holders) if (current === holder) this.#holders.delete(key)
  }

  /** Notes committed changes, for the transactions that are open. */
  noteChanges(keys: Iterable<string>): void {
    this.#sequence += 1
    for (const key of keys) this.#changes.set(key, this.#sequence)
  }

  changedAfter(key: string, sequence: number): boolean {
    return (this.#changes.get(key) ?? 0) > sequence
  }

  /** Called when no transaction is open any more: nobody is left who could meet an old change. */
  forgetChanges(): void {
    this.#changes.clear()
  }
}

/** The locks a write needs for the document it takes away and the one it leaves. */
export function lockKeys(
  collection: Collection,
  ...documents: readonly (Document | undefined)[]
): Set<string> {
  const keys = new Set<string>()
  for (const index of collection.indexes) {
    if (!index.unique) continue
    for (const document of documents) {
      for (const values of document ? indexedValues(index, document) : []) {
        keys.add(`${collection.id}/${index.number}/${keyText(values)}`)
      }
    }
  }
  return keys
}
