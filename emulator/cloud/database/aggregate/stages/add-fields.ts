import { requestFailed } from '../../failures.ts'
import { type Document, isArrayIndex, isDocument, ownField } from '../../values/document.ts'
import { scopeOf } from '../expression/scope.ts'
import { type CompileStage, writablePath } from './stage.ts'

/**
 * `$addFields` and `$set`: an embedded document in the specification adds to the one that is there, and a path
 * through an array adds to each of its elements.
 */
export const addFields: CompileStage = (specification, { compiler }, name) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0) {
    throw requestFailed(`${name} specification stage must be an object with at least one field`)
  }
  const additions = flatten(specification, [])
  checkCollisions(additions.map(({ path }) => path))
  const compiled = additions.map(({ path, expression }) => ({ path, evaluate: compiler.compile(expression) }))
  return (documents, outer) =>
    documents.map((document) => {
      const scope = scopeOf(document, outer)
      const values = compiled.map(({ path, evaluate }) => ({ path, value: evaluate(scope) }))
      return values.reduce<Document>((result, { path, value }) => addField(result, path, value), document)
    })
}

/** A field to add: its path, and the expression of its value. */
interface Addition {
  readonly path: readonly string[]
  readonly expression: unknown
}

function flatten(specification: Document, parents: readonly string[]): Addition[] {
  return Object.entries(specification).flatMap(([field, expression]) => {
    const path = [...parents, ...writablePath(field, 'a field')]
    if (path.length > 1 && path.some(isInherited))
      throw requestFailed(`can not use the field ${path.join('.')}`)
    if (!isDocument(expression)) return [{ path, expression }]
    const [first] = Object.keys(expression)
    if (first === undefined) {
      throw requestFailed(`an empty object is not a valid value. Found at path ${path.join('.')}`)
    }
    return first.startsWith('$') ? [{ path, expression }] : flatten(expression, path)
  })
}

/** A path into what JavaScript objects inherit is refused, as everywhere. */
function isInherited(part: string): boolean {
  return part in Object.prototype && !isArrayIndex(part)
}

/** @throws DATABASE_REQUEST_FAILED where one path is the beginning of another, or the same */
export function checkCollisions(paths: readonly (readonly string[])[]): void {
  const sorted = paths.map((path) => `${path.join('\0')}\0`).sort()
  const at = sorted.findIndex((path, index) => index > 0 && path.startsWith(sorted[index - 1] ?? ''))
  if (at > 0) throw requestFailed(`path collision at ${sorted[at]?.slice(0, -1).replaceAll('\0', '.')}`)
}

/** A copy with the field added; `undefined` ($$REMOVE) takes it away. */
export function addField(
  document: Document,
  [part = '', ...rest]: readonly string[],
  value: unknown,
): Document {
  if (rest.length > 0) return { ...document, [part]: addInto(ownField(document, part), rest, value) }
  const { [part]: _replaced, ...others } = document
  return value === undefined ? others : { ...document, [part]: value }
}

function addInto(container: unknown, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(container)) return container.map((item) => addInto(item, path, value))
  return addField(isDocument(container) ? container : {}, path, value)
}
