/**
 * Inside the process of an instance: the ways in which a function may answer, as SCF documents them for Node.js
 * (https://cloud.tencent.com/document/product/583/67790).
 */

export type Main = (event: unknown, context: Context, callback: Callback) => unknown
export type Context = Record<string, unknown>
type Callback = (error: unknown, result?: unknown) => void

/** After this time without an end, the log says what the call waits for. */
const HINT_MILLISECONDS = 1000

/**
 * Calls a function and resolves with its answer.
 *
 * With a promise its value is the answer, and what is given to `callback` is not. Any other function is over once its
 * event loop is empty: its answer is what it gave to `callback` first, else what it returned. With
 * `context.callbackWaitsForEmptyEventLoop = false` the answer goes out as soon as `callback` is called.
 * @throws what the function threw, rejected with, or gave to `callback` as its error
 */
export async function callHandler(main: Main, event: unknown, context: Context): Promise<unknown> {
  context['callbackWaitsForEmptyEventLoop'] = true
  const call = new CallbackCall(context)
  const returned = main(event, context, call.callback)
  if (!isThenable(returned)) return call.end(returned)
  const result = await returned
  if (call.wasCalled) {
    console.warn(
      '这个函数返回 Promise，交给 callback 的值不会返回 · a promise is returned: callback is not heard',
    )
  }
  return result
}

class CallbackCall {
  readonly #context: Context
  #given: { error: unknown; result: unknown } | undefined
  #onCalled = () => {}

  constructor(context: Context) {
    this.#context = context
  }

  get wasCalled(): boolean {
    return this.#given !== undefined
  }

  readonly callback: Callback = (error, result) => {
    // As everywhere in Node, the first call counts.
    if (this.#given) return
    this.#given = { error, result }
    this.#onCalled()
  }

  async end(returned: unknown): Promise<unknown> {
    const loop = watchEventLoop()
    await new Promise<void>((resolve) => {
      const settleEarly = () => {
        if (this.#given && this.#context['callbackWaitsForEmptyEventLoop'] === false) resolve()
      }
      this.#onCalled = settleEarly
      settleEarly()
      loop.empty.then(resolve)
    })
    loop.end()
    const given = this.#given
    if (!given) return returned
    if (given.error !== undefined && given.error !== null) throw given.error
    return given.result
  }
}

/**
 * `empty` resolves when nothing is left in this process that could still run: no timer, request or open file. The
 * channel to the cloud does not count meanwhile.
 */
function watchEventLoop(): { empty: Promise<void>; end: () => void } {
  let settle = () => {}
  const empty = new Promise<void>((resolve) => {
    settle = resolve
  })
  process.once('beforeExit', settle)
  process.channel?.unref()
  const hint = setTimeout(() => {
    console.warn(
      '还有定时器或连接没有结束，返回要等它们（可设 context.callbackWaitsForEmptyEventLoop = false） · timers or connections are open, and the answer waits for them',
    )
  }, HINT_MILLISECONDS).unref()
  const end = () => {
    clearTimeout(hint)
    process.off('beforeExit', settle)
    process.channel?.ref()
  }
  return { empty, end }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
