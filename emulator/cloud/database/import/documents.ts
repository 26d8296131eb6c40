/** Reads the documents of a file as WeChat's console exports them, piece by piece: for programs that prepare an import. */
export { CsvRows, MalformedCsv } from './csv-rows.ts'
export { ImportRefused } from './failure.ts'
export { JsonPieces, type Piece } from './json-pieces.ts'
