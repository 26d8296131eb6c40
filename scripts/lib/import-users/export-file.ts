import { createReadStream } from 'node:fs'
import { CsvRows, ImportRefused, JsonPieces, MalformedCsv } from 'wechat-cloud-emulator/documents'
import { MalformedExport } from './malformed-export.ts'
import { plainValue } from './plain-value.ts'

/** One document of an export. */
export interface ExportedDocument {
  /** Where it begins in the file, from 1. */
  line: number
  /** Plain values and dates. */
  document: Record<string, unknown>
}

/**
 * Reads an export document by document, never the whole of it: JSON as the cloud console exports it (objects one after
 * another), one array of objects, or CSV whose first row has the names of the fields.
 * @throws MalformedExport
 */
export async function* readExport(file: string): AsyncGenerator<ExportedDocument> {
  let reader: JsonReader | CsvReader | undefined
  let start = ''
  for await (const text of textOf(file, () => reader?.line ?? 1)) {
    start = reader ? '' : start + text
    if (!reader && start.trim() === '') continue
    const piece = reader ? text : start
    reader ??= /^[{[]/.test(start.trimStart()) ? new JsonReader() : new CsvReader()
    yield* reader.feed(piece)
  }
  if (!reader) throw new MalformedExport(1, ['文件是空的', 'the file is empty'])
  yield* reader.end()
}

async function* textOf(file: string, line: () => number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new MalformedExport(line(), ['不是 UTF-8 编码，在此行附近', 'not UTF-8, from about here'])
    }
  }
  for await (const chunk of createReadStream(file)) yield decode(chunk)
  yield decode()
}

class JsonReader {
  readonly #pieces = new JsonPieces('documents')

  get line(): number {
    return this.#pieces.line
  }

  *feed(text: string): Generator<ExportedDocument> {
    try {
      for (const { text: piece, line } of this.#pieces.feed(text))
        yield { line, document: parse(piece, line) }
    } catch (error) {
      throw malformed(error)
    }
  }

  end(): Iterable<ExportedDocument> {
    try {
      this.#pieces.end()
      if (this.#pieces.isArray) parse(`{"documents":${this.#pieces.skeleton}}`, this.line)
      return []
    } catch (error) {
      throw malformed(error)
    }
  }
}

function malformed(error: unknown): unknown {
  if (error instanceof MalformedCsv) return new MalformedExport(error.line, error.reasons)
  if (!(error instanceof ImportRefused)) return error
  const reason = error.message.replace(/^line \d+: /, '')
  return new MalformedExport(error.line ?? 1, ['不是有效的 JSON', reason])
}

/** JSON.parse quotes the text in its message, which may have a number in it: so the message is another one. */
function parse(text: string, line: number): Record<string, unknown> {
  try {
    return plainValue(JSON.parse(text)) as Record<string, unknown>
  } catch {
    throw new MalformedExport(line, ['不是有效的 JSON', 'not JSON'])
  }
}

class CsvReader {
  readonly #rows = new CsvRows()
  #names: string[] | undefined

  get line(): number {
    return this.#rows.line
  }

  *feed(text: string): Generator<ExportedDocument> {
    try {
      for (const row of this.#rows.feed(text)) yield* this.#read(row)
    } catch (error) {
      throw malformed(error)
    }
  }

  *end(): Generator<ExportedDocument> {
    try {
      for (const row of this.#rows.end()) yield* this.#read(row)
    } catch (error) {
      throw malformed(error)
    }
  }

  *#read({ line, cells }: { line: number; cells: string[] }): Generator<ExportedDocument> {
    const names = this.#names
    if (!names) {
      this.#names = cells.map((name) => name.trim())
      return
    }
    if (cells.length !== names.length) {
      throw new MalformedExport(line, [
        `有 ${cells.length} 列，表头有 ${names.length} 列`,
        `${cells.length} columns, and the header has ${names.length}`,
      ])
    }
    const document = Object.fromEntries(names.map((name, column) => [name, cellValue(cells[column] ?? '')]))
    yield { line, document }
  }
}

/** A date and an id may be written as in JSON, or as `ObjectId("…")`. */
function cellValue(cell: string): unknown {
  const [, id] = /^ObjectI[dD]\("?([0-9a-f]{24})"?\)$/.exec(cell) ?? []
  if (id !== undefined) return id
  if (!cell.startsWith('{')) return cell
  try {
    return plainValue(JSON.parse(cell))
  } catch {
    return cell
  }
}
