import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { phoneBudget } from '../core/environment.ts'
import { log } from '../core/log.ts'
import { logFailure } from '../core/log-failure.ts'
import { command as _, DuplicateKey, query } from '../database/database.ts'
import type { Call, Invocation } from '../request/call.ts'
import { auditEntries, writeEntries } from '../users/audit.ts'
import { chinaDay, countIdsOf } from '../users/count-days.ts'
import { create, dailyCounts } from '../users/daily-counts.ts'

const countsSchema = v.object({
  _id: v.string(),
  _openid: v.optional(v.undefined()),
  paid: v.fallback(v.optional(v.number(), 0), 0),
})

/**
 * Whether today's paid authorizations have reached `PHONE_BUDGET_PER_DAY`. The first call of a day that finds so writes one
 * audit entry and one alarm line.
 *
 * Reads the counters as they are when the call begins, so calls at the same moment may exceed the budget by as many as they
 * are. A budget that cannot be read refuses nobody. Without a budget no round trip, otherwise one, to be waited for beside
 * another read; three more for that first call.
 * @throws AppError MISCONFIGURED for a budget that is no number
 */
export async function isPhoneBudgetSpent(call: Call): Promise<boolean> {
  const budget = phoneBudget()
  if (budget === undefined) return false
  try {
    const day = chinaDay(call.now)
    const marker = `${day}.budget`
    const selection = dailyCounts().where({ _id: _.in([...countIdsOf(day), marker]) })
    const { data } = await query(call.budget, selection.get())
    const documents = data.flatMap((document) => (v.is(countsSchema, document) ? [document] : []))
    const paid = documents.reduce((sum, document) => sum + (document.paid ?? 0), 0)
    if (paid < budget) return false
    if (!documents.some(({ _id }) => _id === marker)) await report(call, { day, marker, budget })
    return true
  } catch (error) {
    logUnread(call, error)
    return false
  }
}

/** The entry has the day in its id, so that it is written once. */
async function report(
  call: Call,
  { day, marker, budget }: { day: string; marker: string; budget: number },
): Promise<void> {
  const event = { action: 'phone.budget' as const, by: 'system', detail: `${day}: ${budget}` }
  const [entry] = auditEntries(call, [event])
  // Whose call it was says nothing about the budget.
  const anonymous = { ...entry, _id: `phone.budget.${day}`, from: { source: call.requestSource.source } }
  try {
    await writeEntries(call, [anonymous])
    const { functionName, requestId } = call
    log('alarm', { alarm: 'PHONE_BUDGET', function: functionName, requestId, day, budget })
  } catch (error) {
    if (!(error instanceof DuplicateKey)) return logUnread(call, error)
  }
  await create(call.budget, marker)
}

function logUnread({ functionName, requestId }: Invocation, error: unknown): void {
  const failure = error instanceof AppError ? error : new AppError('INTERNAL')
  logFailure(failure, { function: functionName, requestId, detail: `the phone budget: ${failure.log}` })
}
