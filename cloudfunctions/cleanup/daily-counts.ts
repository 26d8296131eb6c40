import { settleAll } from '../shared/core/settle-all.ts'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { chinaDay, countIdsOf, dayAfter } from '../shared/users/count-days.ts'
import { createAll, dailyCounts } from '../shared/users/daily-counts.ts'
import { addTotals, changeSince, TOTALS_ID, totalsIn } from '../shared/users/day-figures.ts'
import { BATCH, type Batch, idsOf } from './batch.ts'

/** How long the counters of a day are kept. They are no person's data. */
const KEPT_DAYS = 400
/** A call that has begun before midnight counts in the day before. */
const SETTLED_DAYS = 1
const MOST_DOCUMENTS = 1000

/**
 * Makes the counters of today and tomorrow, so that no call has to; carries the totals on to yesterday's beginning; and
 * removes counters that are older than 400 days.
 * @returns how many were removed
 */
export async function keepDailyCounts(invocation: Invocation): Promise<Batch> {
  const [removed] = await settleAll([removeOld(invocation), prepareDays(invocation), carryTotals(invocation)])
  return { count: removed }
}

async function removeOld({ budget, now }: Invocation): Promise<number> {
  const old = { _id: _.lt(dayAfter(chinaDay(now), -KEPT_DAYS)), ...NOT_BY_CLIENT }
  const { data } = await query(budget, dailyCounts().where(old).limit(BATCH).get())
  if (data.length === 0) return 0
  const condition = { _id: _.in(idsOf(data)), ...NOT_BY_CLIENT }
  const { stats } = await query(budget, dailyCounts().where(condition).remove())
  return stats.removed
}

async function prepareDays({ budget, now }: Invocation): Promise<void> {
  const today = chinaDay(now)
  const ids = [...countIdsOf(today), ...countIdsOf(dayAfter(today, 1))]
  const selection = dailyCounts()
    .where({ _id: _.in(ids) })
    .field({ _id: true })
  const present = new Set(idsOf((await query(budget, selection.get())).data))
  await createAll(
    budget,
    ids.filter((id) => !present.has(id)),
  )
}

/** So that `stats` need not read more days than it shows. Two runs at once carry them once. */
async function carryTotals({ budget, now }: Invocation): Promise<void> {
  const { data } = await query(
    budget,
    dailyCounts()
      .where({ _id: TOTALS_ID, ...NOT_BY_CLIENT })
      .limit(1)
      .get(),
  )
  const totals = totalsIn(data)
  const until = dayAfter(chinaDay(now), -SETTLED_DAYS)
  if (!totals || totals.day >= until) return
  const range = { _id: _.gte(totals.day).and(_.lt(until)) }
  const days = await query(
    budget,
    dailyCounts().where(range).orderBy('_id', 'asc').limit(MOST_DOCUMENTS).get(),
  )
  const last = String(idsOf(days.data).at(-1) ?? until).slice(0, 10)
  // A full page may lack a part of its last day.
  const to = days.data.length < MOST_DOCUMENTS ? until : last
  const carried = addTotals(totals, changeSince(days.data, totals.day, to))
  const change = dailyCounts()
    .where({ _id: TOTALS_ID, day: totals.day, countedAt: totals.countedAt, ...NOT_BY_CLIENT })
    .update({ data: { ...carried, day: to } })
  await query(budget, change)
}
