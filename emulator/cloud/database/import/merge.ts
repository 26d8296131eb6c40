import type { CsvColumn, CsvType, MergeResult } from '../../../control/documents.ts'
import { CloudError } from '../../errors.ts'
import { checkDocument } from '../storage/check-document.ts'
import { CsvDocuments, type ReadDocument } from './csv-documents.ts'
import { ImportRefused } from './failure.ts'
import { documentOf, textOf } from './file-text.ts'
import { JsonPieces } from './json-pieces.ts'
import type { StagedCollection } from './staged-collection.ts'

export interface MergeOptions {
  format: 'json' | 'csv'
  /** Only says what would be done. */
  isDry: boolean
  /** How a column of a CSV file is read. */
  typeOf: (path: string) => CsvType
}

export type MergeCounts = Pick<MergeResult, 'added' | 'replaced' | 'unchanged'>

/** What a merge does to the database. */
export interface MergeTarget {
  now(): number
  /** A collection under no name, which takes the documents as they arrive. */
  stage(): StagedCollection
  /**
   * In one write, puts each document of the staged collection into the other, by its `_id`.
   * @param isDry undoes it
   * @throws ImportRefused naming the line
   */
  merge(staged: StagedCollection, isDry: boolean): MergeCounts
}

const SHOWN_ERRORS = 20

/**
 * Adds the documents of a file to a collection, and replaces those that have the same `_id`: all of them, or nothing.
 * What cannot be taken is in the answer, line by line.
 */
export async function mergeFile(
  target: MergeTarget,
  bytes: AsyncIterable<Uint8Array>,
  { format, isDry, typeOf }: MergeOptions,
): Promise<MergeResult> {
  const errors: MergeResult['errors'] = []
  let errorCount = 0
  const refuse = ({ line, message }: ImportRefused) => {
    errorCount += 1
    if (errors.length < SHOWN_ERRORS)
      errors.push({ line: line ?? 0, reason: message.replace(/^line \d+: /, '') })
  }
  const staged = target.stage()
  const reader = format === 'csv' ? new CsvDocuments(typeOf, () => target.now()) : new JsonDocuments(target)
  const result = (counts?: MergeCounts): MergeResult => ({
    ...(counts ?? { added: 0, replaced: 0, unchanged: 0 }),
    errors,
    errorCount,
    ...(reader.columns ? { columns: reader.columns } : {}),
  })
  try {
    for await (const item of documentsOf(reader, bytes)) {
      const refused = 'refused' in item ? item.refused : refusalOf(item)
      if (refused) refuse(refused)
      else if ('document' in item) await staged.add(item.document, item.line)
    }
    await staged.flush()
    if (errorCount > 0) return result()
    return result(target.merge(staged, isDry))
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    refuse(error)
    return result()
  }
}

interface Reader {
  readonly line: number
  readonly columns?: CsvColumn[] | undefined
  feed(text: string): Iterable<ReadDocument>
  end(): Iterable<ReadDocument>
}

async function* documentsOf(reader: Reader, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadDocument> {
  for await (const text of textOf(bytes, () => reader.line)) yield* reader.feed(text)
  yield* reader.end()
}

/** JSON Lines, or one array. */
class JsonDocuments implements Reader {
  readonly columns = undefined
  readonly #pieces = new JsonPieces('documents')
  readonly #target: MergeTarget

  constructor(target: MergeTarget) {
    this.#target = target
  }

  get line(): number {
    return this.#pieces.line
  }

  *feed(text: string): Generator<ReadDocument> {
    for (const piece of this.#pieces.feed(text)) {
      const { line } = piece
      try {
        yield { line, document: documentOf(piece, this.#target.now()) }
      } catch (error) {
        if (!(error instanceof ImportRefused)) throw error
        yield { line, refused: error }
      }
    }
  }

  end(): ReadDocument[] {
    this.#pieces.end()
    return []
  }
}

function refusalOf(item: ReadDocument): ImportRefused | undefined {
  if (!('document' in item)) return undefined
  try {
    // A document without an id is given one later.
    checkDocument({ _id: '', ...item.document })
    return undefined
  } catch (error) {
    if (error instanceof CloudError) return new ImportRefused(item.line, error.message)
    throw error
  }
}
