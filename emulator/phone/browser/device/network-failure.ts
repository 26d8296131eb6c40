/** The cloud gave no answer: the phone is offline, or the cloud is down. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'
}

/** Compares the name: the class of an error from another window is another one. */
export function isNetworkFailure(error: unknown): error is NetworkFailure {
  return (error as { name?: unknown } | null)?.name === 'NetworkFailure'
}
