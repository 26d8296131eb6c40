/** Why the cloud gave no answer: there is no network, or what stands for it. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure'
}

/** Told by its name: the screen is another window, where this class is another one. */
export function isNetworkFailure(error: unknown): error is NetworkFailure {
  return (error as { name?: unknown } | null)?.name === 'NetworkFailure'
}
