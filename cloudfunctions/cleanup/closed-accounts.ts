import * as v from 'valibot'
import { OWNED_COLLECTIONS } from '../app-config.ts'
import { reportDamaged } from '../shared/database/damaged-document.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { anonymization } from '../shared/users/audit.ts'
import { type ClosedAccount, lastRecordAt, parseClosedAccount } from '../shared/users/closed-accounts.ts'
import { users } from '../shared/users/users.ts'
import { BATCH, type Batch, duePage, idsOf, withIds } from './batch.ts'
import { reportFailures } from './report-failures.ts'

/** Accounts of one batch: each takes a few round trips. */
const AT_ONCE = 10
/** Long after this, no write from the time of the deletion is still under way. */
const SECOND_PASS_MILLISECONDS = 2 * 60 * 60 * 1000

/** Condition: the row's next pass is due, or was due before another time. */
export const dueAccounts = (before: number) => ({ dueAt: _.lt(new Date(before)) })

/**
 * Anonymizes the audit entries of closed accounts, batch by batch, and deletes documents that were written while the account
 * was being deleted, by the account's generation. Makes a second pass two hours after the deletion, and removes the row.
 */
export async function anonymizeClosedAccounts(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const due = { condition: {}, field: 'dueAt', before: new Date(now) }
  const { data, ...more } = await duePage(budget, 'closed_accounts', { ...due, after, most: AT_ONCE })
  reportDamaged(
    invocation,
    'closed_accounts',
    data.filter((document) => !parseClosedAccount(document)),
  )
  const accounts = data.flatMap((document) => parseClosedAccount(document) ?? [])
  const results = await Promise.allSettled(accounts.map((account) => anonymizeAccount(invocation, account)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  reportFailures(invocation, 'closed accounts that were not forgotten', failures)
  const counts = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const isMore = counts.some(({ isAll }) => !isAll)
  const count = counts.reduce((sum, { done }) => sum + done, 0)
  // The pages after this one first, then those with more records from the beginning.
  return more.next === undefined && isMore ? { count, next: '' } : { count, ...more }
}

async function anonymizeAccount(
  invocation: Invocation,
  account: ClosedAccount,
): Promise<{ done: number; isAll: boolean }> {
  const { budget, now } = invocation
  const [records, late] = await Promise.all([
    anonymizeEntries(invocation, account),
    settleLateDocuments(invocation, account),
  ])
  const done = records.done + late
  if (!records.isAll) return { done, isAll: false }
  const secondPassAt = account.closedAt.getTime() + SECOND_PASS_MILLISECONDS
  const row = withIds('closed_accounts', [account._id])
  const isLast = now >= secondPassAt
  if (isLast) await query(budget, row.remove())
  else await query(budget, row.update({ data: { dueAt: new Date(secondPassAt) } }))
  return { done, isAll: true }
}

/** Anonymizes one batch of the entries that name the user, up to the time of the deletion. */
async function anonymizeEntries(
  invocation: Invocation,
  account: ClosedAccount,
): Promise<{ done: number; isAll: boolean }> {
  const { budget } = invocation
  const { userId } = account
  const until = lastRecordAt(account, (await generationOf(invocation, userId))?.generation)
  const ofAccount = { userId, at: _.lte(until) }
  const selection = collection('audit_logs')
    .where(ofAccount)
    .orderBy('at', 'asc')
    .field({ _id: true })
    .limit(BATCH)
  const { data } = await query(budget, selection.get())
  if (data.length === 0) return { done: 0, isAll: true }
  const { stats } = await query(budget, withIds('audit_logs', idsOf(data)).update({ data: anonymization() }))
  return { done: stats.updated, isAll: data.length < BATCH }
}

const userSchema = v.object({ generation: v.fallback(v.optional(v.string()), undefined) })

/** Of the account that the user has now; undefined without one. One round trip. */
async function generationOf(
  { budget }: Invocation,
  userId: string,
): Promise<{ generation?: string | undefined } | undefined> {
  const selection = users().where({ _id: userId }).field({ generation: true }).limit(1)
  const found = v.safeParse(userSchema, (await query(budget, selection.get())).data[0])
  return found.success ? found.output : undefined
}

/**
 * Deletes documents that were written while the account was being closed. Those of an account that has moved follow it, as
 * long as the account that received it is there. While the account itself is there, it has not been closed, and keeps them.
 */
async function settleLateDocuments(invocation: Invocation, account: ClosedAccount): Promise<number> {
  const { movedTo, userId, generation } = account
  const [own, receiver] = movedTo
    ? await Promise.all([generationOf(invocation, userId), generationOf(invocation, movedTo.userId)])
    : []
  if (own && own.generation === generation) return 0
  const isReceiverThere = receiver !== undefined && receiver.generation === movedTo?.generation
  const counts = OWNED_COLLECTIONS.map((name) =>
    movedTo && isReceiverThere
      ? moveLateDocuments(invocation, name, { ...account, movedTo })
      : removeLateDocuments(invocation, name, account),
  )
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

async function moveLateDocuments(
  { budget }: Invocation,
  name: string,
  { userId, generation, movedTo }: ClosedAccount & { movedTo: NonNullable<ClosedAccount['movedTo']> },
): Promise<number> {
  const late = collection(name).where({ userId, generation: generation ?? _.exists(false) })
  const owner = { userId: movedTo.userId, generation: movedTo.generation ?? _.remove() }
  return (await query(budget, late.update({ data: owner }))).stats.updated
}

/** Deletes documents with the generation of the closed account: they were written while it was being deleted. */
async function removeLateDocuments(
  { budget }: Invocation,
  name: string,
  { userId, generation }: ClosedAccount,
): Promise<number> {
  if (generation === undefined) return 0
  const { stats } = await query(budget, collection(name).where({ userId, generation }).remove())
  return stats.removed
}
