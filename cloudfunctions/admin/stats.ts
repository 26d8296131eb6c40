import * as v from 'valibot'
import type { StatsData } from '../../contract/admin.ts'
import type { AdminCall } from '../shared/administered.ts'
import { auditRows, writeRows } from '../shared/audit.ts'
import { command as _, ask } from '../shared/database.ts'
import { sealedWith } from '../shared/phone-key.ts'
import { users } from '../shared/users.ts'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

export const statsInput = v.object({ action: v.literal('stats') })

/** Counted now, side by side; no one person's data is in it. */
export async function stats(_input: unknown, call: AdminCall): Promise<StatsData> {
  const count = async (condition: object) => {
    const { total } = await ask(call.budget, users().where(condition).count())
    return total
  }
  const since = async (field: string) => {
    const after = (days: number) => count({ [field]: _.gte(new Date(call.now - days * DAY_MILLISECONDS)) })
    const [day, week, month] = await Promise.all([after(1), after(7), after(30)])
    return { day, week, month }
  }
  const [active, disabled, closing, withoutPhone, newUsers, loggedIn, keys] = await Promise.all([
    count({ status: 'active' }),
    count({ status: 'disabled' }),
    count({ status: 'closing' }),
    count({ phoneHash: _.eq('') }),
    since('createdAt'),
    since('lastLoginAt'),
    numbersByKey(call),
    writeRows(call, auditRows(call, [{ act: 'admin.stats', by: call.admin }])),
  ])
  return {
    users: active + disabled + closing,
    active,
    disabled,
    withoutPhone,
    newUsers,
    loggedIn,
    numbersByKey: keys,
  }
}

/** How many numbers each key of LOGIN_SECRETS is needed for: at 0, an older one can be dropped. */
async function numbersByKey({ budget, keys }: AdminCall): Promise<Record<string, number>> {
  const counts = keys.phone.map(async ({ id }) => {
    const { total } = await ask(
      budget,
      users()
        .where({ phoneCipher: sealedWith(id) })
        .count(),
    )
    return [id, total] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}
