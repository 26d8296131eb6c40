/**
 * A failure to be given instead of an answer. `answer` says in whose words:
 * - `error`: the wire's `{ code, message }`, as the database and storage fail; nothing was done;
 * - `openapi`: WeChat's own `{ errcode, errmsg }` inside a good answer of `cloud.openapi`; nothing was done;
 * - `openapi-system`: an error number of 云调用 itself (-6041xx); nothing was done;
 * - `http-error`: an HTTP status and a page of HTML, as a gateway fails; nothing was done;
 * - `hang`: no answer at all, until the client times out; nothing was done;
 * - `hang-after`: the same, but it was done;
 * - `reset`: the connection is cut before anything was done;
 * - `reset-after`: the connection is cut after it was done;
 * - `slow`: the answer is right, but late, and so is the work;
 * - `garbage`: it was done, and the answer is bytes that mean nothing;
 * - `kill`: the function's process dies before anything was done;
 * - `kill-after`: the function's process dies after it was done;
 * - `function-timeout`: for the action `invoke`, whose target is a function: its time runs out;
 * - `call-lost`: for the same action: the function is not called, and its caller gets no answer, as without a network;
 * - `answer-lost`: for the same action: the function has done its work, and its caller gets no answer, as without a network.
 */
export interface Fault {
  /** Of which requests: the SDK's action, such as `database.getDocument` or `wx.openApi`; absent for all of them. */
  action?: string | undefined
  /** Of which collection, openapi or function; absent for all. */
  target?: string | undefined
  /** Of whose calls; absent for everybody's. */
  openid?: string | undefined
  /** Of calls from this address; absent for any. It tells calls without an openid from one another. */
  clientIp?: string | undefined
  /**
   * Which of the requests of one call, from 1 on: the n-th of those that fit `action` and `target`. Absent for every
   * one of them.
   */
  operation?: number | undefined
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
          | 'call-lost'
          | 'answer-lost'
      }
  /** How many requests it meets before it is over; absent for all until it is cleared. */
  times?: number | undefined
}
