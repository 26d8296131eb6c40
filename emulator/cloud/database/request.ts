import type { ChangeOrigin } from '../../control/documents.ts'
import { type Behaviours, DEFAULT_BEHAVIOURS } from '../follow/behaviours.ts'
import { LIMITS } from '../limits.ts'

/** What holds while one request is answered. Requests are answered one by one, each without a pause. */
interface Request {
  /** Milliseconds since 1970 by the cloud's clock. */
  readonly now: number
  readonly origin: ChangeOrigin
  readonly behaviours: Behaviours
  /** Milliseconds that regular expressions may still take. */
  regexMilliseconds: number
}

let current: Request | undefined

const CONSOLE: ChangeOrigin = { kind: 'console' }

/** Answers one request, whose moment is `now` throughout. `run` must not be asynchronous. */
export function duringRequest<Result>(
  now: number,
  run: () => Result,
  origin = CONSOLE,
  behaviours = DEFAULT_BEHAVIOURS,
): Result {
  const outer = current
  current = { now, origin, behaviours, regexMilliseconds: LIMITS.database.regexMilliseconds }
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

/** Whole milliseconds, at least 1, that a regular expression may take now; undefined when none are left. */
export function regexTimeLeft(): number | undefined {
  const left = current?.regexMilliseconds ?? LIMITS.database.regexMilliseconds
  return left > 0 ? Math.ceil(left) : undefined
}

export function spendRegexTime(milliseconds: number): void {
  if (current) current.regexMilliseconds -= milliseconds
}
