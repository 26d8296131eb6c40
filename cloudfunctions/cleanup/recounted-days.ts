import * as v from 'valibot'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _, collection, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { chinaDay, dayAfter, startOfDay } from '../shared/users/count-days.ts'
import { create, dailyCounts } from '../shared/users/daily-counts.ts'
import type { Batch } from './batch.ts'

const AT_ONCE = 250
/** The database's maximum for one answer. */
const MOST_AT_ONCE = 1000
/** After this much of the next day, no call of the day is under way, nor is its clock behind. */
const SETTLED_MILLISECONDS = 10 * 60 * 1000

const stateSchema = v.object({
  /** Entries before this time are counted. */
  until: v.date(),
  logins: v.object({ silent: v.number(), number: v.number(), withoutNumber: v.number() }),
  newUsers: v.number(),
  paid: v.number(),
  isComplete: v.boolean(),
})
type State = v.InferOutput<typeof stateSchema>

const entrySchema = v.object({
  at: v.date(),
  act: v.string(),
  detail: v.fallback(v.optional(v.string(), ''), ''),
  newUser: v.fallback(v.optional(v.boolean(), false), false),
})
type Entry = v.InferOutput<typeof entrySchema>

/**
 * Counts the logins, the new users and the paid authorizations of yesterday once more, from the entries of `audit_logs`, page by
 * page over as many runs as it takes. `stats` shows them in place of what the calls have counted. Two runs at once count each
 * page once.
 * @param scale how many times larger than its first the page may be
 * @returns how many entries were counted
 */
export async function recountDays(invocation: Invocation, scale: number): Promise<Batch> {
  const { budget, now } = invocation
  const day = dayAfter(chinaDay(now - SETTLED_MILLISECONDS), -1)
  const _id = `${day}.records`
  const end = new Date(startOfDay(dayAfter(day, 1)))
  const state = await findState(invocation, _id)
  if (!state) {
    await begin(invocation, _id, new Date(startOfDay(day)))
    return { count: 0, next: '' }
  }
  if (state.isComplete) return { count: 0 }
  const ofDay = { at: _.gte(state.until).and(_.lt(end)) }
  const most = Math.min(AT_ONCE * scale, MOST_AT_ONCE)
  const page = collection('audit_logs').where(ofDay).orderBy('at', 'asc').limit(most)
  const { data } = await query(budget, page.get())
  const entries = data.flatMap((document) => {
    const entry = v.safeParse(entrySchema, document)
    return entry.success ? entry.output : []
  })
  const isComplete = data.length < most
  const { complete, until } = isComplete
    ? { complete: entries, until: end }
    : completePart(entries, state.until)
  const same = { _id, until: state.until, isComplete: false, ...NOT_BY_CLIENT }
  const change = { ...countEntries(state, complete), until, isComplete }
  const { stats } = await query(budget, dailyCounts().where(same).update({ data: change }))
  const count = stats.updated === 1 ? complete.length : 0
  return isComplete ? { count } : { count, next: '' }
}

/** The entries of a full page but those of its last millisecond, of which the next page may have more. */
function completePart(entries: readonly Entry[], until: Date): { complete: readonly Entry[]; until: Date } {
  const last = entries.at(-1)?.at ?? until
  const complete = entries.filter(({ at }) => at < last)
  return complete.length > 0
    ? { complete, until: last }
    : { complete: entries, until: new Date(last.getTime() + 1) }
}

async function findState({ budget }: Invocation, _id: string): Promise<State | undefined> {
  const selection = dailyCounts()
    .where({ _id, ...NOT_BY_CLIENT })
    .limit(1)
  const state = v.safeParse(stateSchema, (await query(budget, selection.get())).data[0])
  return state.success ? state.output : undefined
}

async function begin({ budget }: Invocation, _id: string, until: Date): Promise<void> {
  await create(budget, _id)
  const logins = { silent: 0, number: 0, withoutNumber: 0 }
  const state: State = { until, logins, newUsers: 0, paid: 0, isComplete: false }
  const unbegun = { _id, until: _.exists(false), ...NOT_BY_CLIENT }
  await query(budget, dailyCounts().where(unbegun).update({ data: state }))
}

const LOGINS = { silent: 'silent', code: 'number', ticket: 'number', withoutPhone: 'withoutNumber' } as const

function countEntries(state: State, entries: readonly Entry[]): Pick<State, 'logins' | 'newUsers' | 'paid'> {
  const logins = { ...state.logins }
  let { newUsers, paid } = state
  for (const { act, detail, newUser } of entries) {
    if (act === 'login') {
      // An entry of an older version says nothing more.
      const kind = Object.hasOwn(LOGINS, detail) ? LOGINS[detail as keyof typeof LOGINS] : 'silent'
      logins[kind] += 1
      if (newUser) newUsers += 1
    }
    if ((act === 'login' || act === 'phone.change') && detail === 'code') paid += 1
  }
  return { logins, newUsers, paid }
}
