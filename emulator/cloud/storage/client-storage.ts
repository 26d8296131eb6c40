import type { StorageRefusal } from '../../control/storage.ts'
import { CloudError } from '../errors.ts'
import type { Storage } from './storage.ts'

/**
 * Numbers and words of `wx.cloud` for the words of the wire. Numbers: WeChat's list of error codes of Cloud
 * Development; words: those of the SDK's own table.
 */
const FAILURES: Readonly<Record<string, readonly [number, string]>> = {
  INVALID_PARAM: [-501007, 'invalid parameters'],
  STORAGE_REQUEST_FAIL: [-503001, 'storage request fail'],
  STORAGE_EXCEED_AUTHORITY: [-503002, 'storage permission denied'],
  STORAGE_FILE_NONEXIST: [-503003, 'storage file not exists'],
}

/**
 * Cloud storage as one person's mini-program reaches it, under the permission of the storage. A function's files are the
 * administrator's.
 */
export class ClientStorage {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Where and with which headers `PUT` puts the file; the rule is applied again when it arrives. */
  upload(openid: string, cloudPath: unknown) {
    return orRefusal(() => {
      const { url, token, authorization, fileId } = this.#storage.uploadMetadata(cloudPath, openid)
      return { fileID: fileId, url, headers: { authorization, 'x-cos-security-token': token } }
    })
  }

  /** As `wx.cloud.getTempFileURL`: file ids, or `{ fileID, maxAge }`. */
  urls(openid: string, fileList: readonly unknown[]) {
    return orRefusal(() => {
      const urls = this.#storage.urls(fileList.map(asSdkEntry), 'fileList', openid)
      return { fileList: urls.map(({ code, ...url }) => ({ ...url, ...statusOf(code) })) }
    })
  }

  /** As `wx.cloud.deleteFile`. */
  delete(openid: string, fileList: readonly unknown[]) {
    return orRefusal(() => {
      const ends = this.#storage.delete(fileList, openid)
      return { fileList: ends.map(({ fileID, code }) => ({ fileID, ...statusOf(code) })) }
    })
  }
}

/** Clients write `{ fileID, maxAge }` where the SDK sends `{ fileid, max_age }`. */
function asSdkEntry(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry
  const { fileID, maxAge } = entry as { fileID?: unknown; maxAge?: unknown }
  return { fileid: fileID, max_age: maxAge }
}

function statusOf(code: string): { status: number; errMsg: string } {
  if (code === 'SUCCESS') return { status: 0, errMsg: 'ok' }
  const [status, errMsg] = FAILURES[code] ?? [-1, code]
  return { status, errMsg }
}

function orRefusal<Answer>(answer: () => Answer): Answer | StorageRefusal {
  try {
    return answer()
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    const { status, errMsg } = statusOf(error.code)
    return { errCode: status, errMsg: `errCode: ${status} ${errMsg} | errMsg: ${error.message}` }
  }
}
