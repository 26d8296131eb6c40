import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { withoutIdentity } from '../shared/audit.ts'
import type { Invocation } from '../shared/call.ts'
import { isBefore } from '../shared/clock-skew.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { users } from '../shared/users.ts'
import { BATCH, withIds } from './batch.ts'

/** Nothing younger is looked at: it may be of a login that is under way. */
const SETTLED_MILLISECONDS = 60 * 1000

/**
 * A write that was under way in the very moment an account was closed may have landed after the closing had swept. So
 * each run looks at one stretch of every such collection, beginning where the hour says, for documents whose user is
 * gone or has registered anew since: what belonged to the user is removed, and records lose the identity.
 */
export async function removeStrayDocuments(invocation: Invocation): Promise<number> {
  const { budget } = invocation
  const counts = await Promise.all([
    ...OWNED_COLLECTIONS.map(async (name) => {
      const ids = await straysOf(invocation, name, 'createdAt', `u_${placeOf(invocation.now)}`)
      if (ids.length > 0) await ask(budget, withIds(name, ids).remove())
      return ids.length
    }),
    straysOf(invocation, 'audit_logs', 'at', placeOf(invocation.now)).then(async (ids) => {
      if (ids.length > 0) await ask(budget, withIds('audit_logs', ids).update({ data: withoutIdentity() }))
      return ids.length
    }),
  ])
  return counts.reduce((sum, count) => sum + count, 0)
}

const documentSchema = v.object({ _id: v.string(), userId: v.string(), at: v.date() })
const userSchema = v.object({ _id: v.string(), createdAt: v.date() })

async function straysOf(
  { budget, now }: Invocation,
  name: string,
  timeField: string,
  start: string,
): Promise<string[]> {
  const stretch = (condition: object) =>
    ask(
      budget,
      collection(name)
        .where({ userId: _.exists(true), ...condition })
        .orderBy('_id', 'asc')
        .limit(BATCH)
        .get(),
    )
  const after = await stretch({ _id: _.gte(start) })
  // Past the end it goes on at the beginning.
  const documents =
    after.data.length < BATCH ? [...after.data, ...(await stretch({ _id: _.lt(start) })).data] : after.data
  const candidates = documents.flatMap((document) => {
    const fields = document as Record<string, unknown>
    const parsed = v.safeParse(documentSchema, { ...fields, at: fields[timeField] })
    return parsed.success && parsed.output.at.getTime() < now - SETTLED_MILLISECONDS ? [parsed.output] : []
  })
  if (candidates.length === 0) return []
  const since = await registeredSince(budget, [...new Set(candidates.map(({ userId }) => userId))])
  return candidates.filter(({ userId, at }) => isBefore(at, since.get(userId) ?? NEVER)).map(({ _id }) => _id)
}

const NEVER = new Date(8.64e15)

async function registeredSince(
  budget: Invocation['budget'],
  ids: readonly string[],
): Promise<Map<string, Date>> {
  const query = users()
    .where({ _id: _.in([...ids]) })
    .limit(ids.length)
  const { data } = await ask(budget, query.get())
  return new Map(
    data.flatMap((document) => {
      const user = v.safeParse(userSchema, document)
      return user.success ? [[user.output._id, user.output.createdAt] as const] : []
    }),
  )
}

/** A place among ids of base64url, another one every hour: in time every stretch has its turn. */
function placeOf(now: number): string {
  const hour = Math.floor(now / (60 * 60 * 1000))
  return createHash('sha256').update(String(hour)).digest('base64url').slice(0, 8)
}
