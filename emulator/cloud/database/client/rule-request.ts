import type { Access } from '../access/access.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { find } from '../find/find.ts'
import { compileQuery } from '../query/query.ts'
import { compileRegex } from '../query/regex.ts'
import { runRegex } from '../query/regex-run.ts'
import type { Request } from './collection-guard.ts'
import { permissionDenied } from './permission-denied.ts'

/** Documents that the rules of one request may read by `get(…)` (CloudBase: 系统函数, 使用限制). */
const MAXIMUM_GET_DOCUMENTS = 10

/** What security rules know of a request: who asks, when, and the documents that they ask for by `get(…)`. */
export function ruleRequest(access: Access, openid: string, now: number): Request {
  const known = new Map<string, unknown>()
  return {
    openid,
    now,
    get(path) {
      if (known.has(path)) return known.get(path)
      if (known.size >= MAXIMUM_GET_DOCUMENTS) {
        throw permissionDenied(`安全规则里的 get 最多读 ${MAXIMUM_GET_DOCUMENTS} 个文档`)
      }
      const document = readDocument(access, path)
      known.set(path, document)
      return document
    },
    test: (source, flags, text) =>
      runRegex(compileRegex(source, flags.replace(/[^ims]/g, '')), text) !== null,
  }
}

/** @param path `database.<collection>.<id>` */
function readDocument(access: Access, path: string): unknown {
  const [, name = '', id = ''] = /^database\.([^.]+)\.(.+)$/s.exec(path) ?? []
  const collection = access.findCollection(name)
  if (!collection) return null
  const query = { _id: { $eq: id } }
  const [found] = find(access, collection, query, compileQuery(query, compileExpression), { limit: 1 })
  return found?.document ?? null
}
