import type { ClientDatabaseAnswer, ClientDatabaseRequest } from '../../control/client-database.ts'
import { CloudError } from '../errors.ts'
import { DataFolderUnwritable } from '../store.ts'
import type { Database } from './database.ts'

/** Numbers and words of `wx.cloud` for the words of the wire; the SDK has the same table. */
const FAILURES: Readonly<Record<string, readonly [number, string]>> = {
  INVALID_PARAM: [-501007, 'invalid parameters'],
  DATABASE_REQUEST_FAILED: [-502001, 'database request fail'],
  DATABASE_INVALID_OPERRATOR: [-502002, 'database invalid operator'],
  DATABASE_PERMISSION_DENIED: [-502003, 'database permission denied'],
  DATABASE_COLLECTION_EXCEED_LIMIT: [-502004, 'database collection exceed limit'],
  DATABASE_COLLECTION_NOT_EXIST: [-502005, 'database collection not exists'],
}
const SYSTEM_ERROR = [-501001, 'resource system error'] as const

/** The database as one person's mini-program reaches it. */
export class ClientDatabase {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Never rejects for what the request asks: a refusal is an answer. */
  async handle({ openid, action, fields }: ClientDatabaseRequest): Promise<ClientDatabaseAnswer> {
    try {
      const answer = await this.#database.handleForClient(`database.${action}`, fields, openid)
      return { data: (answer['data'] ?? {}) as Record<string, unknown> }
    } catch (error) {
      const [errCode, words] = FAILURES[codeOf(error)] ?? SYSTEM_ERROR
      const { message } = error as Error
      return { errCode, errMsg: `errCode: ${errCode} ${words} | errMsg: ${message}` }
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof CloudError) return error.code
  if (error instanceof DataFolderUnwritable) return 'SYS_ERR'
  throw error
}
