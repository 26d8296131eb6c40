import type { ChangeOrigin } from '../../../control/documents.ts'
import type { Clock } from '../../clock.ts'
import { CloudError, invalidParameter } from '../../errors.ts'
import type { Behaviours } from '../../follow/behaviours.ts'
import type { CommittedState } from '../access/committed-state.ts'
import { Locked } from '../access/locks.ts'
import type { Transactions } from '../access/transactions.ts'
import { requestFailed, transactionNotExist } from '../failures.ts'
import type { CallReads } from '../history/call-reads.ts'
import type { QueryWatch } from '../query-watch.ts'
import { duringRequest, type OnFound, requestBehaviours } from '../request.ts'
import { ACTIONS, type Action, READING_ACTIONS } from './actions.ts'
import { CommandBody } from './command-body.ts'

export interface CommandHandlerOptions {
  clock: Clock
  committed: CommittedState
  transactions: Transactions
  watch: QueryWatch
  createCollection: (name: string) => void
  behaviours?: Behaviours | undefined
  /** What calls of functions find. */
  reads: CallReads
}

/** The `database.*` actions of the SDK. */
export class CommandHandler {
  readonly #options: CommandHandlerOptions

  constructor(options: CommandHandlerOptions) {
    this.#options = options
  }

  /**
   * Answers one request of the SDK. A write outside a transaction waits while an open transaction holds one of its
   * documents.
   * @param body the parsed JSON body; its fields are not trusted
   * @param origin who asks, for the history
   * @param onWait called when the write begins to wait, and when it continues
   * @returns the answer without its `requestId`
   * @throws CloudError, and nothing else
   */
  handle(
    action: string,
    body: Record<string, unknown>,
    origin: ChangeOrigin,
    onWait?: (isWaiting: boolean) => void,
  ): Promise<Record<string, unknown>> {
    return this.whenUnlocked((now) => this.#answer(action, body, now), origin, onWait)
  }

  /** Answers as soon as no open transaction holds a document of the request. @throws CloudError, and nothing else */
  async whenUnlocked(
    answer: (now: number) => Record<string, unknown>,
    origin: ChangeOrigin,
    onWait?: (isWaiting: boolean) => void,
  ): Promise<Record<string, unknown>> {
    for (;;) {
      const now = this.#options.clock.now()
      try {
        return duringRequest(now, () => answer(now), origin, this.#options.behaviours, this.#onFound(origin))
      } catch (error) {
        if (!(error instanceof Locked)) throw asCloudError(error)
        onWait?.(true)
        await error.holder.ended
        onWait?.(false)
      }
    }
  }

  #onFound(origin: ChangeOrigin): OnFound | undefined {
    if (origin.kind !== 'call') return undefined
    return (collection, documents) => this.#options.reads.add(origin.requestId, collection, documents)
  }

  #answer(name: string, fields: Record<string, unknown>, now: number): Record<string, unknown> {
    const body = new CommandBody(fields, { now })
    switch (name) {
      case 'database.addCollection':
        this.#options.createCollection(body.collectionName())
        return {}
      case 'database.startTransaction':
        return { transactionId: this.#options.transactions.start().id }
      case 'database.commitTransaction':
        this.#options.transactions.commit(requireId(body))
        return {}
      case 'database.abortTransaction':
        this.#options.transactions.abort(this.#options.transactions.get(requireId(body)))
        return {}
    }
    const action = ACTIONS.get(name)
    if (!action) throw invalidParameter(`unknown action: ${name.slice(0, 100)}`)
    const transactionId = body.transactionId()
    if (transactionId !== undefined)
      return { data: this.#inTransaction(transactionId, name, action, body, now) }
    if (READING_ACTIONS.has(name))
      return { data: action(this.#options.committed.access(this.#options.watch), body, now) }
    return { data: this.#options.committed.write((access) => action(access, body, now), this.#options.watch) }
  }

  /**
   * A write that fails ends the transaction, as in MongoDB; a read, or a request that could not be understood, does
   * not.
   */
  #inTransaction(
    id: string,
    name: string,
    action: Action,
    body: CommandBody,
    now: number,
  ): Record<string, unknown> {
    const transaction = this.#options.transactions.get(id)
    try {
      return action(transaction, body, now)
    } catch (error) {
      const code = asCloudError(error).code
      const isEnding =
        code === 'DATABASE_TRANSACTION_CONFLICT' || requestBehaviours().failedWriteEndsTransaction
      if (isEnding && !READING_ACTIONS.has(name) && ABORTING_CODES.has(code))
        this.#options.transactions.abort(transaction)
      throw error
    }
  }
}

/** The failures of a write that end its transaction. */
const ABORTING_CODES = new Set(['DATABASE_TRANSACTION_CONFLICT', 'DATABASE_REQUEST_FAILED'])

function requireId(body: CommandBody): string {
  const id = body.transactionId()
  if (id === undefined) throw transactionNotExist()
  return id
}

/** What is thrown by the library on values that do not fit; anything else is a fault of ours. */
const LIBRARY_ERRORS = new Set(['BSONError', 'BSONVersionError', 'BSONRuntimeError'])

function asCloudError(error: unknown): CloudError {
  if (error instanceof CloudError) return error
  const name = error instanceof Error ? error.constructor.name : ''
  const reason = error instanceof Error ? error.message : 'unknown failure'
  return LIBRARY_ERRORS.has(name)
    ? requestFailed(reason)
    : new CloudError('SYS_ERR', `[InternalError] ${reason}`)
}
