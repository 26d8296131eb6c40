import { databaseName } from '../cloudfunctions/shared/database/collection-names.ts'
import { newPad } from '../test/support/export-pad.ts'
import { call, inTurns, tap } from './bench-cloud.ts'
import { show } from './measure.ts'
import type { PopulatedCloud } from './populated-cloud.ts'
import { type Spread, timed } from './sample.ts'

/** Prepares a call, which is not timed, and returns it. */
type Prepare = (populated: PopulatedCloud) => Promise<() => Promise<unknown>>

/** What users and administrators do among many users, by the names in the JSON. */
export const CALLS = {
  login: loginAgain,
  checkToken: asOwner('checkToken', {}),
  close: closeAccount,
  export: asOwner('account', { action: 'export', pad: newPad() }),
  find: asAdmin({ action: 'find', phone: '13800138000' }),
  list: asAdmin({ action: 'list' }),
  stats: asAdmin({ action: 'stats' }),
  cleanup: removeOldEntries,
  trips: asOwner('trips', { action: 'list' }),
} satisfies Record<string, Prepare>

export type CallName = keyof typeof CALLS

/** A function ends after 3 s; its own answer comes before. A cloud that reads a whole collection starts none meanwhile. */
const OUT_OF_TIME = /TIMEOUT|timed out|loading the function took/i
const MOST_ATTEMPTS = 100

/** Milliseconds until the answer; infinite for a call that was not answered within the function's time. */
export async function timeOf(name: CallName, populated: PopulatedCloud): Promise<number> {
  const run = await CALLS[name](populated)
  try {
    return await timed(run)
  } catch (error) {
    if (!OUT_OF_TIME.test(String(error))) throw error
    await untilFree(populated)
    return Number.POSITIVE_INFINITY
  }
}

/** Waits for queries whose function has ended, so that they delay no other call. */
async function untilFree(populated: PopulatedCloud): Promise<void> {
  const ask = await CALLS.checkToken(populated)
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    try {
      await ask()
      return
    } catch (error) {
      if (!OUT_OF_TIME.test(String(error))) throw error
    }
  }
  throw new Error(`the cloud answers nothing after ${MOST_ATTEMPTS} attempts`)
}

/** The median and the middle half of such times. */
export function showTimes(times: Spread, digits: number): string {
  return Number.isFinite(times.median) ? show(times, 'ms', digits) : 'not within 3 s'
}

const turns = new WeakMap<PopulatedCloud, () => string>()

async function loginAgain(populated: PopulatedCloud) {
  const next = turns.get(populated) ?? inTurns()
  turns.set(populated, next)
  const openid = next()
  const request = tap(populated.cloud, 'ours', openid)
  return () => call(populated.cloud, 'login', request, openid)
}

function asOwner(name: string, fields: object): Prepare {
  return async ({ cloud, token }) =>
    () =>
      call(cloud, name, { token, ...fields })
}

function asAdmin(request: object): Prepare {
  return async (populated) => {
    const token = populated.adminToken()
    return () => call(populated.cloud, 'admin', { token, ...request }, null)
  }
}

/** Closes the account of a new user, who has no more entries than the others. */
async function closeAccount(populated: PopulatedCloud) {
  const { openid, token } = await populated.takeNewcomer()
  return () => call(populated.cloud, 'account', { token, action: 'close', confirmed: true }, openid)
}

/** Old audit entries that one run of the timer has to find among all others. */
const OLD_ENTRIES = 20
const OLD_MILLISECONDS = 181 * 24 * 60 * 60 * 1000

/** One run of the timer, which must remove what is old. */
async function removeOldEntries({ cloud }: PopulatedCloud) {
  const at = new Date(cloud.clock.now() - OLD_MILLISECONDS)
  for (let number = 0; number < OLD_ENTRIES; number++)
    cloud.database.putDocument(databaseName('audit_logs'), { _id: `old-${number}`, at, act: 'login' })
  return async () => {
    const end = await cloud.functions.invoke('cleanup', {}, { source: 'wx_trigger', appid: cloud.appid })
    if (end.failure) throw new Error(end.failure.message)
    const { oldRecords } = JSON.parse(end.json).data
    if (oldRecords < OLD_ENTRIES) throw new Error(`timed out: ${oldRecords} of ${OLD_ENTRIES} removed`)
  }
}
