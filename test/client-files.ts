import type { CloudKit } from './cloud-kit.ts'

interface Place {
  fileID: string
  url: string
  headers: Record<string, string>
}
export type Refusal = { errCode: number; errMsg: string }
export type Listed = { fileList: { fileID: string; status: number; errMsg: string; tempFileURL?: string }[] }

/** One person's mini-program at the cloud's storage, as a phone is: over the control interface. */
export class ClientFiles {
  readonly #kit: CloudKit
  readonly #openid: string

  constructor(kit: CloudKit, openid: string) {
    this.#kit = kit
    this.#openid = openid
  }

  /** Where to put a file, or why not. */
  ask(cloudPath: unknown): Promise<Place | Refusal> {
    return this.#kit.control.post('storage/upload', { openid: this.#openid, cloudPath })
  }

  /** Sends the bytes to where `ask` said. */
  put({ url, headers }: Place, content: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    return fetch(url, { method: 'PUT', headers, body: content })
  }

  /** The id of the stored file. @throws unless it could be stored */
  async upload(cloudPath: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const place = await this.ask(cloudPath)
    if ('errCode' in place) throw new Error(place.errMsg)
    const response = await this.put(place, content)
    if (!response.ok) throw new Error(await response.text())
    return place.fileID
  }

  urls(...fileList: unknown[]): Promise<Listed & Refusal> {
    return this.#kit.control.post('storage/urls', { openid: this.#openid, fileList })
  }

  delete(...fileList: unknown[]): Promise<Listed & Refusal> {
    return this.#kit.control.post('storage/delete', { openid: this.#openid, fileList })
  }

  /** What a file holds. */
  async read(fileID: string): Promise<string> {
    const { fileList } = await this.urls(fileID)
    return (await fetch(fileList[0]?.tempFileURL ?? '')).text()
  }
}
