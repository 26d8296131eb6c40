import { setImmediate as turn } from 'node:timers/promises'
import type { ExportFormat, FileAnswer } from '../../../control/documents.ts'
import { valueAt } from '../console/field-change.ts'
import { requestFailed } from '../failures.ts'
import { cellOf, cellsOf, csvLine } from '../import/csv-cells.ts'
import type { Document } from '../values/document.ts'
import { toExtendedJson } from '../values/extended-json.ts'

export interface ExportOptions {
  /** Of the collection. */
  name: string
  format: ExportFormat
  /** Of a CSV file; absent for every field that a document has. */
  columns?: readonly string[]
}

/** Text that is sent at once; other requests are answered in between. */
const CHUNK_CHARACTERS = 64 * 1024

/**
 * Documents as a file: JSON Lines keeps all types; CSV is for spreadsheets.
 * @param read called once for each time the documents are gone through
 */
export function exportDocuments(
  read: () => Iterable<Document>,
  { name, format, columns }: ExportOptions,
): FileAnswer {
  if (format === 'csv') {
    const chunks = inChunks(columns ? chosenColumns(read, columns) : allColumns(read))
    return { fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8', chunks }
  }
  const chunks = inChunks(jsonLines(read))
  return { fileName: `${name}.jsonl`, contentType: 'application/x-ndjson; charset=utf-8', chunks }
}

function* jsonLines(read: () => Iterable<Document>): Generator<string> {
  for (const document of read()) yield `${JSON.stringify(toExtendedJson(document))}\n`
}

/** Spreadsheets take a file without it for one in the machine's old encoding. */
const BYTE_ORDER_MARK = '\ufeff'

function* chosenColumns(read: () => Iterable<Document>, columns: readonly string[]): Generator<string> {
  const paths = columns.map((column) => column.split('.'))
  yield BYTE_ORDER_MARK + csvLine(columns)
  for (const document of read()) yield csvLine(paths.map((path) => cellOf(valueAt(document, path))))
}

function* allColumns(read: () => Iterable<Document>): Generator<string> {
  const columns = new Set(['_id'])
  for (const document of read()) {
    for (const path of cellsOf(document).keys()) columns.add(path)
    // Between two documents others may be answered.
    yield ''
  }
  yield BYTE_ORDER_MARK + csvLine([...columns])
  for (const document of read()) {
    const cells = cellsOf(document)
    if ([...cells.keys()].some((path) => !columns.has(path))) {
      throw requestFailed('导出期间有文档多了字段，请再导出一次 · a field was added meanwhile, export again')
    }
    yield csvLine([...columns].map((path) => cells.get(path) ?? ''))
  }
}

/** Lines joined, so that a large file is sent in few pieces; empty ones only give time to others. */
async function* inChunks(lines: Iterable<string>): AsyncGenerator<string> {
  let text = ''
  let count = 0
  for (const line of lines) {
    text += line
    count += 1
    if (text.length < CHUNK_CHARACTERS && count < 1000) continue
    if (text !== '') yield text
    text = ''
    count = 0
    await turn()
  }
  yield text
}
