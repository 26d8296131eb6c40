import * as v from 'valibot'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { chinaDay, countIdsOf, DAY_MILLISECONDS } from '../shared/users/count-days.ts'
import { create, dailyCounts } from '../shared/users/daily-counts.ts'
import { changeSince, TOTALS_ID } from '../shared/users/day-figures.ts'
import { users } from '../shared/users/users.ts'
import { type Batch, idsOf } from './batch.ts'

/** The document of `daily_counts` with a count under way. */
const COUNT_ID = 'counting'
const AT_ONCE = 250
/** The database's maximum for one answer. */
const MOST_AT_ONCE = 1000
/** The next count begins this long after the last one began. */
const PAUSE_MILLISECONDS = 20 * 60 * 60 * 1000

const totals = { users: v.number(), disabled: v.number(), withoutPhone: v.number() }
const stateSchema = v.object({
  ...totals,
  /** The last id that was counted; '' at the beginning. */
  after: v.string(),
  beganAt: v.date(),
  /** How the totals had changed on the day of the beginning, until it. */
  before: v.object(totals),
  numbersByKey: v.record(v.string(), v.number()),
  loggedIn: v.object({ day: v.number(), week: v.number(), month: v.number() }),
  isComplete: v.boolean(),
})
type State = v.InferOutput<typeof stateSchema>

const userSchema = v.object({
  status: v.fallback(v.optional(v.string()), undefined),
  phoneHash: v.fallback(v.optional(v.string(), ''), ''),
  phoneCipher: v.fallback(v.optional(v.string(), ''), ''),
  createdAt: v.fallback(v.optional(v.date()), undefined),
  lastLoginAt: v.fallback(v.optional(v.date()), undefined),
})
const FIELDS = {
  status: true,
  phoneHash: true,
  phoneCipher: true,
  createdAt: true,
  lastLoginAt: true,
} as const

/**
 * Counts the documents of `users` once a day, page by page over as many runs as it takes, and puts the totals right. Who
 * registers after the count has begun is not in it, and is in the counters of the day. So the new totals are off by the
 * accounts that were closed, disabled, enabled, imported or given a number in a part that was not counted yet; the next count
 * puts them right. Two runs at once count each page once.
 * @param scale how many times larger than its first the page may be
 * @returns how many users were counted
 */
export async function recountUsers(invocation: Invocation, scale: number): Promise<Batch> {
  const { budget, now } = invocation
  const state = await findState(invocation)
  if (!state || (state.isComplete && now - state.beganAt.getTime() >= PAUSE_MILLISECONDS)) {
    await begin(invocation)
    return { count: 0, next: '' }
  }
  if (state.isComplete) return { count: 0 }
  const range = state.after === '' ? NOT_BY_CLIENT : { _id: _.gt(state.after), ...NOT_BY_CLIENT }
  const most = Math.min(AT_ONCE * scale, MOST_AT_ONCE)
  const page = users().where(range).orderBy('_id', 'asc').field(FIELDS).limit(most)
  const { data } = await query(budget, page.get())
  const last = idsOf(data).at(-1)
  const isComplete = data.length < most || typeof last !== 'string'
  const counted = countPage(state, data, isComplete ? state.after : last)
  if (isComplete) await writeTotals(invocation, counted)
  const same = { _id: COUNT_ID, after: state.after, beganAt: state.beganAt, isComplete: false }
  const change = { ...counted, numbersByKey: _.set(counted.numbersByKey), isComplete }
  const { stats } = await query(budget, dailyCounts().where(same).update({ data: change }))
  const count = stats.updated === 1 ? data.length : 0
  return isComplete ? { count } : { count, next: '' }
}

async function findState({ budget }: Invocation): Promise<State | undefined> {
  const count = { _id: COUNT_ID, ...NOT_BY_CLIENT }
  const { data } = await query(budget, dailyCounts().where(count).limit(1).get())
  const state = v.safeParse(stateSchema, data[0])
  return state.success ? state.output : undefined
}

async function begin({ budget, now }: Invocation): Promise<void> {
  const day = chinaDay(now)
  const selection = dailyCounts().where({ _id: _.in(countIdsOf(day)), ...NOT_BY_CLIENT })
  const [{ data }] = await Promise.all([query(budget, selection.get()), create(budget, COUNT_ID)])
  const none = { users: 0, disabled: 0, withoutPhone: 0 }
  const state: State = {
    ...none,
    after: '',
    beganAt: new Date(now),
    before: changeSince(data, day),
    numbersByKey: {},
    loggedIn: { day: 0, week: 0, month: 0 },
    isComplete: false,
  }
  const change = { ...state, numbersByKey: _.set({}) }
  const idle = { _id: COUNT_ID, isComplete: _.neq(false), ...NOT_BY_CLIENT }
  await query(budget, dailyCounts().where(idle).update({ data: change }))
}

function countPage(state: State, documents: readonly unknown[], after: string): State {
  const counted = {
    ...state,
    after,
    numbersByKey: { ...state.numbersByKey },
    loggedIn: { ...state.loggedIn },
  }
  const began = state.beganAt.getTime()
  const isSince = (at: Date | undefined, days: number) => {
    return at !== undefined && at.getTime() >= began - days * DAY_MILLISECONDS
  }
  for (const document of documents) {
    const { status, phoneHash, phoneCipher, createdAt, lastLoginAt } = v.parse(userSchema, document)
    if (createdAt && createdAt.getTime() > began) continue
    counted.users += 1
    if (status === 'disabled') counted.disabled += 1
    if (phoneHash === '') counted.withoutPhone += 1
    if (isSince(lastLoginAt, 1)) counted.loggedIn.day += 1
    if (isSince(lastLoginAt, 7)) counted.loggedIn.week += 1
    if (isSince(lastLoginAt, 30)) counted.loggedIn.month += 1
    const [keyId = ''] = phoneCipher.split('.')
    if (keyId !== '') counted.numbersByKey[keyId] = (counted.numbersByKey[keyId] ?? 0) + 1
  }
  return counted
}

/** As they were at the beginning of the day on which the count began: the counters since then are added to them. */
async function writeTotals({ budget }: Invocation, counted: State): Promise<void> {
  const { before, beganAt, numbersByKey, loggedIn } = counted
  const document = {
    day: chinaDay(beganAt.getTime()),
    users: counted.users - before.users,
    disabled: counted.disabled - before.disabled,
    withoutPhone: counted.withoutPhone - before.withoutPhone,
    countedAt: beganAt,
    numbersByKey,
    loggedIn,
  }
  await query(budget, dailyCounts().doc(TOTALS_ID).set({ data: document }))
}
