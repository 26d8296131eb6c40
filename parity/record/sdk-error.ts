import type { AnsweredError } from '../core/answer.ts'

/** The action of the wire behind a call of the SDK, by how its errors begin. */
const ACTIONS: Readonly<Record<string, string>> = {
  'collection.add': 'database.insertDocument',
  'collection.get': 'database.getDocument',
  'document.get': 'database.getDocument',
  'collection.count': 'database.calculateDocument',
  'collection.update': 'database.modifyDocument',
  'document.update': 'database.modifyDocument',
  'document.set': 'database.modifyDocument',
  'collection.remove': 'database.removeDocument',
  'document.remove': 'database.removeDocument',
  'collection.aggregate': 'database.aggregateDocuments',
  createCollection: 'database.addCollection',
}

/** The words of the wire that the SDK turns into numbers. Whatever it does not know becomes -501001. */
const CODES: Readonly<Record<number, string>> = {
  [-501001]: 'SYS_ERR',
  [-501002]: 'SERVER_TIMEOUT',
  [-501003]: 'EXCEED_REQUEST_LIMIT',
  [-501004]: 'EXCEED_CONCURRENT_REQUEST_LIMIT',
  [-501005]: 'INVALIID_ENV',
  [-501006]: 'INVALID_COMMON_PARAM',
  [-501007]: 'INVALID_PARAM',
  [-501008]: 'INVALID_REQUEST_SOURCE',
  [-501009]: 'RESOURCE_NOT_INITIAL',
  [-502001]: 'DATABASE_REQUEST_FAILED',
  [-502002]: 'DATABASE_INVALID_OPERRATOR',
  [-502003]: 'DATABASE_PERMISSION_DENIED',
  [-502004]: 'DATABASE_COLLECTION_EXCEED_LIMIT',
  [-502005]: 'DATABASE_COLLECTION_NOT_EXIST',
  [-503001]: 'STORAGE_REQUEST_FAIL',
  [-503002]: 'STORAGE_EXCEED_AUTHORITY',
  [-503003]: 'STORAGE_FILE_NONEXIST',
  [-503004]: 'STORAGE_SIGN_PARAM_INVALID',
}

export function codeOf({ errCode, code }: AnsweredError): string | undefined {
  return code ?? (errCode === undefined ? undefined : CODES[errCode])
}

/** The service's own message, without what the SDK puts before it; undefined for an error that is not the service's. */
export function messageOf({
  errCode,
  code,
  text,
}: AnsweredError): { action: string | undefined; message: string } | undefined {
  if (code === undefined && (errCode === undefined || errCode === -1)) return undefined
  const [, call, message] = /^([\w.]+):fail (?:-\d+ [a-z' ]+\. )?(.*)$/s.exec(text) ?? []
  if (call === undefined || message === undefined) return undefined
  return { action: ACTIONS[call], message }
}
