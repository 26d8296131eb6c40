/** The types of auth-guard.js. How to use it: docs/en/guard-your-function.md */

/** The logged-in user who calls. Times in milliseconds since 1970. */
export interface Login {
  /** `u_` and 22 characters: computed from the caller's WeChat account, never taken from the request. */
  userId: string
  user: {
    id: string
    /** Masked: `138****8000`. Empty for an account without a number. */
    phone: string
    /** Absent without a number, and for one that WeChat has not vouched for. */
    phoneVerifiedAt?: number
    nickname: string
    /** A cloud file id (`cloud://…`), or empty. */
    avatar: string
    consent: { version: string; at: number }
    createdAt: number
  }
  /** Fields for each new document that belongs to the user: `add({ data: { ...ownership, text } })`. */
  ownership: { userId: string; generation?: string }
  /** The name under which the function's log has this call. */
  requestId: string
  now: number
}

export type Answer<Data> =
  | { code: 200; message: string; data: Data; requestId: string }
  | {
      code: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503
      /** Why: `TOKEN_EXPIRED`, `SESSION_REVOKED`, …, or that of a {@link Refusal}. */
      reason: string
      /** Chinese, fit to show a user. */
      message: string
      requestId: string
      retryAfterSeconds?: number
    }

/**
 * Makes the `main` of a function that only a logged-in user reaches. One read by primary key; nothing is cached.
 * @param handle receives the event without the token. What it returns is the answer's `data`; what it throws is a
 * {@link Refusal}, or INTERNAL, which tells the caller nothing
 */
export function guarded<Data>(
  handle: (event: Record<string, unknown>, login: Login) => Promise<Data> | Data,
): (event: unknown, context?: unknown) => Promise<Answer<Data>>

/** The context of tcb-router, or of a router of its shape. */
export interface RouterContext {
  _req?: { event?: unknown }
  event?: unknown
  body?: unknown
  login?: Login
}

/**
 * Middleware for a router: the routes behind it find the user in `context.login`, and what they leave as `context.body`
 * becomes the answer's `data`. Once for each route.
 */
export function guardMiddleware(context: RouterContext, next: () => Promise<unknown>): Promise<void>

export type RefusalReason =
  | 'BAD_REQUEST'
  | 'NOT_FOUND'
  | 'LIMIT_REACHED'
  | 'RATE_LIMITED'
  | 'CONTENT_RISKY'
  | 'CONTENT_DOUBTFUL'
  | 'CONTENT_UNCHECKED'
  | 'MISCONFIGURED'
  | 'DATABASE_UNAVAILABLE'

export interface RefusalOptions {
  /**
   * Fit to show a user, in place of the reason's own text: one for every language, or one in each, of which the request's
   * `language` chooses.
   */
  message?: string | { readonly zh: string; readonly en: string }
  /** Name of the offending field. */
  field?: string
  retryAfterSeconds?: number
  /** For the function's log only. Write no number, token, code or openid into it. */
  log?: string
}

/** Thrown anywhere in a guarded function: refuses the call. */
export class Refusal extends Error {
  constructor(reason: RefusalReason, options?: RefusalOptions)
  readonly reason: string
}
