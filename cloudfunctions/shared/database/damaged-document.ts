import { createHash } from 'node:crypto'
import { log } from '../core/log.ts'
import type { Invocation } from '../request/call.ts'
import { type CollectionName, databaseName } from './collection-names.ts'

/** How many documents of one collection one line of the log names. */
const MOST_NAMED = 20
/** A whole phone number, or WeChat's openid: some apps use those as ids. */
const PERSONAL = /\d{7}|(^|[^\w-])o[\w-]{27}($|[^\w-])/

/** Logs which documents cannot be read. Does not change them. */
export function reportDamaged(
  { functionName, requestId }: Invocation,
  collectionName: CollectionName,
  documents: readonly unknown[],
): void {
  if (documents.length === 0) return
  log('error', {
    function: functionName,
    requestId,
    reason: 'INTERNAL',
    detail: `documents of \`${databaseName(collectionName)}\` are damaged and were left as they are: repair them in the cloud console`,
    damaged: documents.slice(0, MOST_NAMED).map(nameOf),
    count: documents.length,
  })
}

/** The document's id, or the start of the id's SHA-256 where the id may be personal. */
function nameOf(document: unknown): string {
  const { _id: id } = (document ?? {}) as { _id?: unknown }
  const text = typeof id === 'string' ? id : (JSON.stringify(id) ?? 'without an id')
  if (!PERSONAL.test(text)) return text
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
