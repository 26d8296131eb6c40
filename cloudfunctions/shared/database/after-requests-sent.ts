import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Resolves after the requests made so far have been sent. The SDK prepares all requests of one turn before it sends the
 * first, so a request that the answer does not depend on is made one turn later.
 */
export async function afterRequestsSent(): Promise<void> {
  await nextTurn()
}
