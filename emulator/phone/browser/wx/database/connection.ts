import type { ClientDatabaseAction } from '../../../../control/client-database.ts'
import type { CloudDatabase } from '../../device/cloud-database.ts'
import type { ErrorLog } from '../../device/error-log.ts'
import { isNetworkFailure } from '../../device/network-failure.ts'
import { DatabaseFailure } from './failure.ts'
import type { Fields } from './values.ts'

/** WeChat's code for a call without a network. */
const NETWORK_ERROR = -601001

/** Sends requests of the database as this phone's WeChat user. */
export class DatabaseConnection {
  readonly #cloud: CloudDatabase
  readonly #errors: ErrorLog
  readonly #requireInit: () => void

  /** @param requireInit throws until `wx.cloud.init` was called */
  constructor(cloud: CloudDatabase, errors: ErrorLog, requireInit: () => void) {
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
