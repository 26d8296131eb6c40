import { type Iterator, Lazy } from 'mingo/lazy'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import { compileOrder } from '../query/order.ts'
import { cloneDocument, type Document, isArrayIndex, isDocument, ownField } from '../values/document.ts'

/** A stage of a pipeline: the documents that come in, the stage's value, mingo's options. */
export type Stage = (documents: Iterator, specification: unknown, options: Options) => Iterator

/** Also the end of `$sortByCount`. */
export const sort: Stage = (documents, order) => {
  if (!isDocument(order) || Object.keys(order).length === 0)
    throw requestFailed('$sort needs at least one field')
  const compare = compileOrder(order)
  return whole(documents, (list) => [...list].sort(compare))
}

/** No documents make no answer, not a count of 0. */
const count: Stage = (documents, field) => {
  if (typeof field !== 'string' || field === '' || field.startsWith('$') || field.includes('.')) {
    throw requestFailed('the count field must be a non-empty string without $ and .')
  }
  return whole(documents, (list) => (list.length === 0 ? [] : [{ [field]: list.length }]))
}

/** Each document at most once. */
const sample: Stage = (documents, specification) => {
  const size = isDocument(specification) ? specification['size'] : undefined
  if (typeof size !== 'number' || size < 0)
    throw requestFailed('size argument to $sample must be a positive number')
  return whole(documents, (list) => {
    const rest = [...list]
    const picked: Document[] = []
    while (picked.length < size && rest.length > 0) {
      picked.push(...rest.splice(Math.floor(Math.random() * rest.length), 1))
    }
    return picked
  })
}

const unwind: Stage = (documents, specification) => {
  const options: Document = isDocument(specification) ? specification : { path: specification }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = options
  if (typeof path !== 'string' || !path.startsWith('$')) throw requestFailed('$unwind path must start with $')
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || includeArrayIndex.startsWith('$'))
  ) {
    throw requestFailed('includeArrayIndex must be a non-empty string without $')
  }
  const parts = path.slice(1).split('.')
  return whole(documents, (list) =>
    list.flatMap((document) => {
      const value = parts.reduce<unknown>(
        (inner, part) => (isDocument(inner) ? ownField(inner, part) : undefined),
        document,
      )
      const withIndex = (copy: Document, index: number | null) => {
        if (includeArrayIndex !== undefined) setPath(copy, includeArrayIndex.split('.'), index)
        return copy
      }
      if (Array.isArray(value) && value.length > 0) {
        return value.map((item, index) => withIndex(setPath(cloneDocument(document), parts, item), index))
      }
      const isNothing = value === undefined || value === null || Array.isArray(value)
      if (isNothing && preserveNullAndEmptyArrays !== true) return []
      const copy = cloneDocument(document)
      return [withIndex(Array.isArray(value) ? setPath(copy, parts, undefined) : copy, null)]
    }),
  )
}

/** Sets, or with undefined deletes, a field of an embedded document. */
export function setPath(document: Document, path: readonly string[], value: unknown): Document {
  let container: Document = document
  for (const part of path.slice(0, -1)) {
    const inner = ownField(container, part)
    const next: Document = isDocument(inner) ? inner : {}
    container[part] = next
    container = next
  }
  const last = path.at(-1) ?? ''
  if (value === undefined) delete container[last]
  else container[last] = value
  return document
}

function positive(name: string, least: number, act: (documents: Iterator, count: number) => Iterator): Stage {
  return (documents, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
      throw requestFailed(`the ${name} must be a whole number of at least ${least}`)
    }
    return act(documents, value)
  }
}

/** A stage that needs all documents before it can give the first. */
export function whole(documents: Iterator, change: (list: readonly Document[]) => Document[]): Iterator {
  // mingo's typings have it the other way round: an array comes in, an iterator goes out.
  return documents.transform(((list: Document[]) => Lazy(change(list))) as never)
}

/** The stages that mingo has differently from MongoDB, as far as they need no expressions. */
export const stages: Readonly<Record<string, Stage>> = {
  $sort: sort,
  $count: count,
  $sample: sample,
  $unwind: unwind,
  $limit: positive('limit', 1, (documents, limit) => documents.take(limit)),
  $skip: positive('skip', 0, (documents, skip) => documents.drop(skip)),
}

/** @returns whether a path may be written to by mingo, which would find what JavaScript objects inherit. */
export function isPlainPath(path: string): boolean {
  return !path.split('.').some((part) => part in Object.prototype && !isArrayIndex(part))
}
