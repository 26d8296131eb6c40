import { invalidParameter } from '../../errors.ts'
import type { Access } from '../access/access.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { find } from '../find/find.ts'
import { compileQuery } from '../query/query.ts'
import { type Document, isDocument } from '../values/document.ts'
import { authorizePipeline } from './authorize-pipeline.ts'
import type { ClientBody } from './client-body.ts'
import { type CollectionGuard, guardOf } from './collection-guard.ts'
import { permissionDenied } from './permission-denied.ts'
import { ruleRequest } from './rule-request.ts'

/**
 * Holds a mini-program's request against the permission of its collection, and narrows it to what is allowed.
 * @throws CloudError -502003, -501007 for what no mini-program may write
 */
export function authorize(access: Access, action: string, body: ClientBody, now: number): void {
  const request = ruleRequest(access, body.openid, now)
  const guard = guardOf(access.collection(body.collectionName()), request)
  const query = body.askedQuery() ?? {}
  switch (action) {
    case 'database.insertDocument':
      for (const document of body.documents()) guard.requireCreation(document)
      break
    case 'database.getDocument':
    case 'database.watchDocuments':
    case 'database.calculateDocument':
      body.restrictTo(guard.requireQuery('read', query))
      break
    case 'database.removeDocument':
      body.restrictTo(guard.requireQuery('delete', requireCondition(body)))
      break
    case 'database.modifyDocument':
      if (body.isReplacement) authorizeReplacement(access, guard, body)
      else body.restrictTo(guard.requireQuery('update', requireCondition(body), changedFields(body.data())))
      break
    case 'database.aggregateDocuments':
      authorizePipeline(access, guard, body, request)
      break
    default:
      throw invalidParameter(`${action.slice(0, 100)} is for cloud functions only`)
  }
}

/** A forgotten condition must not change or remove everything. */
function requireCondition(body: ClientBody): Document {
  const query = body.askedQuery()
  if (!query) throw invalidParameter('a condition is needed: where() or doc()')
  return query
}

/** `doc().set()`: an update of what is there, which keeps its `_openid`, or a creation. */
function authorizeReplacement(access: Access, guard: CollectionGuard, body: ClientBody): void {
  const query = requireCondition(body)
  const data = body.data()
  const collection = access.collection(body.collectionName())
  const [existing] = find(access, collection, query, compileQuery(query, compileExpression), { limit: 1 })
  if (!existing) {
    const document = { ...data, _openid: body.openid }
    guard.requireCreation({ _id: query['_id'], ...document })
    body.replaceBy(document)
    return
  }
  const restriction = guard.requireQuery('update', query, data)
  const { _openid: owner } = existing.document
  if ('_openid' in restriction && restriction['_openid'] !== owner) {
    throw permissionDenied('这个文档不是当前用户创建的')
  }
  body.replaceBy(owner === undefined ? data : { ...data, _openid: owner })
}

/** `request.data` of an update: what it sets, by field. */
function changedFields(operators: Document): Document {
  const fields: Document = {}
  const set = operators['$set']
  for (const [path, value] of isDocument(set) ? Object.entries(set) : []) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let target = fields
    for (const name of names) {
      const inner = Object.hasOwn(target, name) ? target[name] : undefined
      const next: Document = isDocument(inner) ? inner : {}
      target[name] = next
      target = next
    }
    target[last] = value
  }
  return fields
}
