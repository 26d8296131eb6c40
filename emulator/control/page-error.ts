import type { ThrownError } from './invocation.ts'

/** An error of the mini-program on a phone. */
export interface PageError {
  /** Whose phone. */
  openid?: string | undefined
  /** Path of the page, such as `pages/home/home`; absent for the app itself. */
  page?: string | undefined
  /** As the phone's own list shows it. */
  text: string
  /** The thrown error with its places in the sources. */
  thrown?: ThrownError | undefined
}

export interface LoggedPageError extends PageError {
  /** Milliseconds since 1970 by the cloud's clock. */
  at: number
  /** The mini-program has been built again since. */
  isOfOlderBuild?: true
  /** How often it came in a row. */
  times: number
}
