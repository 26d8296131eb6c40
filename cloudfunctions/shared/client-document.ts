import { AppError } from './app-error.ts'
import { command as _ } from './database.ts'

/**
 * Under a wrongly set permission a client can write into a collection itself. WeChat then adds `_openid`, which no
 * document of ours carries and no client can leave out or take away.
 */
export const NOT_BY_CLIENT = { _openid: _.exists(false) }

/** Reads that a user sees or that decide something refuse such a document, and the log says what to do about it. */
export function refuseClientDocument(collectionName: string, document: unknown): void {
  if (typeof document === 'object' && document !== null && '_openid' in document) {
    throw new AppError('MISCONFIGURED', { log: adviceOn(collectionName) })
  }
}

/** What such a document may be, and both ways to deal with it. It is never advised to delete one: it may be a person's. */
export function adviceOn(collectionName: string): string {
  return `a document of \`${collectionName}\` carries _openid, so a client wrote it. Set the collection’s permission to 仅管理员可读写 (ADMINONLY) first. It is either of a person who registered with an earlier version of the app, which wrote from the mini-program: move it to a collection of its own, from which it can be imported; or a forgery of the time when the permission was open: move it to a collection of its own and look at it. It may be a customer: delete nothing (docs/troubleshooting.md)`
}
