import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { allDone } from './all-done.ts'
import { AppError } from './app-error.ts'
import type { Call, Invocation } from './call.ts'
import { NOT_BY_CLIENT, refuseClientDocument } from './client-document.ts'
import { command as _, ask, collection, DuplicateKey } from './database.ts'
import { loginLimit, rateLimit } from './environment.ts'
import { LOGIN_WINDOW_MILLISECONDS } from './login-rate.ts'
import { countedAt, hasRoom, type SlidingWindow, secondsUntilRoom } from './sliding-window.ts'

const HOUR_MILLISECONDS = 60 * 60 * 1000
const anHour = (limit: number): SlidingWindow => ({ limit, milliseconds: HOUR_MILLISECONDS })

/** How often one person may do what costs something that all people share. */
const LIMITS = {
  /** Phone codes that WeChat is asked about, by `login` and `changePhone` together. */
  code: (): SlidingWindow => ({ limit: loginLimit(), milliseconds: LOGIN_WINDOW_MILLISECONDS }),
  /** Changes of nickname and picture: WeChat checks the text, the storage is asked for the file. */
  update: () => anHour(rateLimit('update', 30)),
  /** Places to upload a picture to. */
  avatarUpload: () => anHour(rateLimit('avatarUpload', 20)),
  /** Ends of other sessions than one's own, each with its row in `audit_logs`. */
  logout: () => anHour(rateLimit('logout', 20)),
  export: () => anHour(rateLimit('export', 10)),
} as const satisfies Record<string, () => SlidingWindow>

export type RateKind = keyof typeof LIMITS
const KINDS = Object.keys(LIMITS) as RateKind[]

/** No document says anything that counts for longer than this after its `updatedAt`. */
export const LONGEST_WINDOW_MILLISECONDS = HOUR_MILLISECONDS

/**
 * `_id` is `<user id>.<kind>`, for people with and without an account; `at` holds the times of the latest acts, `acts` a
 * name for each of them.
 */
export const rateLimits = () => collection('rate_limits')

const documentSchema = v.object({ at: v.array(v.date()) })

const TRIES = 4

/**
 * Counts one act of the caller, if there is room for it. Exact across all instances: however many calls come at once,
 * no more are allowed than the limit. One round trip; more only for one that is refused, or that met the very first of
 * the same person at the same moment.
 * @returns seconds to wait; 0 for an act that is allowed, and counted
 * @throws AppError as the database fails, and then nothing is known to be counted
 */
export async function countAct(call: Call, kind: RateKind): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await count(call, kind)) return 0
    const seconds = await secondsToWait(call, kind)
    if (seconds > 0) return seconds
    // Room all the same: the document came to be, or went, between the two halves of the count.
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'a rate limit kept changing', retryAfterSeconds: 1 })
}

/** @throws AppError RATE_LIMITED */
export function requireRoom(seconds: number): void {
  if (seconds > 0) throw new AppError('RATE_LIMITED', { retryAfterSeconds: seconds })
}

/** A first act adds the document, every other one changes it. Both are tried side by side, and one takes effect. */
async function count({ budget, userId, now }: Call, kind: RateKind): Promise<boolean> {
  const _id = `${userId}.${kind}`
  const window = LIMITS[kind]()
  const at = new Date(now)
  // Keeps the change from counting again what the addition beside it has counted, whatever was counted in between.
  const act = randomBytes(9).toString('base64url')
  const notCounted = { _id, acts: _.neq(act), ...NOT_BY_CLIENT }
  const acts = _.push({ each: [act], slice: -window.limit })
  const change = { at: countedAt(window, now), acts, updatedAt: at }
  const [isAdded, { stats }] = await allDone([
    isFirst(ask(budget, rateLimits().add({ data: { _id, at: [at], acts: [act], updatedAt: at } }))),
    ask(
      budget,
      rateLimits()
        .where(_.and([notCounted, hasRoom('at', window, now)]))
        .update({ data: change }),
    ),
  ])
  return isAdded || stats.updated > 0
}

async function isFirst(adding: Promise<unknown>): Promise<boolean> {
  try {
    await adding
    return true
  } catch (error) {
    if (error instanceof DuplicateKey) return false
    throw error
  }
}

async function secondsToWait({ budget, userId, now }: Call, kind: RateKind): Promise<number> {
  const { data } = await ask(budget, rateLimits().doc(`${userId}.${kind}`).get())
  if (data === null || data === undefined) return 0
  refuseClientDocument('rate_limits', data)
  const counted = v.safeParse(documentSchema, data)
  if (!counted.success) throw new AppError('INTERNAL', { log: 'a document of `rate_limits` is damaged' })
  return secondsUntilRoom(counted.output.at, LIMITS[kind](), now)
}

/** What was counted of somebody whose account is closed. One round trip. */
export async function forgetCounts({ budget }: Invocation, userId: string): Promise<void> {
  const ids = KINDS.map((kind) => `${userId}.${kind}`)
  await ask(
    budget,
    rateLimits()
      .where({ _id: _.in(ids) })
      .remove(),
  )
}
