import { evalExpr } from 'mingo/core'
import type { Options } from 'mingo/types'
import { requestFailed } from '../failures.ts'
import { type Document, isDocument, ownField } from '../values/document.ts'
import { type Stage, whole } from './stages.ts'

/** A field to add: its path, and the expression of its value. */
interface Addition {
  readonly path: readonly string[]
  readonly expression: unknown
}

/**
 * `$addFields` and `$set`: an embedded document in the specification adds to the one that is there, and a path
 * through an array adds to each of its elements.
 */
export const addFieldsStage: Stage = (documents, specification, options) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0) {
    throw requestFailed('$addFields specification stage must be an object with at least one field')
  }
  const additions = flatten(specification, [])
  return whole(documents, (list) => list.map((document) => addAll(document, additions, options)))
}

function flatten(specification: Document, parents: readonly string[]): Addition[] {
  return Object.entries(specification).flatMap(([field, expression]) => {
    const path = [...parents, ...field.split('.')]
    const inner = isDocument(expression) ? Object.keys(expression) : []
    const isEmbedded = isDocument(expression) && inner.length > 0 && !inner[0]?.startsWith('$')
    return isEmbedded ? flatten(expression, path) : [{ path, expression }]
  })
}

function addAll(document: Document, additions: readonly Addition[], options: Options): Document {
  const values = additions.map(({ path, expression }) => ({
    path,
    value: evalExpr(document, expression, options),
  }))
  return values.reduce<Document>((result, { path, value }) => add(result, path, value), document)
}

/** A copy with the field added; `undefined` ($$REMOVE) takes it away. */
function add(document: Document, [part = '', ...rest]: readonly string[], value: unknown): Document {
  const { [part]: _replaced, ...others } = document
  if (rest.length > 0) return { ...document, [part]: addInto(ownField(document, part), rest, value) }
  return value === undefined ? others : { ...document, [part]: value }
}

function addInto(container: unknown, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(container)) return container.map((item) => addInto(item, path, value))
  return add(isDocument(container) ? container : {}, path, value)
}
