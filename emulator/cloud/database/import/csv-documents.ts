import type { CsvColumn, CsvType } from '../../../control/documents.ts'
import { CloudError } from '../../errors.ts'
import { type Document, isDocument, ownField } from '../values/document.ts'
import { cellValue } from './csv-cells.ts'
import { type CsvRow, CsvRows, MalformedCsv } from './csv-rows.ts'
import { ImportRefused } from './failure.ts'

/** A document of a file, or why a line of it is none. */
export type ReadDocument = { line: number; document: Document } | { line: number; refused: ImportRefused }

/**
 * Reads documents from CSV. The first row has the paths of the fields, `profile.city` for an embedded one. An empty
 * cell is a field that is not there.
 */
export class CsvDocuments {
  readonly #rows = new CsvRows()
  readonly #typeOf: (path: string) => CsvType
  readonly #now: () => number
  #columns: CsvColumn[] | undefined

  constructor(typeOf: (path: string) => CsvType, now: () => number) {
    this.#typeOf = typeOf
    this.#now = now
  }

  get line(): number {
    return this.#rows.line
  }

  get columns(): CsvColumn[] {
    return this.#columns ?? []
  }

  /** @throws ImportRefused for what is no CSV, or a header that cannot be one */
  *feed(text: string): Generator<ReadDocument> {
    yield* this.#readAll(() => this.#rows.feed(text))
  }

  /** @throws as {@link feed} */
  *end(): Generator<ReadDocument> {
    yield* this.#readAll(() => this.#rows.end())
  }

  *#readAll(rows: () => Generator<CsvRow>): Generator<ReadDocument> {
    try {
      for (const row of rows()) {
        if (this.#columns) yield this.#read(row, this.#columns)
        else this.#columns = this.#header(row)
      }
    } catch (error) {
      throw error instanceof MalformedCsv ? new ImportRefused(error.line, error.message) : error
    }
  }

  #header({ line, cells }: CsvRow): CsvColumn[] {
    const paths = cells.map((cell) => cell.trim())
    const refuse = (reason: string) => new ImportRefused(line, reason)
    if (
      paths.some((path) => path === '' || path.split('.').some((part) => part === '' || part === '__proto__'))
    ) {
      throw refuse('表头里有不是字段名的列 · a column of the header is no field')
    }
    const isTwice = paths.some((path, column) =>
      paths.some((other, place) => place !== column && (other === path || other.startsWith(`${path}.`))),
    )
    if (isTwice) throw refuse('表头里有重复的字段 · a field is twice in the header')
    return paths.map((path) => ({ path, type: this.#typeOf(path) }))
  }

  #read({ line, cells }: CsvRow, columns: readonly CsvColumn[]): ReadDocument {
    const refuse = (reason: string) => ({ line, refused: new ImportRefused(line, reason) })
    if (cells.length !== columns.length) {
      const [found, expected] = [cells.length, columns.length]
      return refuse(`有 ${found} 列，表头有 ${expected} 列 · ${found} columns, the header has ${expected}`)
    }
    const document: Document = {}
    for (const [number, { path, type }] of columns.entries()) {
      const cell = cells[number] ?? ''
      if (cell === '') continue
      try {
        place(document, path.split('.'), cellValue(cell, type, this.#now()))
      } catch (error) {
        if (error instanceof CloudError) return refuse(`${path}：${error.message}`)
        throw error
      }
    }
    return { line, document }
  }
}

function place(document: Document, [part = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    document[part] = value
    return
  }
  const known = ownField(document, part)
  const inner = isDocument(known) ? known : {}
  document[part] = inner
  place(inner, rest, value)
}
