import { AppError } from '../shared/app-error.ts'
import type { Invocation } from '../shared/call.ts'
import { log } from '../shared/log.ts'
import type { Batch } from './batch.ts'
import { reportClientDocuments } from './client-documents.ts'
import { forgetClosedAccounts } from './closed-accounts.ts'
import { endExpiredSessions } from './expired-sessions.ts'
import { removeOldCounts } from './old-counts.ts'
import { removeOldRecords } from './old-records.ts'
import { removeOrphanedAvatars } from './orphaned-avatars.ts'
import { renewPhoneCiphers } from './phone-ciphers.ts'
import { removeStrayDocuments } from './stray-documents.ts'
import { finishClosings } from './unfinished-closings.ts'

/**
 * One batch of one kind of housekeeping. Each is a few conditional writes that can be done twice at once and broken
 * off anywhere; a later run goes on, since what is done no longer fits the condition. A document that cannot be dealt
 * with is left as it is and reported, and the batch after it begins behind it.
 * @param after where the batch before ended in this run; '' for the first
 */
export type Chore = (invocation: Invocation, after: string) => Promise<Batch>

const CHORES: Readonly<Record<string, Chore>> = {
  finishedClosings: finishClosings,
  forgottenAccounts: forgetClosedAccounts,
  expiredSessions: endExpiredSessions,
  oldRecords: removeOldRecords,
  oldCounts: removeOldCounts,
  orphanedAvatars: removeOrphanedAvatars,
  strayDocuments: removeStrayDocuments,
  renewedCiphers: renewPhoneCiphers,
  clientDocuments: reportClientDocuments,
}

/** After its first batch, another one of a kind begins only with this much time left. */
const BATCH_MILLISECONDS = 600
/** The kind whose turn it is to be first may take this part of the time; the others share the rest. */
const FIRST_PART = 1 / 3
const HOUR_MILLISECONDS = 60 * 60 * 1000

interface Turn {
  name: string
  chore: Chore
  after: string
}

/**
 * Does what there is to do, as far as the time of one run goes: a batch of each kind, then another of each that has more.
 * Each batch has a share of the time, and another kind is first every hour, so that one that is slow or fails starves none.
 * @returns how many documents of each kind
 */
export async function cleanup(invocation: Invocation): Promise<Record<string, number>> {
  const { budget, now, functionName, requestId } = invocation
  const dealtWith: Record<string, number> = {}
  let open = inTurn(Math.floor(now / HOUR_MILLISECONDS))
  for (let round = 0; open.length > 0; round++) {
    const again: Turn[] = []
    for (const [place, turn] of open.entries()) {
      if (round > 0 && budget.left() <= BATCH_MILLISECONDS) break
      const isFirst = round === 0 && place === 0
      const share = budget.left() * (isFirst ? FIRST_PART : 1 / (open.length - place))
      const { count, next } = await oneBatch({ ...invocation, budget: budget.part(share) }, turn)
      dealtWith[turn.name] = (dealtWith[turn.name] ?? 0) + count
      if (next !== undefined) again.push({ ...turn, after: next })
    }
    open = budget.left() > BATCH_MILLISECONDS ? again : []
  }
  log('info', { function: functionName, requestId, ...dealtWith })
  return dealtWith
}

function inTurn(hour: number): Turn[] {
  const turns = Object.entries(CHORES).map(([name, chore]) => ({ name, chore, after: '' }))
  const first = hour % turns.length
  return [...turns.slice(first), ...turns.slice(0, first)]
}

/** One kind that fails does not keep the others from being done. */
async function oneBatch(invocation: Invocation, { name, chore, after }: Turn): Promise<Batch> {
  try {
    return await chore(invocation, after)
  } catch (error) {
    const { reason, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    const { functionName, requestId } = invocation
    log('error', { function: functionName, requestId, reason, detail: `${name}: ${detail}` })
    return { count: 0 }
  }
}
