import type { FileStatus, FileUrl, StorageRefusal } from '../../../control/storage.ts'
import { requestFailed, storageRefusal } from '../../program/storage-refusal.ts'
import type { Control } from './control.ts'
import type { Transfer } from './transfer.ts'

type TransferWatch = Pick<Transfer, 'onProgress' | 'signal'>

/** Cloud storage, with the permissions of this phone's WeChat user. All methods throw NetworkFailure when offline. */
export class CloudFiles {
  readonly #control: Control
  readonly #openid: string

  constructor(control: Control, openid: string) {
    this.#control = control
    this.#openid = openid
  }

  /** Stores a file at a path that the mini-program chooses. */
  async upload(cloudPath: unknown, file: Blob, watch: TransferWatch = {}) {
    const target = await this.#control.asPhone('POST', 'storage/upload', { openid: this.#openid, cloudPath })
    if ('errCode' in target) return target
    const { fileID, url, headers } = target
    const put = { method: 'PUT', url: sameOriginAddress(url), headers, body: file } as const
    const { status, body } = await this.#control.transfer({ ...put, ...watch })
    return status === 200 ? { fileID, statusCode: status } : storageRefusal(status, await body.text())
  }

  /** @param fileList file ids, or `{ fileID, maxAge }` */
  urls(fileList: unknown[]): Promise<{ fileList: FileUrl[] } | StorageRefusal> {
    return this.#control.asPhone('POST', 'storage/urls', { openid: this.#openid, fileList })
  }

  /** The address of one file for the browser. */
  async urlOf(fileID: string): Promise<{ url: string } | StorageRefusal> {
    const urls = await this.urls([fileID])
    if ('errCode' in urls) return urls
    const [file] = urls.fileList
    if (file?.status === 0) return { url: sameOriginAddress(file.tempFileURL) }
    const { status = -1, errMsg = '' } = file ?? {}
    return { errCode: status, errMsg: `errCode: ${status} ${errMsg}` }
  }

  async download(
    fileID: string,
    watch: TransferWatch = {},
  ): Promise<{ file: Blob; statusCode: number } | StorageRefusal> {
    const address = await this.urlOf(fileID)
    if ('errCode' in address) return address
    const { status, body } = await this.#control.transfer({ method: 'GET', url: address.url, ...watch })
    return status === 200 ? { file: body, statusCode: status } : requestFailed(status)
  }

  delete(fileList: unknown[]): Promise<{ fileList: FileStatus[] } | StorageRefusal> {
    return this.#control.asPhone('POST', 'storage/delete', { openid: this.#openid, fileList })
  }
}

/** The cloud's addresses begin with 127.0.0.1. A page opened as localhost is another origin, so it needs only the path. */
export function sameOriginAddress(url: string): string {
  const { hostname, port, pathname, search } = new URL(url, location.href)
  const isThisMachine = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return isThisMachine && port === location.port ? `${pathname}${search}` : url
}
