import type { Clock } from '../clock.ts'
import { CloudError, invalidParameter } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { Files } from './files.ts'
import type { Signer } from './signature.ts'

export interface StorageOptions {
  files: Files
  signer: Signer
  clock: Clock
  environmentId: string
  /** Address below which `FileServer` answers, without a slash at the end. */
  filesUrl: string
}

type Fields = Record<string, unknown>

/** `storage.*` of the SDK: gives out signed addresses; the bytes themselves travel by `FileServer`. */
export class Storage {
  readonly #options: StorageOptions
  readonly #bucket: string

  constructor(options: StorageOptions) {
    this.#options = options
    this.#bucket = `cloud://${options.environmentId}.local-${options.environmentId}/`
  }

  /** @throws CloudError */
  handle(action: string, body: Fields): Fields {
    switch (action) {
      case 'storage.getUploadMetadata':
        return { data: this.uploadMetadata(body['path']) }
      case 'storage.batchGetDownloadUrl':
        return {
          data: { download_list: list(body['file_list'], 'file_list').map((file) => this.#download(file)) },
        }
      case 'storage.batchDeleteFile':
        return {
          data: { delete_list: list(body['fileid_list'], 'fileid_list').map((id) => this.#delete(id)) },
        }
      case 'storage.getFileAuthority':
        return { data: list(body['fileList'], 'fileList').map((file) => this.#authority(file)) }
      default:
        throw invalidParameter(`${action} is not supported by the embedded cloud`)
    }
  }

  /** Where and with which headers a file may be put. */
  uploadMetadata(path: unknown) {
    const cloudPath = validPath(path)
    const { signer, filesUrl } = this.#options
    const key = Files.keyOf(cloudPath)
    const token = Buffer.from(cloudPath).toString('base64url')
    return {
      url: `${filesUrl}/${key}`,
      token,
      authorization: signer.sign(`PUT ${key} ${token}`),
      fileId: this.#bucket + cloudPath,
      cosFileId: signer.sign(`id ${key}`),
    }
  }

  #download(entry: unknown): Fields {
    const { fileid, max_age: maxAge } = typeof entry === 'string' ? { fileid: entry } : (entry as Fields)
    const path = this.#pathOf(fileid)
    const seconds = typeof maxAge === 'number' && maxAge > 0 ? maxAge : LIMITS.storage.urlSeconds
    if (path === undefined || !this.#options.files.find(path)) {
      return { fileID: fileid, tempFileURL: '', maxAge: seconds, code: 'STORAGE_FILE_NONEXIST' }
    }
    const { signer, clock, filesUrl } = this.#options
    const key = Files.keyOf(path)
    const expiresAt = Math.floor(clock.now() / 1000) + seconds
    const signature = signer.sign(`GET ${key} ${expiresAt}`)
    return {
      fileID: fileid,
      tempFileURL: `${filesUrl}/${key}?t=${expiresAt}&sign=${signature}`,
      maxAge: seconds,
      code: 'SUCCESS',
    }
  }

  /** Everybody may do everything: the embedded cloud keeps no rights to files. */
  #authority(entry: unknown): Fields {
    const { path, type } = entry as Fields
    const key = Files.keyOf(this.#pathOf(path) ?? '')
    return { path, type, read: true, write: true, cosFileId: this.#options.signer.sign(`id ${key}`) }
  }

  #delete(fileId: unknown): Fields {
    const path = this.#pathOf(fileId)
    const removed = path !== undefined && this.#options.files.remove(path)
    return { fileID: fileId, code: removed ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST' }
  }

  #pathOf(fileId: unknown): string | undefined {
    if (typeof fileId !== 'string' || !fileId.startsWith(this.#bucket)) return undefined
    return fileId.slice(this.#bucket.length)
  }
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw invalidParameter(`${name} must be a non-empty array`)
  if (value.length > LIMITS.storage.filesPerRequest) {
    throw invalidParameter(`${name} holds more than ${LIMITS.storage.filesPerRequest} files`)
  }
  if (value.some((item) => typeof item !== 'string' && (typeof item !== 'object' || item === null))) {
    throw invalidParameter(`${name} holds something that is no file`)
  }
  return value
}

function validPath(path: unknown): string {
  if (typeof path !== 'string' || path === '') throw invalidParameter('path must be a non-empty string')
  const isSafe =
    !path.startsWith('/') &&
    !path.endsWith('/') &&
    !path.includes('//') &&
    !path.split('/').includes('..') &&
    !/[\p{Cc}\p{Cs}]/u.test(path) &&
    Buffer.byteLength(path) <= LIMITS.storage.pathBytes
  if (!isSafe) throw new CloudError('STORAGE_REQUEST_FAIL', 'invalid cloudPath')
  return path
}
