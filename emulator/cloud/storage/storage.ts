import type { Clock } from '../clock.ts'
import { CloudError, invalidParameter } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { Files } from './files.ts'
import type { Signer } from './signature.ts'
import { encodeTarget } from './upload-target.ts'

export interface StorageOptions {
  files: Files
  signer: Signer
  clock: Clock
  environmentId: string
  /** Address below which `FileServer` answers, without a slash at the end. */
  filesUrl: string
}

type Fields = Record<string, unknown>

/** What became of one file of a list. */
export interface FileEnd {
  fileID: unknown
  /** `SUCCESS`, or the word of the wire for why not. */
  code: string
}

export interface FileUrl extends FileEnd {
  tempFileURL: string
  /** Seconds. */
  maxAge: number
}

/**
 * Gives out signed addresses of files; the bytes themselves travel by `FileServer`. `handle` is `storage.*` of the
 * SDK, where everybody is the administrator.
 */
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
        return { data: { download_list: this.urls(body['file_list'], 'file_list') } }
      case 'storage.batchDeleteFile':
        return { data: { delete_list: this.delete(body['fileid_list'], undefined, 'fileid_list') } }
      case 'storage.getFileAuthority':
        return { data: list(body['fileList'], 'fileList').map((file) => this.#authority(file)) }
      default:
        throw invalidParameter(`${action} is not supported by the embedded cloud`)
    }
  }

  /**
   * Where and with which headers a file may be put.
   * @param creator the openid of a mini-program's user; absent for the administrator
   * @throws CloudError INVALID_PARAM, STORAGE_REQUEST_FAIL for a bad path, STORAGE_EXCEED_AUTHORITY
   */
  uploadMetadata(path: unknown, creator?: string) {
    const cloudPath = validPath(path)
    const { signer, filesUrl, files } = this.#options
    if (!files.mayChange(cloudPath, creator)) throw notTheCreator()
    const key = Files.keyOf(cloudPath)
    const token = encodeTarget({ path: cloudPath, ...(creator === undefined ? {} : { creator }) })
    return {
      url: `${filesUrl}/${key}`,
      token,
      authorization: signer.sign(`PUT ${key} ${token}`),
      fileId: this.fileId(cloudPath),
      cosFileId: signer.sign(`id ${key}`),
    }
  }

  /**
   * Addresses from which anybody may fetch the files for a while.
   * @param reader the openid of a mini-program's user; absent for the administrator
   * @throws CloudError INVALID_PARAM unless it is a list of 1 to 50
   */
  urls(fileList: unknown, name = 'fileList', reader?: string): (FileUrl & Fields)[] {
    return list(fileList, name).map((file) => this.#url(file, reader))
  }

  /**
   * @param creator the openid of a mini-program's user; absent for the administrator
   * @throws CloudError INVALID_PARAM unless it is a list of 1 to 50
   */
  delete(fileList: unknown, creator?: string, name = 'fileList'): (FileEnd & Fields)[] {
    return list(fileList, name).map((fileID) => ({ fileID, code: this.#delete(fileID, creator) }))
  }

  /** By the path it was uploaded to. */
  fileId(path: string): string {
    return this.#bucket + path
  }

  #url(entry: unknown, reader: string | undefined): FileUrl & Fields {
    const { fileid, max_age: maxAge } = typeof entry === 'string' ? { fileid: entry } : (entry as Fields)
    const path = this.#pathOf(fileid)
    const seconds = typeof maxAge === 'number' && maxAge > 0 ? maxAge : LIMITS.storage.urlSeconds
    const file = path === undefined ? undefined : this.#options.files.find(path)
    const refused = (code: string) => ({ fileID: fileid, tempFileURL: '', maxAge: seconds, code })
    if (path === undefined || !file) return refused('STORAGE_FILE_NONEXIST')
    if (!this.#options.files.mayRead(file, reader)) return refused('STORAGE_EXCEED_AUTHORITY')
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

  /** The administrator may do everything. */
  #authority(entry: unknown): Fields {
    const { path, type } = entry as Fields
    const key = Files.keyOf(this.#pathOf(path) ?? '')
    return { path, type, read: true, write: true, cosFileId: this.#options.signer.sign(`id ${key}`) }
  }

  #delete(fileId: unknown, creator: string | undefined): string {
    const { files } = this.#options
    const path = this.#pathOf(fileId)
    if (path === undefined || !files.find(path)) return 'STORAGE_FILE_NONEXIST'
    if (!files.mayChange(path, creator)) return 'STORAGE_EXCEED_AUTHORITY'
    files.remove(path)
    return 'SUCCESS'
  }

  #pathOf(fileId: unknown): string | undefined {
    if (typeof fileId !== 'string' || !fileId.startsWith(this.#bucket)) return undefined
    return fileId.slice(this.#bucket.length)
  }
}

const notTheCreator = () =>
  new CloudError('STORAGE_EXCEED_AUTHORITY', 'the permission does not allow to write this file')

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
