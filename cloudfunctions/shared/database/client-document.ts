import { AppError } from '../core/app-error.ts'
import { type CollectionName, databaseName } from './collection-names.ts'
import { command as _ } from './database.ts'

/**
 * A collection with a wrong permission lets clients write into it. WeChat then adds `_openid`, which no document of the
 * functions has and no client can omit or remove.
 */
export const NOT_BY_CLIENT = { _openid: _.exists(false) }

/** Refuses a document that a client wrote, and logs what to do about it. @throws AppError MISCONFIGURED */
export function refuseClientDocument(collectionName: CollectionName, document: unknown): void {
  if (typeof document === 'object' && document !== null && '_openid' in document) {
    throw new AppError('MISCONFIGURED', { alarm: 'CLIENT_DOCUMENTS', log: adviceOn(collectionName) })
  }
}

/** What such a document may be, and both ways to handle it. The advice is never to delete one: it may be a customer's. */
export function adviceOn(collectionName: CollectionName): string {
  return `a document of \`${databaseName(collectionName)}\` carries _openid, so a client wrote it. Set the collection’s permission to 仅管理员可读写 (ADMINONLY) first. It is either of a person who registered with an earlier version of the app, which wrote from the mini-program: move it to a collection of its own and import it from there (docs/en/import-users.md); or a forgery of the time when the permission was open: move it to a collection of its own and look at it. It may be a customer: delete nothing (docs/en/troubleshooting.md)`
}
