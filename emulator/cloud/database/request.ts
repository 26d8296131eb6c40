import type { ChangeOrigin } from '../../control/documents.ts'
import { type Behaviours, DEFAULT_BEHAVIOURS } from '../follow/behaviours.ts'
import { LIMITS } from '../limits.ts'
import type { Document } from './values/document.ts'

/** What holds while one request is answered. Requests are answered one by one, each without a pause. */
interface Request {
  /** Milliseconds since 1970 by the cloud's clock. */
  readonly now: number
  readonly origin: ChangeOrigin
  readonly behaviours: Behaviours
  readonly onFound: OnFound | undefined
  /** Milliseconds that regular expressions may still take. */
  regexMilliseconds: number
}

/** Receives documents that a request has found by a query. They must not be changed. */
export type OnFound = (collection: string, documents: readonly Document[]) => void

let current: Request | undefined

const CONSOLE: ChangeOrigin = { kind: 'console' }

/** Answers one request, whose moment is `now` throughout. `run` must not be asynchronous. */
export function duringRequest<Result>(
  now: number,
  run: () => Result,
  origin = CONSOLE,
  behaviours = DEFAULT_BEHAVIOURS,
  onFound?: OnFound,
): Result {
  const outer = current
  current = { now, origin, behaviours, onFound, regexMilliseconds: LIMITS.database.regexMilliseconds }
  try {
    return run()
  } finally {
    current = outer
  }
}

/** The moment of the request that is being answered, as `$$NOW` gives it; outside of one the machine's. */
export function requestMoment(): number {
  return current?.now ?? Date.now()
}

/** Who asks; outside of a request the console. */
export function requestOrigin(): ChangeOrigin {
  return current?.origin ?? CONSOLE
}

/** In which of several ways the request is answered. */
export function requestBehaviours(): Behaviours {
  return current?.behaviours ?? DEFAULT_BEHAVIOURS
}

/** To be called with what the answer of a request depends on. */
export function noteFound(collection: string, documents: readonly Document[]): void {
  if (documents.length > 0) current?.onFound?.(collection, documents)
}

/** Whole milliseconds, at least 1, that a regular expression may take now; undefined when none are left. */
export function regexTimeLeft(): number | undefined {
  const left = current?.regexMilliseconds ?? LIMITS.database.regexMilliseconds
  return left > 0 ? Math.ceil(left) : undefined
}

export function spendRegexTime(milliseconds: number): void {
  if (current) current.regexMilliseconds -= milliseconds
}
