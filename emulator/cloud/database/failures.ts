import { CloudError } from '../errors.ts'

/**
 * The failures of the database as they travel to the SDK. Codes and texts are those of the real service where
 * reports quote it; clients in the field tell a duplicate key or a conflict from the text alone.
 */

const CONTACT = 'Please check your request, but if the problem persists, contact us.'

/** The collection was never created, or was dropped (-502005). */
export class CollectionNotExist extends CloudError {
  readonly collection: string

  constructor(collection: string) {
    super(
      'DATABASE_COLLECTION_NOT_EXIST',
      `[ResourceNotFound] Db or Table not exist: ${collection}. Please check your request, but if the problem cannot ` +
        'be solved, contact us. 更多错误信息请访问：https://docs.cloudbase.net/error-code/basic/DATABASE_COLLECTION_NOT_EXIST',
    )
    this.collection = collection
  }
}

/** `createCollection` of a name in use. */
export function collectionAlreadyExist(): CloudError {
  return new CloudError(
    'DATABASE_COLLECTION_ALREADY_EXIST',
    `[ResourceUnavailable.ResourceExist] Table exist. ${CONTACT}`,
  )
}

/** One collection more than LIMITS.database.collections (-502004). */
export function tooManyCollections(limit: number): CloudError {
  return new CloudError(
    'DATABASE_COLLECTION_EXCEED_LIMIT',
    `[LimitExceeded.CollectionLimit] no more than ${limit} collections`,
  )
}

/** A request that was understood and can not be done (-502001). */
export function requestFailed(reason: string): CloudError {
  return new CloudError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${reason}`)
}

/** A query that no index serves well enough, in a cloud that refuses such queries (-502001). */
export function scansTooMuch(query: {
  readonly collection: string
  readonly conditions: readonly string[]
  readonly order: readonly string[]
  readonly index: string | undefined
  readonly maximum: number
}): CloudError {
  const { collection, conditions, order, index, maximum } = query
  const wanted = [...conditions, ...order].join(', ') || 'all documents'
  const by = index === undefined ? 'no index' : `the index ${index}`
  return requestFailed(
    `${collection}: more than ${maximum} documents scanned for (${wanted}) with ${by}; this cloud refuses such queries`,
  )
}

/** An update or insert refused while it was applied to a document, worded like the real service's (-502001). */
export function writeFailed(reason: string): CloudError {
  return requestFailed(`multiple write errors: [{write errors: [{${reason}}]}, {<nil>}]`)
}

/** A unique key held by another document (-502001). Clients match on `E11000`. */
export function duplicateKey(collection: string, index: string, key: string): CloudError {
  return new CloudError(
    'DATABASE_REQUEST_FAILED',
    '[FailedOperation.Insert] bulk write error: [{E11000 duplicate key error collection: ' +
      `tnt-local.${collection} index: ${index} dup key: ${key}}]`,
  )
}

/** An operator the service does not have, or refuses to run (-502002; the wire spells it so). */
export function invalidOperator(reason: string): CloudError {
  return new CloudError('DATABASE_INVALID_OPERRATOR', `[InvalidParameter] ${reason}`)
}

/** A write met a change made after the transaction's snapshot, or another open transaction's lock. */
export function transactionConflict(): CloudError {
  return new CloudError(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ' +
      CONTACT,
  )
}

/** The transaction was ended, ran out of its 30 seconds, or never was. */
export function transactionNotExist(): CloudError {
  return new CloudError(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be ' +
      `commit or abort in 30 seconds. ${CONTACT}`,
  )
}

/** More open transactions than LIMITS.database.openTransactions. */
export function tooManyTransactions(limit: number): CloudError {
  return new CloudError(
    'EXCEED_CONCURRENT_REQUEST_LIMIT',
    `[LimitExceeded] no more than ${limit} open transactions`,
  )
}
