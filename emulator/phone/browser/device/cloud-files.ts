import type { Control } from './control.ts'
import type { Transfer } from './transfer.ts'

/** How the cloud refuses; given back, since an error of this window is none of the screen's. */
export interface Refusal {
  errCode: number
  errMsg: string
}

export interface FileUrl {
  fileID: string
  tempFileURL: string
  /** Seconds. */
  maxAge: number
  status: number
  errMsg: string
}

type Watch = Pick<Transfer, 'onProgress' | 'signal'>

/** -403001: of WeChat's list of error codes, a file above the limit. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  EntityTooLarge: { errCode: -403001, errMsg: 'errCode: -403001 exceed max file size' },
  AccessDenied: { errCode: -503002, errMsg: 'errCode: -503002 storage permission denied' },
}
const requestFailed = (status: number): Refusal => ({
  errCode: -503001,
  errMsg: `errCode: -503001 storage request fail | errMsg: status ${status}`,
})

/** Cloud storage as this phone's person reaches it. Everything here throws NetworkFailure without a network. */
export class CloudFiles {
  readonly #control: Control
  readonly #openid: string

  constructor(control: Control, openid: string) {
    this.#control = control
    this.#openid = openid
  }

  /** Stores a file at a path of the mini-program's choosing. */
  async upload(cloudPath: unknown, file: Blob, watch: Watch = {}) {
    const place = await this.#ask<UploadPlace>('upload', { cloudPath })
    if ('errCode' in place) return place
    const { fileID, url, headers } = place
    const put = { method: 'PUT', url: ownAddress(url), headers, body: file } as const
    const { status, body } = await this.#control.transfer({ ...put, ...watch })
    if (status === 200) return { fileID, statusCode: status }
    const [, code = ''] = /<Code>(\w+)/.exec(await body.text()) ?? []
    return REFUSALS[code] ?? requestFailed(status)
  }

  /** @param fileList file ids, or `{ fileID, maxAge }` */
  urls(fileList: readonly unknown[]): Promise<{ fileList: FileUrl[] } | Refusal> {
    return this.#ask('urls', { fileList })
  }

  /** Where the browser finds one file. */
  async urlOf(fileID: string): Promise<{ url: string } | Refusal> {
    const urls = await this.urls([fileID])
    if ('errCode' in urls) return urls
    const [file] = urls.fileList
    if (file?.status === 0) return { url: ownAddress(file.tempFileURL) }
    const { status = -1, errMsg = '' } = file ?? {}
    return { errCode: status, errMsg: `errCode: ${status} ${errMsg}` }
  }

  async download(fileID: string, watch: Watch = {}): Promise<{ file: Blob; statusCode: number } | Refusal> {
    const place = await this.urlOf(fileID)
    if ('errCode' in place) return place
    const { status, body } = await this.#control.transfer({ method: 'GET', url: place.url, ...watch })
    return status === 200 ? { file: body, statusCode: status } : requestFailed(status)
  }

  delete(fileList: readonly unknown[]): Promise<{ fileList: Omit<FileUrl, 'tempFileURL'>[] } | Refusal> {
    return this.#ask('delete', { fileList })
  }

  #ask<Answer>(call: string, input: object): Promise<Answer | Refusal> {
    return this.#control.asPhone('POST', `storage/${call}`, { openid: this.#openid, ...input })
  }
}

interface UploadPlace {
  fileID: string
  url: string
  headers: Record<string, string>
}

/** The cloud names itself 127.0.0.1; this page may have been opened as localhost, which is another origin. */
export function ownAddress(url: string): string {
  const { hostname, port, pathname, search } = new URL(url, location.href)
  const isThisMachine = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return isThisMachine && port === location.port ? `${pathname}${search}` : url
}
