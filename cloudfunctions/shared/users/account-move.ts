import { log } from '../core/log.ts'
import { settleAll } from '../core/settle-all.ts'
import { command as _, collection, query } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import { confirmEntries } from './audit.ts'
import { deleteAvatarsOf, giveAvatar } from './avatars.ts'
import { closedCounts, recordClosedAccount } from './closed-accounts.ts'
import { type Counts, count } from './daily-counts.ts'
import { inherit, type MovingAccount } from './inheritance.ts'
import type { Owned } from './owned-documents.ts'
import { deleteRateLimits } from './rate-limit.ts'
import type { MovingTo } from './transfer-fields.ts'
import type { User } from './user.ts'
import { findUser, updateUser, users } from './users.ts'

/** Documents that the moving account owns. */
export interface Belongings {
  avatars: readonly unknown[]
  owned: readonly Owned[]
  /** Whether the lists are complete. */
  isAll: boolean
}

/**
 * Moves the listed documents of an account, and closes the account if the list is complete. May break off anywhere and run
 * again, also twice at once: documents change by id and generation, the profile once, and the account's own document goes last.
 * Five to seven round trips.
 *
 * The account that receives cannot begin to close while its `incomingTransfer` names this move. If it has no such field, an
 * administrator has changed or deleted it: then the account stays and keeps the rest.
 * @returns whether the move has ended
 */
export async function moveBelongings(
  invocation: Invocation,
  account: MovingAccount,
  { avatars, owned, isAll }: Belongings,
): Promise<boolean> {
  const { movingTo, userId } = account
  const receiver = await findReceiver(invocation, movingTo)
  if (!receiver) {
    await keepAccount(invocation, account)
    return true
  }
  const { avatar, hasNewPhone } = await inherit(invocation, account, receiver)
  const hasPicture = account.avatar !== '' && avatar === account.avatar
  if (hasPicture) await giveAvatar(invocation, account.avatar, userId, receiver)
  await settleAll([
    deleteAvatarsOf(invocation, userId, hasPicture ? withoutPicture(avatars, account.avatar) : avatars),
    ...owned.map((documents) => giveOwned(invocation, userId, documents, receiver)),
  ])
  if (!isAll) return false
  await close(invocation, account, hasNewPhone ? { withoutPhone: -1 } : {})
  return true
}

/** The account that receives, as long as it expects this move. One round trip. */
async function findReceiver(
  { budget }: Invocation,
  { id, userId, generation }: MovingTo,
): Promise<User | undefined> {
  const user = await findUser(budget, userId)
  const isReady = user?.status !== 'closing' && user?.incomingTransfer?.id === id
  return user && isReady && user.generation === generation ? user : undefined
}

/** One round trip. */
async function keepAccount(invocation: Invocation, { userId, movingTo }: MovingAccount): Promise<void> {
  const { budget, functionName, requestId } = invocation
  const stillMoving = { _id: userId, status: 'closing', 'movingTo.id': movingTo.id }
  const change = { status: 'active', closingAt: _.remove(), movingTo: _.remove() }
  if (!(await updateUser(budget, stillMoving, change))) return
  const detail =
    'a transfer ended: the account that was to receive is gone, and the other one is active again'
  log('error', { function: functionName, requestId, reason: 'NOT_FOUND', detail })
}

/** The row of the picture is the receiver's by now. */
function withoutPicture(avatars: readonly unknown[], avatar: string): readonly unknown[] {
  return avatars.filter((document) => {
    const { _id: path } = document as { _id?: unknown }
    return typeof path !== 'string' || !avatar.endsWith(`/${path}`)
  })
}

/** Changes the owner by id and generation. In MongoDB `null` matches a missing field as well. One round trip, or none. */
async function giveOwned(
  { budget }: Invocation,
  userId: string,
  { name, documents }: Owned,
  receiver: User,
): Promise<void> {
  if (documents.length === 0) return
  const generations = [...new Set(documents.map(({ generation = null }) => generation))]
  const listed = { _id: _.in(documents.map(({ _id }) => _id)), userId, generation: _.in(generations) }
  await query(
    budget,
    collection(name)
      .where(listed)
      .update({ data: { userId: receiver._id, generation: receiver.generation ?? _.remove() } }),
  )
}

/** Three sequential round trips. @param counts what the receiver counts as, whose number comes from this account */
async function close(invocation: Invocation, account: MovingAccount, counts: Counts): Promise<void> {
  const { budget, now } = invocation
  const { userId, movingTo, generation, closingAt } = account
  const { id, userId: receiverId } = movingTo
  const movedTo = {
    userId: receiverId,
    ...(movingTo.generation === undefined ? {} : { generation: movingTo.generation }),
  }
  await settleAll([
    recordClosedAccount(invocation, { userId, generation, closingAt, movedTo }),
    deleteRateLimits(invocation, userId),
    confirmEntries(invocation, movingTo.records),
    updateUser(
      budget,
      { _id: receiverId, 'requestedTransfer.id': id },
      { 'requestedTransfer.movedAt': new Date(now) },
    ),
  ])
  const { stats } = await query(budget, users().where({ _id: userId, 'movingTo.id': id }).remove())
  await settleAll([
    updateUser(budget, { _id: receiverId, 'incomingTransfer.id': id }, { incomingTransfer: _.remove() }),
    stats.removed === 1 && count(invocation, userId, { ...closedCounts(account), ...counts }),
  ])
}
