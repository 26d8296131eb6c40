import * as v from 'valibot'
import { withoutIdentity } from '../shared/audit.ts'
import type { Invocation } from '../shared/call.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { users } from '../shared/users.ts'
import { BATCH, type Batch, idsOf, placeOf, stretchFrom } from './batch.ts'

/** Nothing younger is looked at: it may be of a login that is under way. */
const SETTLED_MILLISECONDS = 60 * 1000

/**
 * Each run looks at one stretch of every such collection, beginning where the hour says, for documents whose user was
 * asked for by id and is not there: what belonged to the user is removed, and records lose the identity. A user whose
 * document is there, damaged or not, keeps everything, however old it is.
 */
export async function removeStrayDocuments(invocation: Invocation): Promise<Batch> {
  const { budget, now } = invocation
  let count = 0
  for (const name of OWNED_COLLECTIONS) {
    const { ids, userIds } = await straysOf(invocation, name, 'createdAt', `u_${placeOf(now)}`)
    if (ids.length === 0) continue
    const strays = collection(name).where({ _id: _.in(ids), userId: _.in(userIds) })
    count += (await ask(budget, strays.remove())).stats.removed
  }
  const { ids, userIds } = await straysOf(invocation, 'audit_logs', 'at', placeOf(now))
  if (ids.length === 0) return { count }
  const strays = collection('audit_logs').where({ _id: _.in(ids), userId: _.in(userIds) })
  const { stats } = await ask(budget, strays.update({ data: withoutIdentity() }))
  return { count: count + stats.updated }
}

const documentSchema = v.object({ _id: v.string(), userId: v.string(), at: v.date() })

interface Strays {
  ids: string[]
  userIds: string[]
}

async function straysOf(
  invocation: Invocation,
  name: string,
  timeField: string,
  start: string,
): Promise<Strays> {
  const { budget, now } = invocation
  const found = await stretchFrom(budget, name, { start, most: BATCH })
  const documents = found.map((document) => {
    const fields = document as Record<string, unknown>
    return { ...fields, at: fields[timeField] }
  })
  // A record without a name is nobody's any more.
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

/** Those of which there is no document at all, whole or damaged. */
async function goneAmong({ budget }: Invocation, userIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  if (userIds.size === 0) return userIds
  const ids = [...userIds]
  const query = users()
    .where({ _id: _.in(ids) })
    .field({ _id: true })
    .limit(ids.length)
  const { data } = await ask(budget, query.get())
  const there = new Set(idsOf(data))
  return new Set(ids.filter((id) => !there.has(id)))
}
