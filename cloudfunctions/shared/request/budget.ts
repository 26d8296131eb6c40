import { AppError } from '../core/app-error.ts'

/** The platform kills a function after 3 s unless configured otherwise; the answer must be sent before. */
const TOTAL_MILLISECONDS = 2600
/** How much of it one upstream call may take. */
const CALL_MILLISECONDS = 2000

/**
 * The time that one invocation may still take. An upstream call that does not answer within it fails, so that the client
 * receives a typed 503 and the platform does not kill the function.
 */
export class Budget {
  readonly #endsAt: number

  constructor(totalMilliseconds = TOTAL_MILLISECONDS) {
    this.#endsAt = performance.now() + totalMilliseconds
  }

  /** Milliseconds until the answer must be sent. */
  left(): number {
    return this.#endsAt - performance.now()
  }

  /** A budget for a part of the work, so that it cannot use up the remaining time. */
  part(milliseconds: number): Budget {
    return new Budget(Math.min(milliseconds, this.left()))
  }

  /** @throws AppError TIMEOUT when the call takes longer than it may; a later result is ignored */
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
