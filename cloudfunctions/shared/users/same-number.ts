import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { log } from '../core/log.ts'
import { afterRequestsSent } from '../database/after-requests-sent.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _, query } from '../database/database.ts'
import type { Budget } from '../request/budget.ts'
import type { Call } from '../request/call.ts'
import { transferRefusalsSchema, transferRequestSchema } from './transfer-fields.ts'
import type { User } from './user.ts'
import { users } from './users.ts'

/** How many accounts of one number are read. */
const MOST_ACCOUNTS = 20

/**
 * Condition for the other accounts for whose number WeChat has vouched, which is this one. An imported number that nobody has
 * verified is no claim, nor is an account that is disabled or being closed.
 */
function othersWithNumber(userId: string, phoneHash: string): object {
  return {
    phoneHash,
    status: 'active',
    _id: _.neq(userId),
    phoneVerifiedAt: _.exists(true),
    ...NOT_BY_CLIENT,
  }
}

/**
 * Whether WeChat vouched for the number for another account as well. For a call that stores the number at the same time: sent
 * after that write, and if it fails, logs that and returns false. One round trip.
 */
export async function isNumberInUse(call: Call, phoneHash: string): Promise<boolean> {
  const { budget, userId, functionName, requestId } = call
  await afterRequestsSent()
  const selection = users().where(othersWithNumber(userId, phoneHash)).field({ _id: true }).limit(1)
  try {
    return (await query(budget, selection.get())).data.length > 0
  } catch (error) {
    const { reason, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    log('warn', {
      function: functionName,
      requestId,
      reason,
      detail: `other accounts not looked up: ${detail}`,
    })
    return false
  }
}

const accountSchema = v.object({
  _id: v.string(),
  lastLoginAt: v.fallback(v.date(), new Date(0)),
  transferRequest: v.fallback(v.optional(transferRequestSchema), undefined),
  transferRefusals: v.fallback(v.optional(transferRefusalsSchema, {}), {}),
})
/** What a decision to ask another account depends on. */
export type OtherAccount = v.InferOutput<typeof accountSchema>

/** The other accounts of the user's number, the one used last first. One round trip, or none. */
export async function otherAccountsOf(
  budget: Budget,
  { _id, phoneHash }: Pick<User, '_id' | 'phoneHash'>,
): Promise<OtherAccount[]> {
  if (phoneHash === '') return []
  const fields = { lastLoginAt: true, transferRequest: true, transferRefusals: true } as const
  const selection = users().where(othersWithNumber(_id, phoneHash)).field(fields).limit(MOST_ACCOUNTS)
  const { data } = await query(budget, selection.get())
  const accounts = data.flatMap((document) => {
    const account = v.safeParse(accountSchema, document)
    return account.success ? [account.output] : []
  })
  return accounts.sort((a, b) => b.lastLoginAt.getTime() - a.lastLoginAt.getTime())
}
