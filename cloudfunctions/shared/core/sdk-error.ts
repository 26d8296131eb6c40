/** An error of wx-server-sdk: `errCode` is the number of the table it belongs to, or -1, or missing. */
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

/** The numbers that the SDK gives to codes which it does not know. */
const UNKNOWN_TO_SDK: readonly (number | undefined)[] = [-501001, -1, undefined]

const SPEAKS_OF_SDK_VERSION =
  /SDK_UPGRADE_REQUIRED|STORAGE_NOT_SUPPORTED|PG ?模式|\bPG mode\b|\bSDK\b.{0,60}(upgrade|too low|too old|升级|版本)|(upgrade|升级).{0,60}\bSDK\b/i

/**
 * Whether the environment refuses the SDK because it is in PG mode (`SDK_UPGRADE_REQUIRED`, `STORAGE_NOT_SUPPORTED`).
 * The SDK drops a code that it does not know and keeps the message, so the words of the message tell.
 */
export function isSdkTooOld({ errCode, message }: SdkError): boolean {
  return UNKNOWN_TO_SDK.includes(errCode) && SPEAKS_OF_SDK_VERSION.test(message)
}

/** For the log: what to do about it. */
export const SDK_TOO_OLD =
  'this environment is in PG mode, which this wx-server-sdk does not speak: use an environment that WeChat DevTools opened, or build with wx-server-sdk 5.0.1-beta.1 or newer (docs/en/deploy.md)'
