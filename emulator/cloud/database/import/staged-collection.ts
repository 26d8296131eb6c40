import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { CloudError } from '../../errors.ts'
import type { Store } from '../../store.ts'
import { checkDocument } from '../storage/check-document.ts'
import type { Collection, IndexDefinition } from '../storage/collection-catalog.ts'
import type { Records } from '../storage/records.ts'
import type { Document } from '../values/document.ts'
import { ImportRefused } from './failure.ts'

/** How long other requests may have to wait for one step of an import, not counting the disk. */
const SLICE_MILLISECONDS = 10
const LARGEST_BATCH = 500

/**
 * Documents that are stored under a number of their own and under no name yet, so that nobody sees them. Written in
 * short transactions with other requests between them.
 */
export class StagedCollection {
  readonly #store: Store
  readonly #records: Records
  #collection: Collection
  #batch: { document: Document; line: number }[] = []
  /** The line of each document by its record number, from 1. */
  readonly #lines: number[] = []

  constructor(store: Store, records: Records, collection: Collection) {
    this.#store = store
    this.#records = records
    this.#collection = collection
  }

  get collection(): Collection {
    return this.#collection
  }

  /** The line of a document by its record number. */
  lineOf(number: number): number | undefined {
    return this.#lines[number - 1]
  }

  /** @throws ImportRefused naming the line of this document, or of one given before it */
  async add(document: Document, line: number): Promise<void> {
    const { _id, ...fields } = document
    this.#batch.push({ document: { _id: _id ?? randomBytes(16).toString('hex'), ...fields }, line })
    if (this.#batch.length >= LARGEST_BATCH) await this.flush()
  }

  /** Writes the added documents. @throws as {@link add} */
  async flush(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    let next = 0
    while (next < batch.length) {
      this.#store.write(() => {
        const until = performance.now() + SLICE_MILLISECONDS
        do {
          const { document, line } = batch[next] as (typeof batch)[number]
          refusing(line, () => {
            checkDocument(document)
            this.#records.insert(this.#collection, document)
          })
          this.#lines.push(line)
          next += 1
        } while (next < batch.length && performance.now() < until)
      })
      await turn()
    }
  }

  /**
   * Lists every document in a further index.
   * @throws ImportRefused naming the line of the document that a unique index does not take
   */
  async buildIndex(index: IndexDefinition): Promise<void> {
    let next = 1
    while (next <= this.#lines.length) {
      this.#store.write(() => {
        const until = performance.now() + SLICE_MILLISECONDS
        do {
          const number = next
          refusing(this.#lines[number - 1], () => this.#records.enterIndex(this.#collection, index, number))
          next += 1
        } while (next <= this.#lines.length && performance.now() < until)
      })
      await turn()
    }
    this.#collection = { ...this.#collection, indexes: [...this.#collection.indexes, index] }
  }
}

/** @throws ImportRefused for a CloudError */
export function refusing(line: number | undefined, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw error instanceof CloudError ? new ImportRefused(line, error.message) : error
  }
}
