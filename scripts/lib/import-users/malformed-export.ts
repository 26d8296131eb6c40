/** The file as a whole cannot be read; nothing is written. The message names the line, and no value of the file. */
export class MalformedExport extends Error {
  override readonly name = 'MalformedExport'

  /** @param line from 1 @param reason Chinese first, then English */
  constructor(line: number, [chinese, english]: readonly [chinese: string, english: string]) {
    super(`第 ${line} 行：${chinese} · line ${line}: ${english}`)
  }
}
