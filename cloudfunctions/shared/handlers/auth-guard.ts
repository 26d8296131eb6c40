/**
 * The guard for functions that the app has already, in plain JavaScript: `npm run build` makes one file of it, which is
 * copied beside such a function (docs/en/guard-your-function.md). Its types are `scripts/lib/guard/auth-guard.d.ts`.
 */
import * as v from 'valibot'
import type { Answer } from '../../../contract/answer.ts'
import type { UserInfo } from '../../../contract/user-info.ts'
import { AppError } from '../core/app-error.ts'
import type { Call } from '../request/call.ts'
import { type Ownership, ownership } from '../users/ownership.ts'
import { type User, userInfoOf } from '../users/user.ts'
import { authenticated } from './authenticated.ts'
import { serve } from './serve.ts'

export { Refusal } from './refusal.ts'

/** The logged-in user who calls, as a function of the app sees them. Times in milliseconds since 1970. */
export interface Login {
  userId: string
  user: UserInfo & { consent: { version: string; at: number }; createdAt: number }
  /** Fields for each new document that belongs to the user. */
  ownership: Ownership
  /** The name under which the log has this call. */
  requestId: string
  now: number
}

type Event = Record<string, unknown>
type Handle<Data> = (event: Event, login: Login) => Promise<Data> | Data

/**
 * Makes the `main` of a function that only a logged-in user reaches. What `handle` returns is the answer's `data`; what it
 * throws is a refusal (`Refusal`), or INTERNAL without its message.
 * @param handle receives the event without the token
 */
export function guarded<Data>(
  handle: Handle<Data>,
): (event: unknown, context?: unknown) => Promise<Answer<Data>> {
  if (typeof handle !== 'function') throw new TypeError('guarded() takes a function (event, login) => …')
  return (event, context) => serveGuarded(event, context, handle)
}

/** A router's context, of tcb-router or one of its shape. */
interface RouterContext {
  _req?: { event?: unknown }
  event?: unknown
  body?: unknown
  login?: Login
}

/**
 * Middleware for the routes of a router: routes behind it are reached by a logged-in user alone, as `context.login`. What
 * they leave as `context.body` becomes the answer's `data`.
 */
export async function guardMiddleware(context: RouterContext, next: () => Promise<unknown>): Promise<void> {
  const request = context._req ?? context
  context.body = await serveGuarded(request.event, undefined, async (event, login) => {
    request.event = event
    context.login = login
    await next()
    return context.body
  })
}

function serveGuarded<Data>(event: unknown, context: unknown, handle: Handle<Data>): Promise<Answer<Data>> {
  const handler = authenticated(v.unknown(), async (event, call, { user }) =>
    asJson(await handle(withoutToken(event as Event), loginOf(call, user))),
  )
  return serve(functionName(context), handler)(event, context)
}

function withoutToken({ token: _token, ...event }: Event): Event {
  return event
}

function loginOf({ userId, requestId, now }: Call, user: User): Login {
  const { version, at } = user.consent
  const consent = { version, at: at.getTime() }
  const createdAt = user.createdAt.getTime()
  return {
    userId,
    user: { ...userInfoOf(user), consent, createdAt },
    ownership: ownership(user),
    requestId,
    now,
  }
}

/** The platform would answer a result that is no JSON with the error's own message. @throws AppError INTERNAL */
function asJson<Data>(data: Data): Data {
  try {
    JSON.stringify(data)
    return data
  } catch {
    throw new AppError('INTERNAL', { log: 'the function returned what JSON cannot hold' })
  }
}

function functionName(context: unknown): string {
  const named = v.safeParse(v.object({ function_name: v.string() }), context)
  return named.success ? named.output.function_name : 'auth-guard'
}
