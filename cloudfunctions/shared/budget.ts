import { AppError } from './app-error.ts'

/** The platform kills a function after 3 s unless configured otherwise; the answer must be out before. */
const TOTAL_MILLISECONDS = 2600
/** The longest one upstream call may take of it. */
const CALL_MILLISECONDS = 2000

/**
 * The time one invocation may still take. An upstream call that does not answer within it is given up, so that
 * the client hears a typed 503 instead of a killed function.
 */
export class Budget {
  readonly #endsAt: number

  constructor(totalMilliseconds = TOTAL_MILLISECONDS) {
    this.#endsAt = performance.now() + totalMilliseconds
  }

  /** Milliseconds until the answer must be out. */
  left(): number {
    return this.#endsAt - performance.now()
  }

  /** A part of the time that is left, for something that is not to use up the rest. */
  part(milliseconds: number): Budget {
    return new Budget(Math.min(milliseconds, this.left()))
  }

  /** @throws AppError TIMEOUT when the call takes longer than it may; what it does later is ignored */
  async within<Result>(call: Promise<Result>): Promise<Result> {
    const milliseconds = Math.min(CALL_MILLISECONDS, this.left())
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new AppError('TIMEOUT', { log: 'an upstream call took too long' })),
        milliseconds,
      )
    })
    try {
      return await Promise.race([call, timeout])
    } finally {
      clearTimeout(timer)
    }
  }
}
