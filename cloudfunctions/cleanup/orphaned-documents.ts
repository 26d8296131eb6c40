import * as v from 'valibot'
import { OWNED_COLLECTIONS } from '../app-config.ts'
import { reportDamaged } from '../shared/database/damaged-document.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { anonymization } from '../shared/users/audit.ts'
import { movedAmong } from '../shared/users/closed-accounts.ts'
import { users } from '../shared/users/users.ts'
import { BATCH, type Batch, idsOf, rangeFrom, rangeStart } from './batch.ts'

/** Younger documents are skipped: they may belong to a login that is under way. */
const SETTLED_MILLISECONDS = 60 * 1000

/**
 * Checks a range of every owned collection and of `audit_logs`, another one in every run, for documents whose user does not
 * exist. Reads those users by id first. Deletes the owned documents, and anonymizes the audit entries. A user whose
 * document exists, damaged or not, keeps everything.
 */
export async function removeOrphanedDocuments(invocation: Invocation): Promise<Batch> {
  const { budget, now } = invocation
  let count = 0
  for (const name of OWNED_COLLECTIONS) {
    const { ids, userIds } = await orphansOf(invocation, name, 'createdAt', `u_${rangeStart(now)}`)
    if (ids.length === 0) continue
    const orphans = collection(name).where({ _id: _.in(ids), userId: _.in(userIds) })
    count += (await query(budget, orphans.remove())).stats.removed
  }
  const { ids, userIds } = await orphansOf(invocation, 'audit_logs', 'at', rangeStart(now))
  if (ids.length === 0) return { count }
  const orphans = collection('audit_logs').where({ _id: _.in(ids), userId: _.in(userIds) })
  const { stats } = await query(budget, orphans.update({ data: anonymization() }))
  return { count: count + stats.updated }
}

const documentSchema = v.object({ _id: v.string(), userId: v.string(), at: v.date() })

interface Orphans {
  ids: string[]
  userIds: string[]
}

async function orphansOf(
  invocation: Invocation,
  name: string,
  timeField: string,
  start: string,
): Promise<Orphans> {
  const { budget, now } = invocation
  const found = await rangeFrom(budget, name, { start, most: BATCH })
  const documents = found.map((document) => {
    const fields = document as Record<string, unknown>
    return { ...fields, at: fields[timeField] }
  })
  // An audit entry without a user is anonymized already.
  const named = documents.filter((document) => 'userId' in document)
  reportDamaged(
    invocation,
    name,
    named.filter((document) => !v.is(documentSchema, document)),
  )
  const candidates = named
    .filter((document) => v.is(documentSchema, document))
    .filter(({ at }) => at.getTime() < now - SETTLED_MILLISECONDS)
  const gone = await goneAmong(invocation, new Set(candidates.map(({ userId }) => userId)))
  const ids = candidates.filter(({ userId }) => gone.has(userId)).map(({ _id }) => _id)
  return { ids, userIds: [...gone] }
}

/** The user ids without any document, whole or damaged. Documents of an account that moved follow it (`closed-accounts.ts`). */
async function goneAmong({ budget }: Invocation, userIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (userIds.size === 0) return userIds
  const ids = [...userIds]
  const selection = users()
    .where({ _id: _.in(ids) })
    .field({ _id: true })
    .limit(ids.length)
  const { data } = await query(budget, selection.get())
  const there = new Set(idsOf(data))
  const gone = ids.filter((id) => !there.has(id))
  const moved = gone.length === 0 ? new Set() : await movedAmong(budget, gone)
  return new Set(gone.filter((id) => !moved.has(id)))
}
