import { CloudError } from '../../errors.ts'
import { type Document, isDocument } from '../values/document.ts'
import { decodeEjson } from '../values/ejson.ts'
import { ImportRefused } from './failure.ts'
import type { Piece } from './json-pieces.ts'

/** The text of a file. @param line where the reader is @throws ImportRefused for bytes that are not UTF-8 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, line: () => number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new ImportRefused(line(), 'not UTF-8, from about here')
    }
  }
  for await (const chunk of bytes) yield decode(chunk)
  yield decode()
}

/** @throws ImportRefused */
export function documentOf({ text, line }: Piece, now: number): Document {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new ImportRefused(line, `not JSON: ${(error as Error).message.slice(0, 100)}`)
  }
  try {
    const document = decodeEjson(json, { now })
    if (!isDocument(document)) throw new ImportRefused(line, 'not a document')
    return document
  } catch (error) {
    throw error instanceof CloudError ? new ImportRefused(line, error.message) : error
  }
}
