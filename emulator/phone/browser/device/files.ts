/** Files with a temporary path, as WeChat gives out for a chosen or fetched file; gone when the mini-program ends. */
export class TemporaryFiles {
  readonly #files = new Map<string, { blob: Blob; url: string }>()

  /**
   * @param extension of the path, without a dot; made from the file's type where it is not given
   * @returns the path by which the mini-program knows the file
   */
  keep(blob: Blob, extension = extensionOf(blob)): string {
    const path = `http://tmp/${crypto.randomUUID()}.${extension}`
    this.#files.set(path, { blob, url: URL.createObjectURL(blob) })
    return path
  }

  /** undefined for what is no temporary path. */
  find(path: string): Blob | undefined {
    return this.#files.get(path)?.blob
  }

  /** An address the browser can show, or undefined for what is no temporary path. */
  urlOf(path: string): string | undefined {
    return this.#files.get(path)?.url
  }

  clear(): void {
    for (const { url } of this.#files.values()) URL.revokeObjectURL(url)
    this.#files.clear()
  }
}

function extensionOf({ type }: Blob): string {
  return /^\w+\/(?:x-)?(\w+)/.exec(type)?.[1] ?? 'bin'
}
