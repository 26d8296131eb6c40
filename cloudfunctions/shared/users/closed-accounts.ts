import * as v from 'valibot'
import { CLOCK_SKEW_MILLISECONDS } from '../core/clock-skew.ts'
import { command as _, collection, DuplicateKey, query } from '../database/database.ts'
import type { Budget } from '../request/budget.ts'
import type { Invocation } from '../request/call.ts'
import type { Counts } from './daily-counts.ts'
import { registeredAt } from './generation.ts'
import type { User } from './user.ts'

/**
 * A row of `closed_accounts` proves that an account was closed. It names the user whose audit entries the timer still has
 * to anonymize, and the generation of documents that were written while the account was being deleted. The timer removes
 * the row when both are done.
 */
const rowSchema = v.object({
  _id: v.string(),
  userId: v.string(),
  generation: v.optional(v.string()),
  closedAt: v.date(),
  /** When the timer processes it next. */
  dueAt: v.date(),
  /** The account that received the documents, if they were not deleted. It also gets those that were written late. */
  movedTo: v.optional(v.object({ userId: v.string(), generation: v.optional(v.string()) })),
})
export type ClosedAccount = v.InferOutput<typeof rowSchema>

/** Which of these users have moved to another account: their late documents belong to that one. One round trip. */
export async function movedAmong(budget: Budget, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  const moved = { userId: _.in([...userIds]), movedTo: _.exists(true) }
  const { data } = await query(budget, closedAccounts().where(moved).limit(MOST_MOVED).get())
  return new Set(data.flatMap((document) => parseClosedAccount(document)?.userId ?? []))
}

/** The database's maximum for one answer. */
const MOST_MOVED = 1000
/** How many rows of one user are read. A row stays for a few hours. */
const MOST_ROWS = 20

const closedAccounts = () => collection('closed_accounts')

export function parseClosedAccount(document: unknown): ClosedAccount | undefined {
  const row = v.safeParse(rowSchema, document)
  return row.success ? row.output : undefined
}

export interface AccountDeletion {
  userId: string
  generation: string | undefined
  closingAt: Date
  /** Empty for an account without a number. */
  phoneHash: string
  movedTo?: NonNullable<ClosedAccount['movedTo']>
}

/** What the removal of the account's document counts as. */
export function closedCounts({ phoneHash }: Pick<AccountDeletion, 'phoneHash'>): Counts {
  return { closedUsers: 1, ...(phoneHash === '' ? { withoutPhone: -1 } : {}) }
}

/** Writes the row, once for each deletion however often that is finished. One round trip. */
export async function recordClosedAccount(
  { budget }: Invocation,
  { userId, generation, closingAt, movedTo }: Omit<AccountDeletion, 'phoneHash'>,
): Promise<void> {
  const row = {
    _id: `${userId}.${closingAt.getTime().toString(36)}`,
    userId,
    ...(generation === undefined ? {} : { generation }),
    closedAt: closingAt,
    dueAt: closingAt,
    ...(movedTo === undefined ? {} : { movedTo }),
  }
  try {
    await query(budget, closedAccounts().add({ data: row }))
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
  }
}

/** The accounts that this user has closed recently. One round trip. */
export async function closedAccountsOf(budget: Budget, userId: string): Promise<ClosedAccount[]> {
  const { data } = await query(budget, closedAccounts().where({ userId }).limit(MOST_ROWS).get())
  return data.flatMap((document) => parseClosedAccount(document) ?? [])
}

/** Those of these users who have closed an account recently. @param userIds at most 100. One round trip. */
export async function closedAmong(budget: Budget, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  const selection = closedAccounts()
    .where({ userId: _.in([...userIds]) })
    .limit(1000)
  const { data } = await query(budget, selection.get())
  return new Set(data.flatMap((document) => parseClosedAccount(document)?.userId ?? []))
}

/**
 * The latest time that an audit entry of this account can have, since the clock of the instance may have been ahead. An
 * entry from after the person registered again is never the closed account's. Both times come from the functions' clocks,
 * never from a `createdAt`.
 * @param generation of the user's current account, if there is one
 */
export function lastRecordAt(
  { closedAt }: Pick<ClosedAccount, 'closedAt'>,
  generation: string | undefined,
): Date {
  const latest = closedAt.getTime() + CLOCK_SKEW_MILLISECONDS
  const registered = registeredAt(generation) ?? Number.POSITIVE_INFINITY
  return new Date(Math.max(closedAt.getTime(), Math.min(latest, registered - 1)))
}

/**
 * Returns a filter for the documents of an account that this user has closed. Queries only if a document has another
 * generation than the user: a document that was transferred to the user has another one as well, and stays. At most one
 * round trip.
 */
export async function closedAccountFilter(
  budget: Budget,
  { _id, generation }: Pick<User, '_id' | 'generation'>,
  documents: readonly { generation?: unknown }[],
): Promise<(document: { generation?: unknown }) => boolean> {
  const hasOther = documents.some((document) => !isCurrentGeneration(document.generation, generation))
  const closed = hasOther ? await closedAccountsOf(budget, _id) : []
  const closedGenerations = new Set<unknown>(closed.flatMap((account) => account.generation ?? []))
  return (document) =>
    !isCurrentGeneration(document.generation, generation) && closedGenerations.has(document.generation)
}

function isCurrentGeneration(value: unknown, generation: string | undefined): boolean {
  return value === undefined || value === generation
}
