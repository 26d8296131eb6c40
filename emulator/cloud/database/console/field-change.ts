import { requestFailed } from '../failures.ts'
import { type Document, isArrayIndex, isDocument, ownField } from '../values/document.ts'
import { equalValues } from '../values/ordering.ts'
import { changedMeanwhile } from './document-changed.ts'

/** A change of one field by somebody who has seen its value. */
export interface FieldEdit {
  id: unknown
  /** In dotted form; a number is a place in an array. */
  path: string
  /** What it was; undefined for a field that was not there. */
  before: unknown
  /** undefined removes it. */
  after: unknown
}

/** The update that an edit stands for. @throws DATABASE_REQUEST_FAILED for a path that an update cannot have */
export function updateOf({ path, after }: FieldEdit): Document {
  const parts = path.split('.')
  if (parts.some((part) => part === '' || part.startsWith('$'))) {
    throw requestFailed('字段名不能为空，也不能以 $ 开头 · a field name must not be empty or begin with $')
  }
  return after === undefined ? { $unset: { [path]: '' } } : { $set: { [path]: after } }
}

/** @throws DocumentChanged unless the field still is as it was seen */
export function checkUnchanged(document: Document, { path, before }: FieldEdit): void {
  const present = valueAt(document, path.split('.'))
  const isSame =
    before === undefined || present === undefined ? before === present : equalValues(before, present)
  if (!isSame) throw changedMeanwhile('changed')
}

/** The one value at a path, an array's element by its place; undefined where there is nothing. */
export function valueAt(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined) return value
  if (Array.isArray(value)) return isArrayIndex(part) ? valueAt(value[Number(part)], rest) : undefined
  return isDocument(value) ? valueAt(ownField(value, part), rest) : undefined
}
