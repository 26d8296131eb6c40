import type { StatsData } from '../../contract/admin.ts'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { type CloudKit, succeeded } from '../support/cloud-kit.ts'

/** An administrator's call. */
export function asAdmin<Data>(kit: CloudKit, request: object): Promise<Answer<Data>> {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  return kit.call<Data>('admin', undefined, { token, ...request })
}

/** What an administrator sees of the figures. */
export async function readStats(kit: CloudKit): Promise<StatsData> {
  return succeeded(await asAdmin<StatsData>(kit, { action: 'stats' }))
}

/** Runs of the timer's function: a busy machine may have no time for each task in one of them. */
const RUNS = 3

/** @returns how many documents each task has processed */
export async function runTimer(kit: CloudKit): Promise<Record<string, number>> {
  const processed: Record<string, number> = {}
  for (let run = 0; run < RUNS; run++) {
    const { result } = (await kit.control.post('timer', { function: 'cleanup' })) as {
      result: Answer<Record<string, unknown>>
    }
    for (const [task, count] of Object.entries(succeeded(result)))
      processed[task] = (processed[task] ?? 0) + Number(count)
  }
  return processed
}

/** The totals as the documents of `users` have them. */
export function countDocuments(
  kit: CloudKit,
): Pick<StatsData, 'users' | 'active' | 'disabled' | 'withoutPhone'> {
  const users = kit.users()
  const disabled = users.filter(({ status }) => status === 'disabled').length
  const withoutPhone = users.filter(({ phoneHash }) => phoneHash === '').length
  return { users: users.length, active: users.length - disabled, disabled, withoutPhone }
}

export async function passHours(kit: CloudKit, hours: number): Promise<void> {
  await kit.control.post('clock', { advanceSeconds: hours * 60 * 60 })
}
