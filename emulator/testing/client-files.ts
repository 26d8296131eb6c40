import type { ControlClient } from '../control/client.ts'
import type { FileUrl, StorageRefusal, UploadTarget } from '../control/storage.ts'
import { storageRefusal } from '../phone/program/storage-refusal.ts'

/** Either list or refusal: tests read the one that they expect. */
export type FileList = { fileList: FileUrl[] } & StorageRefusal

/** One person's mini-program at the cloud's storage, as a phone is: over the control interface. */
export class ClientFiles {
  readonly #control: ControlClient
  readonly #openid: string

  constructor({ control }: { control: ControlClient }, openid: string) {
    this.#control = control
    this.#openid = openid
  }

  /** Where to put a file, or why not. */
  ask(cloudPath: unknown): Promise<UploadTarget | StorageRefusal> {
    return this.#control.post('storage/upload', { openid: this.#openid, cloudPath })
  }

  /** Sends the bytes to where `ask` said. */
  put({ url, headers }: UploadTarget, content: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    return fetch(url, { method: 'PUT', headers, body: content })
  }

  /** The id of the stored file. @throws unless it could be stored */
  async upload(cloudPath: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const { result, errMsg } = await this.tryUpload(cloudPath, content)
    if (!result) throw new Error(errMsg)
    return result.fileID
  }

  /** The id of the stored file, or what the mini-program hears instead. */
  async tryUpload(
    cloudPath: string,
    content: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ result?: { fileID: string } } & Partial<StorageRefusal>> {
    const target = await this.ask(cloudPath)
    if ('errCode' in target) return target
    const response = await this.put(target, content)
    if (!response.ok) return storageRefusal(response.status, await response.text())
    return { result: { fileID: target.fileID } }
  }

  urls(...fileList: unknown[]): Promise<FileList> {
    return this.#control.post('storage/urls', { openid: this.#openid, fileList }) as Promise<FileList>
  }

  delete(...fileList: unknown[]): Promise<FileList> {
    return this.#control.post('storage/delete', { openid: this.#openid, fileList }) as Promise<FileList>
  }

  /** What a file holds. */
  async read(fileID: string): Promise<string> {
    const { fileList } = await this.urls(fileID)
    return (await fetch(fileList[0]?.tempFileURL ?? '')).text()
  }
}
