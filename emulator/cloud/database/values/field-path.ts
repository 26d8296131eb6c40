import { isArrayIndex, isDocument, ownField } from './document.ts'

/**
 * The values a dotted path leads to in a document, MongoDB's way: an array on the way stands for each of its
 * embedded documents (and, for a numeric part, for that element too), so one path may lead to many values.
 * A path that ends early leads to `undefined`; elements that are no documents lead nowhere at all.
 */
export function valuesAt(document: unknown, path: readonly string[]): unknown[] {
  const found: unknown[] = []
  walk(document, path, 0, found)
  return found
}

function walk(value: unknown, path: readonly string[], depth: number, found: unknown[]): void {
  const part = path[depth]
  if (part === undefined) {
    found.push(value)
  } else if (Array.isArray(value)) {
    if (isArrayIndex(part) && Number(part) < value.length) walk(value[Number(part)], path, depth + 1, found)
    for (const element of value) if (isDocument(element)) walk(element, path, depth, found)
  } else if (isDocument(value)) {
    walk(ownField(value, part), path, depth + 1, found)
  } else {
    found.push(undefined)
  }
}

/** The values a comparison is tried on: an array stands for its elements and for itself. */
export function withElements(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (Array.isArray(value) ? [...value, value] : [value]))
}
