/**
 * A failure to be given instead of an answer. `answer` says in whose words:
 * - `error`: the wire's `{ code, message }`, as the database and storage fail; nothing was done;
 * - `openapi`: WeChat's own `{ errcode, errmsg }` inside a good answer of `cloud.openapi`; nothing was done;
 * - `openapi-system`: an error number of 云调用 itself (-6041xx); nothing was done;
 * - `http-error`: an HTTP status and a page of HTML, as a gateway fails; nothing was done;
 * - `hang`: no answer at all, until the client gives up; nothing was done;
 * - `hang-after`: the same, but it was done;
 * - `reset`: the connection is cut before anything was done;
 * - `reset-after`: the connection is cut after it was done;
 * - `slow`: the answer is right, but late, and so is what is done;
 * - `garbage`: it was done, and the answer is bytes that mean nothing;
 * - `kill`: the function's process dies before anything was done;
 * - `kill-after`: the function's process dies after it was done;
 * - `function-timeout`: for the action `invoke`, whose target is a function: its time runs out.
 */
export interface Fault {
  /** Of which requests: the SDK's action, such as `database.getDocument` or `wx.openApi`; absent for all of them. */
  action?: string
  /** Of which collection, openapi or function; absent for all. */
  target?: string
  /** Of whose calls; absent for everybody's. */
  openid?: string
  /** Of calls from this address; absent for any. It tells calls without an openid from one another. */
  clientIp?: string
  /**
   * Which of the requests of one call, from 1 on: the n-th of those that fit `action` and `target`. Absent for every
   * one of them.
   */
  operation?: number
  answer:
    | { kind: 'error'; code: string; message: string }
    | { kind: 'openapi'; errcode: number; errmsg: string }
    | { kind: 'openapi-system'; errorCode: number }
    | { kind: 'http-error'; status: number }
    | { kind: 'slow'; milliseconds: number }
    | {
        kind:
          | 'hang'
          | 'hang-after'
          | 'reset'
          | 'reset-after'
          | 'garbage'
          | 'kill'
          | 'kill-after'
          | 'function-timeout'
      }
  /** How many requests it meets before it is over; absent for all until it is cleared. */
  times?: number
}

interface Request {
  action: string
  target: string
}

/** The call a request belongs to, with all its requests so far, this one the last. */
interface Call {
  caller: { openid?: string; clientIp?: string }
  record: { roundTrips: readonly Request[] }
}

/** The faults that are switched on. The first that fits a request meets it. */
export class Faults {
  #faults: Fault[] = []

  /** @returns a function that switches this fault off */
  add(fault: Fault): () => void {
    const own = { ...fault }
    this.#faults.push(own)
    return () => {
      this.#faults = this.#faults.filter((other) => other !== own)
    }
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault for this request, used up by one. @param call absent for a client outside any function */
  take(request: Request, call?: Call): Fault['answer'] | undefined {
    const fault = this.#faults.find(
      (candidate) => isAbout(candidate, request) && isOf(candidate, request, call),
    )
    if (!fault) return undefined
    if (fault.times !== undefined) {
      fault.times -= 1
      if (fault.times <= 0) this.#faults = this.#faults.filter((other) => other !== fault)
    }
    return fault.answer
  }
}

function isAbout({ action, target }: Fault, request: Request): boolean {
  return (
    (action === undefined ? request.action !== 'invoke' : action === request.action) &&
    (target === undefined || target === request.target)
  )
}

function isOf(fault: Fault, request: Request, call: Call | undefined): boolean {
  if (fault.openid !== undefined && fault.openid !== call?.caller.openid) return false
  if (fault.clientIp !== undefined && fault.clientIp !== call?.caller.clientIp) return false
  if (fault.operation === undefined) return true
  const trips = call?.record.roundTrips ?? []
  const place = trips.indexOf(request)
  return trips.slice(0, place + 1).filter((trip) => isAbout(fault, trip)).length === fault.operation
}
