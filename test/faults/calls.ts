import { prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import type { TestUser } from '../support/test-user.ts'
import { RETRIES, type Retry } from './retries.ts'

/** A call of a function into which faults are injected, one at each of its requests. */
export interface FaultyCall {
  name: string
  function: string
  /** The console's 云端测试 calls it instead of the user's mini-program. */
  by?: 'console'
  /** Makes the user ready for the call. @returns the request */
  prepare: (user: TestUser) => Promise<object>
  /** What the client does after a failure: the same request once more unless it is given. */
  retry?: Retry
  /** Takes several writes: the retry completes what breaks off between them. */
  isFinishedByRetry?: true
}

/** Every operation of the catalogue that succeeds, but those that it leaves out of the faults. */
export const CALLS: readonly FaultyCall[] = OPERATIONS.filter(({ leftOut }) => !leftOut?.faults).map(
  (operation) => ({
    name: operation.name,
    function: operation.function,
    ...(operation.caller === 'console' ? { by: 'console' } : {}),
    prepare: async (user) => {
      if (!operation.isNew) await user.logIn()
      return prepareRequest(operation, user)
    },
    ...RETRIES[operation.name],
  }),
)
