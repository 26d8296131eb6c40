import { chmodSync, closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

const OWNER_ONLY = 0o600
/** Lines that are written at once. */
const BATCH = 500

/** Files that are not complete yet: a program that ends takes them away. */
const unfinished = new Set<PrivateFile>()
process.on('exit', () => {
  for (const file of unfinished) file.discard()
})

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
    unfinished.add(this)
  }

  add(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length >= BATCH) this.#flush()
  }

  complete(): void {
    this.#flush()
    this.#close()
    renameSync(this.#unfinished, this.#file)
  }

  discard(): void {
    this.#close()
    rmSync(this.#unfinished, { force: true })
  }

  #close(): void {
    unfinished.delete(this)
    closeSync(this.#descriptor)
  }

  #flush(): void {
    const text = this.#lines.map((line) => `${line}\n`).join('')
    this.#lines = []
    for (let bytes = Buffer.from(text); bytes.length > 0; ) {
      bytes = bytes.subarray(writeSync(this.#descriptor, bytes))
    }
  }
}
