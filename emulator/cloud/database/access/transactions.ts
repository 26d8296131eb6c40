import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { LIMITS } from '../../limits.ts'
import type { Store } from '../../store.ts'
import { tooManyTransactions, transactionNotExist } from '../failures.ts'
import type { ChangeHistory } from '../history/change-history.ts'
import { requestMoment, requestOrigin } from '../request.ts'
import type { CollectionCatalog } from '../storage/collection-catalog.ts'
import type { Records } from '../storage/records.ts'
import type { Locks } from './locks.ts'
import { type Deadline, Transaction } from './transaction.ts'

/** How often transactions that have run out of time are looked for, so that those waiting for them go on. */
const SWEEP_MILLISECONDS = 200

interface TransactionParts {
  readonly catalog: CollectionCatalog
  readonly records: Records
  readonly locks: Locks
  readonly history: ChangeHistory
  /** For how long a debugger has stopped functions in all: their transactions wait for them. */
  readonly stoppedMilliseconds: () => number
}

/** The open transactions. They live in memory: after a restart none of them exists. */
export class Transactions {
  readonly #store: Store
  readonly #clock: Clock
  readonly #parts: TransactionParts
  readonly #open = new Map<string, Transaction>()
  #sweeper: NodeJS.Timeout | undefined

  constructor(store: Store, clock: Clock, parts: TransactionParts) {
    this.#store = store
    this.#clock = clock
    this.#parts = parts
  }

  get isAnyOpen(): boolean {
    return this.#open.size > 0
  }

  /** @throws EXCEED_CONCURRENT_REQUEST_LIMIT */
  start(): Transaction {
    this.#sweep()
    const limit = LIMITS.database.openTransactions
    if (this.#open.size >= limit) throw tooManyTransactions(limit)
    const transaction = new Transaction(randomUUID(), this.#deadline(), this.#store, this.#parts)
    this.#open.set(transaction.id, transaction)
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_MILLISECONDS).unref()
    return transaction
  }

  /** @throws DATABASE_TRANSACTION_FAIL when it has ended, ran out of time or never was. */
  get(id: string): Transaction {
    this.#sweep()
    const transaction = this.#open.get(id)
    if (!transaction) throw transactionNotExist()
    return transaction
  }

  /** @throws DATABASE_TRANSACTION_FAIL, or why its writes can not be made; it has then been rolled back. */
  commit(id: string): void {
    const transaction = this.get(id)
    try {
      const { changed, writes } = this.#store.write(() => transaction.apply())
      this.#parts.locks.noteChanges(changed)
      this.#parts.history.add(writes, requestMoment(), requestOrigin())
    } finally {
      this.abort(transaction)
    }
  }

  /** Ends a transaction without a trace. */
  abort(transaction: Transaction): void {
    if (!this.#open.delete(transaction.id)) return
    transaction.close()
    if (this.#open.size > 0) return
    this.#parts.locks.forgetChanges()
    clearInterval(this.#sweeper)
    this.#sweeper = undefined
  }

  abortAll(): void {
    for (const transaction of [...this.#open.values()]) this.abort(transaction)
  }

  /** By the cloud's clock, and by the machine's, lest a clock that was put back keeps documents locked for hours. */
  #deadline(): Deadline {
    const milliseconds = LIMITS.database.transactionSeconds * 1000
    const { clock, monotonic } = this.#now()
    return { clock: clock + milliseconds, monotonic: monotonic + milliseconds }
  }

  #now(): Deadline {
    const stopped = this.#parts.stoppedMilliseconds()
    return { clock: this.#clock.now() - stopped, monotonic: performance.now() - stopped }
  }

  #sweep(): void {
    const now = this.#now()
    for (const transaction of [...this.#open.values()]) {
      const { clock, monotonic } = transaction.deadline
      if (clock <= now.clock || monotonic <= now.monotonic) this.abort(transaction)
    }
  }
}
