/** What wx-server-sdk throws: `errCode` is the number of the table it belongs to, or -1, or missing. */
export interface SdkError {
  errCode: number | undefined
  message: string
}

/** Reads an error of the SDK, whose shape differs from call to call. */
export function readSdkError(error: unknown): SdkError {
  if (typeof error !== 'object' || error === null) return { errCode: undefined, message: '' }
  const { errCode, errMsg, message } = error as Record<string, unknown>
  return {
    errCode: typeof errCode === 'number' ? errCode : undefined,
    message: [errMsg, message].filter((text) => typeof text === 'string').join(' '),
  }
}
