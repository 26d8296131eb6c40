import type { StorageRefusal } from '../../control/storage.ts'

/** WeChat's codes for the answers of the storage; -403001 is a file above the limit. */
const REFUSALS: Readonly<Record<string, StorageRefusal>> = {
  EntityTooLarge: { errCode: -403001, errMsg: 'errCode: -403001 exceed max file size' },
  AccessDenied: { errCode: -503002, errMsg: 'errCode: -503002 storage permission denied' },
}

/** How a mini-program hears of the storage's answer to a file that it did not take. @param body COS's XML */
export function storageRefusal(status: number, body: string): StorageRefusal {
  const [, code = ''] = /<Code>(\w+)/.exec(body) ?? []
  return REFUSALS[code] ?? requestFailed(status)
}

export function requestFailed(status: number): StorageRefusal {
  return { errCode: -503001, errMsg: `errCode: -503001 storage request fail | errMsg: status ${status}` }
}
