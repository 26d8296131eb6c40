import { typeOf, type UserFiles } from './user-files.ts'

/**
 * Files that the mini-program knows by a path: temporary ones, chosen or downloaded, until it ends, and those that it
 * keeps on the phone.
 */
export class TemporaryFiles {
  readonly #files = new Map<string, { blob: Blob; url: string }>()
  readonly #kept: UserFiles

  constructor(kept: UserFiles) {
    this.#kept = kept
  }

  /**
   * @param extension of the path, without a dot; derived from the file's type by default
   * @returns the temporary path
   */
  keep(blob: Blob, extension = extensionOf(blob)): string {
    const path = `http://tmp/${crypto.randomUUID()}.${extension}`
    this.#files.set(path, { blob, url: URL.createObjectURL(blob) })
    return path
  }

  /** @returns undefined for an unknown path */
  find(path: string): Blob | undefined {
    const { bytes } = this.#kept.find(path) ?? {}
    return bytes ? new Blob([bytes], { type: typeOf(path) }) : this.#files.get(path)?.blob
  }

  /** The address of a file for the browser; undefined for an unknown path. */
  urlOf(path: string): string | undefined {
    return this.#files.get(path)?.url ?? this.#kept.urlOf(path)
  }

  /** The content at once, for WeChat's synchronous interfaces; undefined for an unknown path. */
  bytesOf(path: string): Uint8Array<ArrayBuffer> | undefined {
    const kept = this.#kept.find(path)?.bytes
    const url = this.#files.get(path)?.url
    return kept ?? (url === undefined ? undefined : readAtOnce(url))
  }

  /** Forgets a temporary file. */
  remove(path: string): void {
    const url = this.#files.get(path)?.url
    if (url !== undefined) URL.revokeObjectURL(url)
    this.#files.delete(path)
  }

  clear(): void {
    for (const path of [...this.#files.keys()]) this.remove(path)
  }
}

/** Reads an address of this page. Only such a request can be synchronous, and it gives bytes only as characters. */
export function readAtOnce(url: string): Uint8Array<ArrayBuffer> | undefined {
  const request = new XMLHttpRequest()
  request.open('GET', url, false)
  request.overrideMimeType('text/plain; charset=x-user-defined')
  try {
    request.send()
  } catch {
    return undefined
  }
  if (request.status !== 200) return undefined
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff)
}

function extensionOf({ type }: Blob): string {
  return /^\w+\/(?:x-)?(\w+)/.exec(type)?.[1] ?? 'bin'
}
