import { requestFailed } from '../../failures.ts'
import { comparatorOf, type Order, parseOrder } from '../../query/order.ts'
import { compileQuery } from '../../query/query.ts'
import { cloneDocument, type Document, isDocument, ownField } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { typeName } from '../../values/types.ts'
import { type Compiler, type Scope, scopeOf } from '../expression/scope.ts'
import { type CompileStage, fieldReference, setPath, stageFields, writablePath } from './stage.ts'

/** Stages that choose documents, order them or put others in their place. */

/** `$match`, by the same queries as `where()`, with the variables of the pipeline in its `$expr`. */
const match: CompileStage = (query, { compiler }) => {
  const { test, withOuter } = compileMatch(query, compiler)
  return (documents, outer) => withOuter(outer, () => documents.filter(test))
}

export function compileMatch(query: unknown, compiler: Compiler) {
  let outer: Scope = {}
  const test = compileQuery(query, (expression) => {
    const evaluate = compiler.compile(expression)
    return (document) => evaluate(scopeOf(document, outer))
  })
  return {
    test: (document: Document) => test(document),
    withOuter<Result>(scope: Scope, run: () => Result): Result {
      outer = scope
      return run()
    },
  }
}

/** @throws DATABASE_REQUEST_FAILED unless it is `{ field: 1 | -1, … }` with at least one field */
export function parseSort(order: unknown, name: string): Order {
  if (!isDocument(order) || Object.keys(order).length === 0) {
    throw requestFailed(`the ${name} specification must be an object with at least one field`)
  }
  for (const field of Object.keys(order)) writablePath(field, `a field of ${name}`)
  return parseOrder(order)
}

const sort: CompileStage = (order, _context, name) => {
  const compare = comparatorOf(parseSort(order, name))
  return (documents) => [...documents].sort(compare)
}

/** A whole number of documents. @throws DATABASE_REQUEST_FAILED */
export function wholeCount(value: unknown, name: string, least: number): number {
  const count = isNumeric(value) ? toNumber(value) : Number.NaN
  if (!Number.isInteger(count) || count < least) {
    throw requestFailed(`the ${name} must be a whole number of at least ${least}`)
  }
  return count
}

const limit: CompileStage = (value) => {
  const count = wholeCount(value, 'limit', 1)
  return (documents) => documents.slice(0, count)
}

const skip: CompileStage = (value) => {
  const count = wholeCount(value, 'skip', 0)
  return (documents) => documents.slice(count)
}

/** No documents make no answer, not a count of 0. */
const count: CompileStage = (field) => {
  if (
    typeof field !== 'string' ||
    field === '' ||
    field.startsWith('$') ||
    /[.\0]/.test(field) ||
    field === '_id'
  ) {
    throw requestFailed('the count field must be a non-empty string without $ and .')
  }
  return (documents) => (documents.length === 0 ? [] : [{ [field]: documents.length }])
}

/** Each document at most once. */
const sample: CompileStage = (specification, _context, name) => {
  const { size } = stageFields(specification, name, ['size'])
  const wanted = isNumeric(size) ? Math.trunc(toNumber(size)) : Number.NaN
  if (!(wanted >= 0)) throw requestFailed('size argument to $sample must be a positive number')
  return (documents) => {
    const rest = [...documents]
    const picked: Document[] = []
    while (picked.length < wanted && rest.length > 0) {
      picked.push(...rest.splice(Math.floor(Math.random() * rest.length), 1))
    }
    return picked
  }
}

const unwind: CompileStage = (specification, _context, name) => {
  const options = isDocument(specification)
    ? stageFields(specification, name, ['path'], ['includeArrayIndex', 'preserveNullAndEmptyArrays'])
    : { path: specification }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays: preserves = false } = options as Document
  const parts = fieldReference(path, `the ${name} path`)
  const indexPath =
    includeArrayIndex === undefined ? undefined : writablePath(includeArrayIndex, 'includeArrayIndex')
  if (typeof preserves !== 'boolean') throw requestFailed('preserveNullAndEmptyArrays must be a bool')
  const withIndex = (copy: Document, index: number | null) =>
    indexPath ? setPath(copy, indexPath, index) : copy
  const unwindOne = (document: Document): Document[] => {
    const value = parts.reduce<unknown>(
      (inner, part) => (isDocument(inner) ? ownField(inner, part) : undefined),
      document,
    )
    if (Array.isArray(value) && value.length > 0) {
      return value.map((item, index) => withIndex(setPath(cloneDocument(document), parts, item), index))
    }
    const isNothing = value === undefined || value === null || Array.isArray(value)
    if (isNothing && !preserves) return []
    const copy = cloneDocument(document)
    return [withIndex(Array.isArray(value) ? setPath(copy, parts, undefined) : copy, null)]
  }
  return (documents) => documents.flatMap(unwindOne)
}

function replaceBy(expression: unknown, compiler: Compiler, what: string) {
  const evaluate = compiler.compile(expression)
  return (documents: readonly Document[], outer: Scope) =>
    documents.map((document) => {
      const root = evaluate(scopeOf(document, outer))
      if (isDocument(root)) return root
      throw requestFailed(
        `${what} must evaluate to an object, but resulting value was of type: ${typeName(root)}`,
      )
    })
}

export const simpleStages: Readonly<Record<string, CompileStage>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $sample: sample,
  $unwind: unwind,
  $replaceRoot: (specification, { compiler }, name) =>
    replaceBy(stageFields(specification, name, ['newRoot'])['newRoot'], compiler, "'newRoot' expression"),
  $replaceWith: (expression, { compiler }) => replaceBy(expression, compiler, "'replacement document'"),
}
