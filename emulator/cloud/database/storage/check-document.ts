import { BSONRegExp, calculateObjectSize } from 'bson'
import { LIMITS } from '../../limits.ts'
import { writeFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'

/**
 * What every document must be before it is stored.
 * @throws DATABASE_REQUEST_FAILED for a `$` name, too deep or too large a document, an `_id` MongoDB refuses.
 */
export function checkDocument(document: Document): void {
  checkNames(document, 1)
  const id = document['_id']
  if (id === undefined || Array.isArray(id) || id instanceof BSONRegExp) {
    throw writeFailed(`The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : 'regex'}`)
  }
  if (calculateObjectSize(document) > LIMITS.database.documentBytes) {
    throw writeFailed('object to insert too large')
  }
}

function checkNames(value: unknown, depth: number): void {
  if (!Array.isArray(value) && !isDocument(value)) return
  if (depth > LIMITS.database.documentDepth) throw writeFailed('document exceeds maximum nesting depth')
  if (Array.isArray(value)) {
    for (const item of value) checkNames(item, depth + 1)
  } else {
    for (const field of Object.keys(value)) {
      if (field.startsWith('$')) {
        throw writeFailed(`The dollar ($) prefixed field '${field}' in '${field}' is not valid for storage.`)
      }
      if (field.includes('\0')) throw writeFailed('field names can not contain a NUL character')
      checkNames(value[field], depth + 1)
    }
  }
}
