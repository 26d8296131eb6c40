import { type Document, isDocument, ownField } from '../values/document.ts'
import { equalValues } from '../values/ordering.ts'

const MAXIMUM_FIELDS = 50
/** Longer arrays are compared as one value. */
const MAXIMUM_ELEMENTS = 50

/** A field that a write has changed, with its values as they are; undefined for a field that is not there. */
export interface ChangedField {
  /** In dotted form. */
  path: string
  /** The last field of the path that is no place in an array. */
  name: string
  before: unknown
  after: unknown
}

export interface ChangedFields {
  fields: ChangedField[]
  furtherFields: number
}

/** The fields in which two states of a document differ, without `_id`; undefined for a document that is not there. */
export function changedFields(before: Document | undefined, after: Document | undefined): ChangedFields {
  const changed: ChangedFields = { fields: [], furtherFields: 0 }
  if (before && after) compareDocuments('', before, after, changed)
  else {
    for (const [field, value] of Object.entries(before ?? after ?? {})) {
      if (field !== '_id') note(field, field, before ? value : undefined, after ? value : undefined, changed)
    }
  }
  return changed
}

// This runs within each write, over all fields of the document: plain loops, and nothing is made for equal fields.
function compareDocuments(prefix: string, before: Document, after: Document, changed: ChangedFields): void {
  for (const field in before) {
    const left = before[field]
    const right = ownField(after, field)
    if (left !== right) compare(prefix, field, field, left, right, changed)
  }
  for (const field in after) {
    if (!Object.hasOwn(before, field)) note(prefix + field, field, undefined, after[field], changed)
  }
}

/** @param name see {@link ChangedField} */
function compare(
  prefix: string,
  field: string,
  name: string,
  before: unknown,
  after: unknown,
  changed: ChangedFields,
): void {
  if (typeof before === 'object' && typeof after === 'object' && before !== null && after !== null) {
    if (before instanceof Date && after instanceof Date) {
      if (before.getTime() === after.getTime()) return
    } else if (isShortArray(before) && isShortArray(after) && before.length === after.length) {
      const inner = `${prefix}${field}.`
      for (let index = 0; index < before.length; index += 1) {
        const left = before[index]
        const right = after[index]
        if (left !== right) compare(inner, String(index), name, left, right, changed)
      }
      return
    } else if (isShortArray(before) && isShortArray(after)) {
      compareArrays(`${prefix}${field}.`, name, before, after, changed)
      return
    } else if (isDocument(before) && isDocument(after)) {
      compareDocuments(`${prefix}${field}.`, before, after, changed)
      return
    } else if (equalValues(before, after)) return
  }
  note(prefix + field, name, before, after, changed)
}

/** Of arrays of different lengths: the elements that only one of them has, at their places there. */
function compareArrays(
  prefix: string,
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  changed: ChangedFields,
): void {
  const isIn = (list: readonly unknown[], value: unknown) => list.some((other) => equalValues(other, value))
  const count = changed.fields.length + changed.furtherFields
  before.forEach((value, index) => {
    if (!isIn(after, value)) note(`${prefix}${index}`, name, value, undefined, changed)
  })
  after.forEach((value, index) => {
    if (!isIn(before, value)) note(`${prefix}${index}`, name, undefined, value, changed)
  })
  // One of several equal elements has come or gone.
  if (changed.fields.length + changed.furtherFields === count)
    note(prefix.slice(0, -1), name, before, after, changed)
}

function isShortArray(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length <= MAXIMUM_ELEMENTS
}

function note(path: string, name: string, before: unknown, after: unknown, changed: ChangedFields): void {
  if (changed.fields.length >= MAXIMUM_FIELDS) changed.furtherFields += 1
  else changed.fields.push({ path, name, before, after })
}
