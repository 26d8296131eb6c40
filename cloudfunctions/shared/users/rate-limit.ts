import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { loginLimit, rateLimit } from '../core/environment.ts'
import { settleAll } from '../core/settle-all.ts'
import { NOT_BY_CLIENT, refuseClientDocument } from '../database/client-document.ts'
import { databaseName } from '../database/collection-names.ts'
import { command as _, collection, DuplicateKey, query } from '../database/database.ts'
import {
  belowLimit,
  countingChange,
  type SlidingWindow,
  secondsUntilBelowLimit,
} from '../database/sliding-window.ts'
import type { Call, Invocation } from '../request/call.ts'
import { LOGIN_WINDOW_MILLISECONDS } from './login-rate.ts'

const HOUR_MILLISECONDS = 60 * 60 * 1000
const anHour = (limit: number): SlidingWindow => ({ limit, milliseconds: HOUR_MILLISECONDS })

/** How often one person may use what all people share: WeChat's quotas, the storage, the logs. */
const LIMITS = {
  /** Exchanges of phone codes, by `login` and `changePhone` together. */
  code: (): SlidingWindow => ({ limit: loginLimit(), milliseconds: LOGIN_WINDOW_MILLISECONDS }),
  /** Changes of nickname and picture: WeChat checks the text, and the storage reads the file. */
  update: () => anHour(rateLimit('update', 30)),
  /** Paths to upload a picture to. */
  avatarUpload: () => anHour(rateLimit('avatarUpload', 20)),
  /** Logouts of other sessions, each with its entry in `audit_logs`. */
  logout: () => anHour(rateLimit('logout', 20)),
  export: () => anHour(rateLimit('export', 10)),
  /** Questions to another account, which its person sees. */
  transfer: () => anHour(rateLimit('transfer', 5)),
} as const satisfies Record<string, () => SlidingWindow>

export type RateKind = keyof typeof LIMITS
const KINDS = Object.keys(LIMITS) as RateKind[]

/** A document has no effect once it is this much older than its `updatedAt`. */
export const LONGEST_WINDOW_MILLISECONDS = HOUR_MILLISECONDS

/**
 * `_id` is `<user id>.<kind>`, for people with and without an account. `at` lists the times of the latest actions, `acts`
 * an id for each of them.
 */
const rateLimits = () => collection('rate_limits')

const documentSchema = v.object({ at: v.array(v.date()) })

const TRIES = 4

/**
 * Counts one action of the caller, if the limit allows it. Exact across all instances: concurrent calls never exceed the
 * limit. One round trip; more only for a refused action, or for one concurrent with the person's very first.
 * @returns seconds to wait; 0 for an action that is allowed and counted
 * @throws AppError as the database fails; the action may then be counted or not
 */
export async function countAction(call: Call, kind: RateKind): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await count(call, kind)) return 0
    const seconds = await secondsToWait(call, kind)
    if (seconds > 0) return seconds
    // Allowed after all: the document was created or deleted between the two halves of the count.
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'a rate limit kept changing', retryAfterSeconds: 1 })
}

/** @throws AppError RATE_LIMITED */
export function requireWithinLimit(seconds: number): void {
  if (seconds > 0) throw new AppError('RATE_LIMITED', { retryAfterSeconds: seconds })
}

/** A person's first action adds the document, every other one changes it. Tries both at once; one takes effect. */
async function count({ budget, userId, now }: Call, kind: RateKind): Promise<boolean> {
  const _id = `${userId}.${kind}`
  const window = LIMITS[kind]()
  const at = new Date(now)
  // Keeps the change from counting an action again that the addition has counted.
  const act = randomBytes(9).toString('base64url')
  const notCounted = { _id, acts: _.neq(act), ...NOT_BY_CLIENT }
  const acts = _.push({ each: [act], slice: -window.limit })
  const change = { at: countingChange(window, now), acts, updatedAt: at }
  const [isAdded, { stats }] = await settleAll([
    isFirst(query(budget, rateLimits().add({ data: { _id, at: [at], acts: [act], updatedAt: at } }))),
    query(
      budget,
      rateLimits()
        .where(_.and([notCounted, belowLimit('at', window, now)]))
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
  const { data } = await query(budget, rateLimits().doc(`${userId}.${kind}`).get())
  if (data === null || data === undefined) return 0
  refuseClientDocument('rate_limits', data)
  const counted = v.safeParse(documentSchema, data)
  if (!counted.success)
    throw new AppError('INTERNAL', { log: `a document of \`${databaseName('rate_limits')}\` is damaged` })
  return secondsUntilBelowLimit(counted.output.at, LIMITS[kind](), now)
}

/** Deletes the counts of a user whose account is closed. One round trip. */
export async function deleteRateLimits({ budget }: Invocation, userId: string): Promise<void> {
  const ids = KINDS.map((kind) => `${userId}.${kind}`)
  await query(
    budget,
    rateLimits()
      .where({ _id: _.in(ids) })
      .remove(),
  )
}
