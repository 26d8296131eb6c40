import { createHash } from 'node:crypto'
import type { Invocation } from './call.ts'
import { log } from './log.ts'

/** Of one collection, in one line of the log. */
const MOST_NAMED = 20
/** A whole phone number, or WeChat's openid: some apps have made ids of those. */
const PERSONAL = /\d{7}|(^|[^\w-])o[\w-]{27}($|[^\w-])/

/** Says in the log which documents cannot be read. They are left as they are. */
export function reportDamaged(
  { functionName, requestId }: Invocation,
  collectionName: string,
  documents: readonly unknown[],
): void {
  if (documents.length === 0) return
  log('error', {
    function: functionName,
    requestId,
    reason: 'INTERNAL',
    detail: `documents of \`${collectionName}\` are damaged and were left as they are: repair them in the cloud console`,
    damaged: documents.slice(0, MOST_NAMED).map(nameOf),
    count: documents.length,
  })
}

/** Its id; in the place of one that may be personal, the start of its SHA-256. */
export function nameOf(document: unknown): string {
  const { _id: id } = (document ?? {}) as { _id?: unknown }
  const text = typeof id === 'string' ? id : (JSON.stringify(id) ?? 'without an id')
  if (!PERSONAL.test(text)) return text
  return `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
