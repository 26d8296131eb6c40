import * as v from 'valibot'
import { withoutIdentity } from '../shared/audit.ts'
import type { Invocation } from '../shared/call.ts'
import { type ClosedAccount, lastMomentOf, parseClosedAccount } from '../shared/closed-accounts.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { users } from '../shared/users.ts'
import { BATCH, type Batch, idsOf, pageOf, withIds } from './batch.ts'
import { reportFailures } from './report-failures.ts'

/** Each takes a few round trips. */
const AT_ONCE = 5
/** What was under way in the moment of a closing has landed long before the second look. */
const SECOND_LOOK_MILLISECONDS = 2 * 60 * 60 * 1000

/**
 * Takes the identity of closed accounts out of the records, batch by batch, and removes what landed after the closing
 * had swept: by the account's own mark. Then it looks once more, two hours after the closing, and removes the row.
 */
export async function forgetClosedAccounts(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const condition = { dueAt: _.lt(new Date(now)) }
  const { data, ...more } = await pageOf(budget, 'closed_accounts', { condition, after, most: AT_ONCE })
  reportDamaged(
    invocation,
    'closed_accounts',
    data.filter((document) => !parseClosedAccount(document)),
  )
  const accounts = data.flatMap((document) => parseClosedAccount(document) ?? [])
  const ends = await Promise.allSettled(accounts.map((account) => forget(invocation, account)))
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  reportFailures(invocation, 'closed accounts that were not forgotten', failures)
  const counts = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const isMore = counts.some(({ isAll }) => !isAll)
  const count = counts.reduce((sum, { done }) => sum + done, 0)
  // The pages after this one first, then those with more records from the beginning.
  return more.next === undefined && isMore ? { count, next: '' } : { count, ...more }
}

async function forget(
  invocation: Invocation,
  account: ClosedAccount,
): Promise<{ done: number; isAll: boolean }> {
  const { budget, now } = invocation
  const [records, ...removed] = await Promise.all([
    forgetRecords(invocation, account),
    ...OWNED_COLLECTIONS.map((name) => removeLate(invocation, name, account)),
  ])
  const done = records.done + removed.reduce((sum, count) => sum + count, 0)
  if (!records.isAll) return { done, isAll: false }
  const secondLookAt = account.closedAt.getTime() + SECOND_LOOK_MILLISECONDS
  const row = withIds('closed_accounts', [account._id])
  const isLast = now >= secondLookAt
  if (isLast) await ask(budget, row.remove())
  else await ask(budget, row.update({ data: { dueAt: new Date(secondLookAt) } }))
  return { done, isAll: true }
}

/** One batch of the records that name the user, up to the moment of the closing. */
async function forgetRecords(
  { budget }: Invocation,
  account: ClosedAccount,
): Promise<{ done: number; isAll: boolean }> {
  const { userId } = account
  const again = await ask(budget, users().where({ _id: userId }).field({ generation: true }).limit(1).get())
  const until = lastMomentOf(account, v.is(userSchema, again.data[0]) ? again.data[0].generation : undefined)
  const theirs = { userId, at: _.lte(until) }
  const query = collection('audit_logs').where(theirs).orderBy('at', 'asc').field({ _id: true }).limit(BATCH)
  const { data } = await ask(budget, query.get())
  if (data.length === 0) return { done: 0, isAll: true }
  const { stats } = await ask(budget, withIds('audit_logs', idsOf(data)).update({ data: withoutIdentity() }))
  return { done: stats.updated, isAll: data.length < BATCH }
}

const userSchema = v.object({ generation: v.string() })

/** What bears the mark of the closed account was being written while it was closed. */
async function removeLate(
  { budget }: Invocation,
  name: string,
  { userId, generation }: ClosedAccount,
): Promise<number> {
  if (generation === undefined) return 0
  const { stats } = await ask(budget, collection(name).where({ userId, generation }).remove())
  return stats.removed
}
