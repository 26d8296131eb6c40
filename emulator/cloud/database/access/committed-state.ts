import type { Store } from '../../store.ts'
import { transactionConflict } from '../failures.ts'
import type { ChangeHistory } from '../history/change-history.ts'
import type { QueryWatch } from '../query-watch.ts'
import { requestMoment, requestOrigin } from '../request.ts'
import type { CollectionCatalog } from '../storage/collection-catalog.ts'
import type { Records } from '../storage/records.ts'
import { CommittedAccess } from './committed-access.ts'
import { Locked, type Locks } from './locks.ts'
import type { Transactions } from './transactions.ts'

export interface DatabaseState {
  store: Store
  catalog: CollectionCatalog
  records: Records
  locks: Locks
  transactions: Transactions
  history: ChangeHistory
}

/** Reads and writes what is committed, outside any transaction. */
export class CommittedState {
  readonly #state: DatabaseState

  constructor(state: DatabaseState) {
    this.#state = state
  }

  /** @param watch checks the queries that are read through this access */
  access(watch?: QueryWatch): CommittedAccess {
    const { catalog, records, locks } = this.#state
    return new CommittedAccess(catalog, records, locks, watch)
  }

  /** Runs `write` as one durable write. @throws Locked while an open transaction holds one of its documents */
  write<Result>(write: (access: CommittedAccess) => Result, watch?: QueryWatch): Result {
    const { store, locks, transactions, history } = this.#state
    const access = this.access(watch)
    const result = store.write(() => write(access))
    if (transactions.isAnyOpen) locks.noteChanges(access.changed)
    history.add(access.writes, requestMoment(), requestOrigin())
    return result
  }

  /** As {@link write}, for callers that cannot wait. @throws CloudError DATABASE_TRANSACTION_CONFLICT if locked */
  writeNow<Result>(write: (access: CommittedAccess) => Result): Result {
    try {
      return this.write(write)
    } catch (error) {
      throw error instanceof Locked ? transactionConflict() : error
    }
  }
}
