/**
 * A failure the cloud answers with, as it travels to the SDK: HTTP 200 and `{ code, message, requestId }`.
 * `code` is the word of the wire (`DATABASE_REQUEST_FAILED`), which the SDK turns into its numeric errCode.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A request whose fields do not make sense together; the SDK shows it as -501007. */
export function invalidParameter(message: string): CloudError {
  return new CloudError('INVALID_PARAM', message)
}
