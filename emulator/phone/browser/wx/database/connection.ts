import type {
  ClientDatabaseAction,
  ClientDatabaseAnswer,
  ClientDatabaseRequest,
} from '../../../../control/client-database.ts'
import { isNetworkFailure } from '../../device/network-failure.ts'
import { DatabaseFailure } from './failure.ts'
import type { Fields } from './values.ts'

/** WeChat's code for a call without a network. */
const NETWORK_ERROR = -601001

/** The cloud's database, with the permissions of one WeChat user. */
export interface DatabaseCloud {
  /** @throws NetworkFailure */
  request(
    action: ClientDatabaseAction,
    fields: ClientDatabaseRequest['fields'],
  ): Promise<ClientDatabaseAnswer>
  /** Documents have changed, or may have. @returns a function that stops the listener */
  onChange(listener: () => void): () => void
}

/** What there is to say about the mini-program. */
export interface NoteLog {
  /** WeChat tolerates it. */
  note(text: string): void
  /** An error. */
  addOnce(text: string): void
}

/** Sends requests of the database as this phone's WeChat user. */
export class DatabaseConnection {
  readonly #cloud: DatabaseCloud
  readonly #errors: Pick<NoteLog, 'note'>
  readonly #requireInit: () => void

  /** @param requireInit throws until `wx.cloud.init` was called */
  constructor(cloud: DatabaseCloud, errors: Pick<NoteLog, 'note'>, requireInit: () => void) {
    this.#cloud = cloud
    this.#errors = errors
    this.#requireInit = requireInit
  }

  /** @returns the `data` of the answer @throws DatabaseFailure */
  async send(action: ClientDatabaseAction, fields: Fields): Promise<Fields> {
    this.#requireInit()
    const answer = await this.#cloud.request(action, fields).catch((error: unknown) => {
      if (!isNetworkFailure(error)) throw error
      throw new DatabaseFailure(NETWORK_ERROR, `request:fail -2:${error.message}`)
    })
    if ('errCode' in answer) throw new DatabaseFailure(answer.errCode, answer.errMsg)
    return answer.data
  }

  /** What WeChat does without a word, for the tester's panel. */
  note(text: string): void {
    this.#errors.note(text)
  }

  /** Calls the listener after each change of documents. @returns a function that stops it */
  onChange(listener: () => void): () => void {
    return this.#cloud.onChange(listener)
  }
}

export function isOffline(error: unknown): boolean {
  return error instanceof DatabaseFailure && error.errCode === NETWORK_ERROR
}
