import { chmodSync, closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

const OWNER_ONLY = 0o600
/** Lines that are written at once. */
const BATCH = 500

/**
 * A file of personal data that grows line by line. Only its owner may read it. It has its name once it is complete: an
 * import that breaks off leaves the earlier file as it was.
 */
export class PrivateFile {
  readonly #file: string
  readonly #unfinished: string
  readonly #descriptor: number
  #lines: string[] = []

  constructor(file: string) {
    this.#file = file
    this.#unfinished = `${file}.unfinished`
    rmSync(this.#unfinished, { force: true })
    this.#descriptor = openSync(this.#unfinished, 'wx', OWNER_ONLY)
    chmodSync(this.#unfinished, OWNER_ONLY)
  }

  add(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length >= BATCH) this.#flush()
  }

  complete(): void {
    this.#flush()
    closeSync(this.#descriptor)
    renameSync(this.#unfinished, this.#file)
  }

  discard(): void {
    closeSync(this.#descriptor)
    rmSync(this.#unfinished, { force: true })
  }

  #flush(): void {
    const text = this.#lines.map((line) => `${line}\n`).join('')
    this.#lines = []
    for (let bytes = Buffer.from(text); bytes.length > 0; ) {
      bytes = bytes.subarray(writeSync(this.#descriptor, bytes))
    }
  }
}
