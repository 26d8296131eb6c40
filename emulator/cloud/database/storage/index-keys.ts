import { createHash } from 'node:crypto'
import { ObjectId } from 'bson'
import { requestFailed } from '../failures.ts'
import { type Document, isArrayIndex, isDocument, ownField } from '../values/document.ts'
import type { IndexDefinition } from './collection-catalog.ts'
import { EMPTY_ARRAY, END, orderedText } from './ordered-text.ts'

/** lmdb refuses keys above 1,978 bytes; the numbers in front of the text take less than 100 of them. */
const MAXIMUM_KEY_BYTES = 1500

/** What texts begin with that are too long for a key and stand there by their hash, out of order. */
export const HASHED = '#'

/**
 * One text for all values that an index holds to be equal, and for no other: 7 and 7.0 share it, 7 and "7" do not.
 * Texts are in the order of their values ({@link orderedText}). Too long a text is replaced by its SHA-256, so that
 * uniqueness stays exact.
 */
export function keyText(values: readonly unknown[]): string {
  const text = prefixText(values)
  if (Buffer.byteLength(text) <= MAXIMUM_KEY_BYTES) return text
  return HASHED + createHash('sha256').update(text).digest('base64')
}

/** What the keys begin with whose first values are these. */
export function prefixText(values: readonly unknown[]): string {
  return values.map((value) => orderedText(value) + END).join('')
}

/**
 * All keys under which an index lists a document: one, or one an element where an indexed path meets an array.
 * A missing field counts as null; a sparse index leaves out a document that has none of the fields.
 * @throws DATABASE_REQUEST_FAILED when two fields of one index hold arrays, as in MongoDB.
 */
export function indexedValues(index: IndexDefinition, document: Document): unknown[][] {
  const perField = index.keys.map(({ field }) => fieldValues(document, field.split('.')))
  if (index.sparse && perField.every(({ values }) => values.every((value) => value === undefined))) return []
  if (perField.filter(({ isArray }) => isArray).length > 1) {
    throw requestFailed('cannot index parallel arrays')
  }
  let keys: unknown[][] = [[]]
  for (const { values } of perField) {
    keys = keys.flatMap((key) => values.map((value) => [...key, value]))
  }
  return keys
}

/** Whether the index lists the document by the elements of an array. */
export function isMultikey(index: IndexDefinition, document: Document): boolean {
  return index.keys.some(({ field }) => fieldValues(document, field.split('.')).isArray)
}

interface FieldValues {
  readonly values: readonly unknown[]
  readonly isArray: boolean
}

function fieldValues(value: unknown, path: readonly string[]): FieldValues {
  const [part, ...rest] = path
  if (part === undefined) return Array.isArray(value) ? elements(value) : { values: [value], isArray: false }
  if (Array.isArray(value)) {
    if (isArrayIndex(part) && Number(part) < value.length) return fieldValues(value[Number(part)], rest)
    const values = value.flatMap((item) => (isDocument(item) ? fieldValues(item, path).values : [undefined]))
    return { values: values.length === 0 ? [undefined] : values, isArray: true }
  }
  return isDocument(value)
    ? fieldValues(ownField(value, part), rest)
    : { values: [undefined], isArray: false }
}

/** An empty array has a key of its own. */
function elements(array: readonly unknown[]): FieldValues {
  return { values: array.length === 0 ? [EMPTY_ARRAY] : array, isArray: true }
}

/** The document's `_id` as the text that identifies it in indexes, locks and transactions. */
export function idText(id: unknown): string {
  return keyText([id])
}

/** The key as error messages print it: `{ f: "v", g: 1 }`. */
export function describeKey(index: IndexDefinition, values: readonly unknown[]): string {
  const parts = index.keys.map(({ field }, position) => `${field}: ${describe(values[position])}`)
  return `{ ${parts.join(', ')} }`
}

function describe(value: unknown): string {
  if (value === EMPTY_ARRAY) return 'undefined'
  if (value === undefined || value === null) return 'null'
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  return typeof value === 'object'
    ? JSON.stringify(value)
    : typeof value === 'string'
      ? `"${value}"`
      : String(value)
}
