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

export function adviceOn(collectionName: string): string {
  return `a document of \`${collectionName}\` carries _openid, so a client wrote it: set the collection’s permission to 仅管理员可读写 (ADMINONLY) and delete every document that has the field`
}
