import { inspect } from 'node:util'
import type { Invocation } from './call.ts'

/** What a log shows of an invocation: nothing that a user sent or that identifies a person. */
interface Shown {
  functionName: string
  requestId: string
  /** See `RequestSource`. */
  source: string
  /** Names of the event's fields, in one text: a log shows less of what is nested. */
  eventFields: string
}

/**
 * The invocation, of which `console.log` and JSON show no token, code, openid or key. The same holds for copies that
 * are made of it with `...`. `console.dir` and a log of a single field, such as the event, still show everything.
 */
export function makeLoggable(invocation: Invocation): Invocation {
  const describe = (): Shown => shownOf(invocation)
  // As enumerable properties, since `...` copies no others.
  return Object.assign(invocation, { [inspect.custom]: describe, toJSON: describe })
}

function shownOf({ functionName, requestId, requestSource, event }: Invocation): Shown {
  const eventFields = typeof event === 'object' && event !== null ? Object.keys(event) : []
  return { functionName, requestId, source: requestSource.source, eventFields: eventFields.join(', ') }
}
