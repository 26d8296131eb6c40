import * as v from 'valibot'
import type { Budget } from './budget.ts'
import type { Invocation } from './call.ts'
import { CLOCK_SKEW_MILLISECONDS } from './clock-skew.ts'
import { ask, collection, DuplicateKey } from './database.ts'
import { registeredAt } from './generation.ts'
import type { User } from './user.ts'

/**
 * A row of `closed_accounts` is the proof that an account was closed. From it the timer knows whose records are still to
 * lose their identity and which documents landed late; the timer removes it when both are done.
 */
const rowSchema = v.object({
  _id: v.string(),
  userId: v.string(),
  generation: v.optional(v.string()),
  closedAt: v.date(),
  /** When the timer looks at it next. */
  dueAt: v.date(),
})
export type ClosedAccount = v.InferOutput<typeof rowSchema>

/** Of one user; more than this within the few hours that a row stays are not looked at. */
const MOST_ROWS = 20

export const closedAccounts = () => collection('closed_accounts')

export function parseClosedAccount(document: unknown): ClosedAccount | undefined {
  const row = v.safeParse(rowSchema, document)
  return row.success ? row.output : undefined
}

export interface Closing {
  userId: string
  generation: string | undefined
  closingAt: Date
}

/** Writes the proof, once for one closing however often it is finished. One round trip. */
export async function recordClosing(
  { budget }: Invocation,
  { userId, generation, closingAt }: Closing,
): Promise<void> {
  const row = {
    _id: `${userId}.${closingAt.getTime().toString(36)}`,
    userId,
    ...(generation === undefined ? {} : { generation }),
    closedAt: closingAt,
    dueAt: closingAt,
  }
  try {
    await ask(budget, closedAccounts().add({ data: row }))
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
  }
}

/** The accounts that this user has just closed. One round trip. */
export async function closedAccountsOf(budget: Budget, userId: string): Promise<ClosedAccount[]> {
  const { data } = await ask(budget, closedAccounts().where({ userId }).limit(MOST_ROWS).get())
  return data.flatMap((document) => parseClosedAccount(document) ?? [])
}

/**
 * The latest moment that a record of this account bears, whose instance's clock may have been ahead: but nothing is the
 * closed account's from the moment on in which the person registered again. Both times are the functions' own, of the
 * closing and in the mark, and nobody's `createdAt`.
 * @param generation of the user as they are now, if they are there
 */
export function lastMomentOf(
  { closedAt }: Pick<ClosedAccount, 'closedAt'>,
  generation: string | undefined,
): Date {
  const latest = closedAt.getTime() + CLOCK_SKEW_MILLISECONDS
  const registered = registeredAt(generation) ?? Number.POSITIVE_INFINITY
  return new Date(Math.max(closedAt.getTime(), Math.min(latest, registered - 1)))
}

/**
 * Which of these documents landed late, of an account that this user has closed. Asks only if one bears another mark than
 * the user's own: what was given to them from elsewhere does so, too, and is theirs. At most one round trip.
 */
export async function ofClosedAccount(
  budget: Budget,
  { _id, generation }: Pick<User, '_id' | 'generation'>,
  documents: readonly { generation?: unknown }[],
): Promise<(document: { generation?: unknown }) => boolean> {
  const hasOther = documents.some((document) => !isOwnMark(document.generation, generation))
  const closed = hasOther ? await closedAccountsOf(budget, _id) : []
  const marks = new Set<unknown>(closed.flatMap((account) => account.generation ?? []))
  return (document) => !isOwnMark(document.generation, generation) && marks.has(document.generation)
}

function isOwnMark(mark: unknown, generation: string | undefined): boolean {
  return mark === undefined || mark === generation
}
