import { writeFailed } from '../failures.ts'
import { type Document, isArrayIndex, isDocument, ownField } from '../values/document.ts'

/** The place an update's path leads to. `value` is undefined while nothing is there. */
export interface Target {
  readonly container: Document | unknown[]
  readonly key: string
  readonly value: unknown
}

/** Elements MongoDB is willing to fill up with null before a far index. */
const MAXIMUM_PADDING = 1_500_000

/** @returns undefined when the path ends before its last part, so that there is nothing to remove or to filter. */
export function findTarget(document: Document, path: readonly string[]): Target | undefined {
  let container: unknown = document
  for (const part of path.slice(0, -1)) container = child(container, part)
  const key = path.at(-1) ?? ''
  if (isDocument(container)) return { container, key, value: ownField(container, key) }
  if (Array.isArray(container) && isArrayIndex(key)) return { container, key, value: container[Number(key)] }
  return undefined
}

function child(container: unknown, part: string): unknown {
  if (Array.isArray(container)) return isArrayIndex(part) ? container[Number(part)] : undefined
  return isDocument(container) ? ownField(container, part) : undefined
}

/**
 * As {@link findTarget}, making the embedded documents that are missing on the way.
 * @throws DATABASE_REQUEST_FAILED when the path leads through a scalar or null, or names a field of an array.
 */
export function makeTarget(document: Document, path: readonly string[]): Target {
  let container: unknown = document
  let name = ''
  for (const [depth, part] of path.entries()) {
    if (!isDocument(container) && !(Array.isArray(container) && isArrayIndex(part))) {
      throw writeFailed(`Cannot create field '${part}' in element {${name}: ${shown(container)}}`)
    }
    const value = child(container, part)
    if (depth === path.length - 1) return { container, key: part, value }
    container = value === undefined ? assign({ container, key: part, value }, {}) : value
    name = part
  }
  throw writeFailed('an update path can not be empty')
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? 'null'
}

/** Puts a value in its place; an array is filled up with null to reach it. */
export function assign<Value>({ container, key }: Target, value: Value): Value {
  if (Array.isArray(container)) {
    const index = Number(key)
    if (index - container.length > MAXIMUM_PADDING)
      throw writeFailed(`can't backfill array to ${index} elements`)
    while (container.length < index) container.push(null)
    container[index] = value
  } else {
    container[key] = value
  }
  return value
}

/** Takes a field away; an element of an array becomes null, so that the others keep their places. */
export function unassign({ container, key, value }: Target): void {
  if (value === undefined) return
  if (Array.isArray(container)) container[Number(key)] = null
  else delete container[key]
}
