import type { MergeResult } from '../../../control/documents.ts'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import type { Access, Candidate } from '../access/access.ts'
import type { CommittedState } from '../access/committed-state.ts'
import type { Transactions } from '../access/transactions.ts'
import type { ChangeHistory } from '../history/change-history.ts'
import { duringRequest } from '../request.ts'
import type { Collection, CollectionCatalog } from '../storage/collection-catalog.ts'
import { idText } from '../storage/index-keys.ts'
import type { Records } from '../storage/records.ts'
import { equalValues } from '../values/ordering.ts'
import { type ImportOptions, type ImportTarget, importFile } from './import.ts'
import { type MergeCounts, type MergeOptions, mergeFile } from './merge.ts'
import { refusing, StagedCollection } from './staged-collection.ts'
import type { Sweeper } from './sweeper.ts'

export interface ImporterOptions {
  store: Store
  clock: Clock
  catalog: CollectionCatalog
  records: Records
  committed: CommittedState
  transactions: Transactions
  history: ChangeHistory
  sweeper: Sweeper
}

/** Imports files into staged collections, which replace the visible ones once a file is complete. */
export class Importer {
  readonly #options: ImporterOptions

  constructor(options: ImporterOptions) {
    this.#options = options
  }

  /** As `Database.importFile`. */
  async import(
    bytes: AsyncIterable<Uint8Array>,
    options: ImportOptions,
  ): Promise<{ name: string; documents: number }[]> {
    return this.#staging((stage) => importFile(this.#target(stage), bytes, options))
  }

  /** As `Database.mergeFile`. */
  async merge(name: string, bytes: AsyncIterable<Uint8Array>, options: MergeOptions): Promise<MergeResult> {
    const { clock, catalog } = this.#options
    catalog.get(name)
    return this.#staging((stage) => {
      const merge = (staged: StagedCollection, isDry: boolean) => this.#merge(name, staged, isDry)
      return mergeFile({ now: () => clock.now(), stage, merge }, bytes, options)
    })
  }

  #merge(name: string, staged: StagedCollection, isDry: boolean): MergeCounts {
    const { clock, committed, records } = this.#options
    const counts = { added: 0, replaced: 0, unchanged: 0 }
    const write = () =>
      committed.writeNow((access) => {
        const collection = access.collection(name)
        for (const { number, document } of records.scan(staged.collection)) {
          const found = documentWithId(access, collection, document['_id'])
          const isSame = found !== undefined && equalValues(found.document, document)
          refusing(staged.lineOf(number), () => {
            if (!found) access.insert(collection, document)
            else if (!isSame) access.replace(collection, found, document)
          })
          counts[found ? (isSame ? 'unchanged' : 'replaced') : 'added'] += 1
        }
        if (isDry) throw new DryRun()
      })
    try {
      duringRequest(clock.now(), write, { kind: 'import' })
    } catch (error) {
      if (!(error instanceof DryRun)) throw error
    }
    return counts
  }

  /** Staged collections go when `run` has ended, unless they have been adopted. */
  async #staging<Result>(run: (stage: () => StagedCollection) => Promise<Result>): Promise<Result> {
    const { store, catalog, records, sweeper } = this.#options
    const staged: StagedCollection[] = []
    try {
      return await run(() => {
        const collection = store.write(() => catalog.stage())
        sweeper.keep(collection.id)
        staged.push(new StagedCollection(store, records, collection))
        return staged.at(-1) as StagedCollection
      })
    } finally {
      for (const { collection } of staged) sweeper.free(collection.id)
      sweeper.sweep()
    }
  }

  #target(stage: () => StagedCollection): ImportTarget {
    const { store, clock, catalog, transactions, history } = this.#options
    return {
      now: () => clock.now(),
      stage,
      index: (collection, info) => store.write(() => catalog.stageIndex(collection, info)),
      adopt: (collections) => {
        transactions.abortAll()
        store.write(() => {
          for (const { staged, head } of collections) {
            const before = catalog.find(head.name)
            const permission = head.permission ?? before?.permission ?? 'ADMINONLY'
            catalog.adopt(staged.collection, head.name, permission, head.rules ?? before?.rules)
          }
        })
        for (const { head } of collections) history.forget(head.name)
      },
    }
  }
}

/** By the index alone: an import asks so for each of its documents. */
function documentWithId(access: Access, collection: Collection, id: unknown): Candidate | undefined {
  const [idIndex] = collection.indexes
  if (!idIndex) return undefined
  for (const candidate of access.lookup(collection, idIndex, [idText(id)])) {
    if (equalValues(candidate.document['_id'], id)) return candidate
  }
  return undefined
}

/** Undoes the write that it ends. */
class DryRun extends Error {
  override readonly name = 'DryRun'
}
