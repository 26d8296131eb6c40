import type { FunctionFailure } from './failure.ts'

/** How a call ended: with the answer as JSON text, or with the failure that its caller receives. */
export type InvocationEnd =
  | { requestId: string; json: string; failure?: undefined }
  | { requestId: string; failure: FunctionFailure }
