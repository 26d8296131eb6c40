/** An import was refused; nothing in the database has changed. `line` is the file's, from 1, where it is known. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
  readonly line: number | undefined

  constructor(line: number | undefined, reason: string) {
    super(line === undefined ? reason : `line ${line}: ${reason}`)
    this.line = line
  }
}
