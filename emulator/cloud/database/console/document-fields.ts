import type { FieldInfo } from '../../../control/documents.ts'
import { type Document, isDocument } from '../values/document.ts'
import { typeName } from '../values/types.ts'

const MAXIMUM_FIELDS = 300
const MAXIMUM_DEPTH = 3

/** The fields of a sample of documents, those in most documents first. Elements of arrays are not looked into. */
export function fieldsOf(documents: readonly Document[]): FieldInfo[] {
  const counts = new Map<string, Map<string, number>>()
  for (const document of documents) countFields(document, '', 1, counts)
  const fields = [...counts].map(([path, types]) => ({
    path,
    types: [...types].sort(([, left], [, right]) => right - left).map(([type]) => type),
    documents: [...types.values()].reduce((sum, count) => sum + count, 0),
  }))
  return fields
    .sort(
      (left, right) =>
        Number(right.path === '_id') - Number(left.path === '_id') || right.documents - left.documents,
    )
    .slice(0, MAXIMUM_FIELDS)
}

function countFields(
  document: Document,
  prefix: string,
  depth: number,
  counts: Map<string, Map<string, number>>,
): void {
  for (const [field, value] of Object.entries(document)) {
    // A name with a dot cannot be asked for.
    if (field.includes('.')) continue
    const path = prefix + field
    const types = counts.get(path) ?? new Map<string, number>()
    counts.set(path, types)
    const type = typeName(value)
    types.set(type, (types.get(type) ?? 0) + 1)
    if (isDocument(value) && depth < MAXIMUM_DEPTH) countFields(value, `${path}.`, depth + 1, counts)
  }
}
