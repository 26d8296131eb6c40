import { LIMITS } from '../../limits.ts'
import { compileExpression } from '../aggregate/expression.ts'
import type { Action } from '../commands/actions.ts'
import { requestFailed } from '../failures.ts'
import { find } from '../find/find.ts'
import { parseOrder } from '../query/order.ts'
import { compileQuery } from '../query/query.ts'
import { stringifyEjson } from '../values/ejson.ts'

/**
 * What a watch sees now. Not limited like a read, and by `_id` descending unless another order is asked for.
 * @throws DATABASE_REQUEST_FAILED for more documents than one watch takes
 */
export const watchDocuments: Action = (access, body) => {
  const collection = access.collection(body.collectionName())
  const query = body.query() ?? {}
  const order = body.order()
  const { watchedDocuments } = LIMITS.database
  const isLimited = body.hasLimit()
  const found = find(access, collection, query, compileQuery(query, compileExpression), {
    order: parseOrder(order && Object.keys(order).length > 0 ? order : { _id: -1 }),
    limit: isLimited ? body.wantedLimit() : watchedDocuments + 1,
  })
  if (found.length > watchedDocuments) {
    throw requestFailed(`a watch takes at most ${watchedDocuments} documents`)
  }
  return { list: found.map(({ document }) => stringifyEjson(document)) }
}
