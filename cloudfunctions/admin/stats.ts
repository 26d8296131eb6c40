import * as v from 'valibot'
import type { DayFigures, StatsData, StatsRequest } from '../../contract/admin.ts'
import { phoneBudget } from '../shared/core/environment.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { dailyCounts } from '../shared/users/daily-counts.ts'
import {
  addTotals,
  changeSince,
  countsByDay,
  countsOf,
  type DayCounts,
  latestDays,
  totalsIn,
} from '../shared/users/day-figures.ts'

const SHOWN_DAYS = 30
/** The totals may be a few days behind, if the timer is. */
const READ_DAYS = 60
/** Five documents a day, at most. */
const MOST_DOCUMENTS = 1000

export const statsInput = requestSchema<StatsRequest>()(v.object({ action: v.literal('stats') }))

/**
 * Figures from the counters by day: one read, however many users there are. They contain no person's data.
 * @throws AppError MISCONFIGURED for a budget that is no number
 */
export async function stats(_input: unknown, call: AdminCall): Promise<StatsData> {
  const budget = phoneBudget()
  const [first = ''] = latestDays(call.now, READ_DAYS).slice(-1)
  const selection = dailyCounts()
    .where({ _id: _.gte(first) })
    .limit(MOST_DOCUMENTS)
  const [{ data }] = await settleAll([
    query(call.budget, selection.get()),
    writeEntries(call, auditEntries(call, [{ action: 'admin.stats', by: call.admin }])),
  ])
  const counted = totalsIn(data)
  const change = changeSince(data, counted?.day ?? '')
  const totals = counted ? addTotals(counted, change) : change
  const byDay = countsByDay(data)
  const days = latestDays(call.now, SHOWN_DAYS).map((day) => figuresOf(day, countsOf(byDay, day)))
  const newIn = (most: number) => days.slice(0, most).reduce((sum, { newUsers }) => sum + newUsers, 0)
  return {
    ...totals,
    active: totals.users - totals.disabled,
    newUsers: { day: newIn(1), week: newIn(7), month: newIn(SHOWN_DAYS) },
    ...(counted
      ? {
          countedAt: counted.countedAt.toISOString(),
          loggedIn: counted.loggedIn,
          numbersByKey: numbersByKey(call, counted.numbersByKey),
        }
      : {}),
    ...(budget === undefined ? {} : { phoneBudget: budget }),
    days,
  }
}

function figuresOf(day: string, counts: DayCounts): DayFigures {
  const { logins, newUsers, importedUsers, closedUsers, paid, refused } = counts
  const wereRefused = Object.fromEntries(Object.entries(refused).filter(([, times]) => times !== 0))
  return { day, logins, newUsers, importedUsers, closedUsers, paid, refused: wereRefused }
}

/** With 0 for a key of LOGIN_SECRETS that encrypts no number. */
function numbersByKey({ keys }: AdminCall, counted: Record<string, number>): Record<string, number> {
  return { ...Object.fromEntries(keys.phone.map(({ id }) => [id, 0])), ...counted }
}
