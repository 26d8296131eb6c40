import { setImmediate as turn } from 'node:timers/promises'

/**
 * Resolves when the requests that were made are on their way. The SDK prepares all that are made at once before it
 * sends the first, so what nobody waits for is better made after what the answer depends on.
 */
export async function requestsSent(): Promise<void> {
  await turn()
}
