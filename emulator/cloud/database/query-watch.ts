import { scansTooMuch } from './failures.ts'

/** What a query asks for, in words. */
export interface QueryShape {
  readonly collection: string
  /** Such as `userId =`, `at <`. */
  readonly conditions: readonly string[]
  /** Such as `at descending`. */
  readonly order: readonly string[]
}

/** What one query asked for and what it cost. */
export interface ObservedQuery extends QueryShape {
  /** The name of the index it was answered by; undefined when documents were read one after the other. */
  readonly index: string | undefined
  readonly documentsRead: number
  readonly documentsFound: number
}

/**
 * Sees what every query reads, outside transactions. A large collection makes a query without an index run out of time;
 * here, where collections are small, it can be refused instead.
 */
export class QueryWatch {
  /** More documents than this may not be read without an index, or with one and without matching. */
  maximumScannedDocuments = Number.POSITIVE_INFINITY
  /** Called after each query that was not refused. */
  onQuery: ((query: ObservedQuery) => void) | undefined

  begin(index: string | undefined, shape: () => QueryShape): QueryReading {
    return new QueryReading(this, index, shape)
  }
}

/** Counts what one query reads. */
export class QueryReading {
  readonly #watch: QueryWatch
  readonly #index: string | undefined
  readonly #shape: () => QueryShape
  #read = 0
  #found = 0

  constructor(watch: QueryWatch, index: string | undefined, shape: () => QueryShape) {
    this.#watch = watch
    this.#index = index
    this.#shape = shape
  }

  /** @throws DATABASE_REQUEST_FAILED when this was one document too many */
  note(isMatch: boolean): void {
    this.#read += 1
    if (isMatch) this.#found += 1
    const scanned = this.#index === undefined ? this.#read : this.#read - this.#found
    const maximum = this.#watch.maximumScannedDocuments
    if (scanned > maximum) throw scansTooMuch({ ...this.#shape(), index: this.#index, maximum })
  }

  end(): void {
    this.#watch.onQuery?.({
      ...this.#shape(),
      index: this.#index,
      documentsRead: this.#read,
      documentsFound: this.#found,
    })
  }
}
