/**
 * A failure to be given instead of an answer. `answer` says in whose words:
 * - `error`: the wire's `{ code, message }`, as the database and storage fail;
 * - `openapi`: WeChat's own `{ errcode, errmsg }` inside a good answer of `cloud.openapi`;
 * - `openapi-system`: an error number of 云调用 itself (-6041xx);
 * - `hang`: no answer at all, until the client gives up;
 * - `reset`: the connection is cut before anything was done;
 * - `reset-after`: the connection is cut after it was done;
 * - `slow`: the answer is right, but late;
 * - `function-timeout`: for the action `invoke`, whose target is a function: its time runs out.
 */
export interface Fault {
  /** Of which requests: the SDK's action, such as `database.getDocument` or `wx.openApi`; absent for all of them. */
  action?: string
  /** Of which collection, openapi or function; absent for all. */
  target?: string
  answer:
    | { kind: 'error'; code: string; message: string }
    | { kind: 'openapi'; errcode: number; errmsg: string }
    | { kind: 'openapi-system'; errorCode: number }
    | { kind: 'slow'; milliseconds: number }
    | { kind: 'hang' | 'reset' | 'reset-after' | 'function-timeout' }
  /** How many requests it meets before it is over; absent for all until it is cleared. */
  times?: number
}

/** The faults that are switched on. The first that fits a request meets it. */
export class Faults {
  #faults: Fault[] = []

  add(fault: Fault): void {
    this.#faults.push({ ...fault })
  }

  list(): readonly Fault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults = []
  }

  /** The fault for this request, used up by one. */
  take(request: { action: string; target: string }): Fault['answer'] | undefined {
    const fault = this.#faults.find(
      ({ action, target }) =>
        (action === undefined ? request.action !== 'invoke' : action === request.action) &&
        (target === undefined || target === request.target),
    )
    if (!fault) return undefined
    if (fault.times !== undefined) {
      fault.times -= 1
      if (fault.times <= 0) this.#faults = this.#faults.filter((other) => other !== fault)
    }
    return fault.answer
  }
}
