import type { Access } from '../../access/access.ts'
import { requestFailed } from '../../failures.ts'
import type { Collection } from '../../storage/collection-catalog.ts'
import { type Document, isDocument, ownField } from '../../values/document.ts'
import { checkField } from '../expression/field-path.ts'
import type { Compiler, Scope } from '../expression/scope.ts'

/** A compiled stage: the documents that come in, the variables from outside of its pipeline. */
export type Run = (documents: readonly Document[], outer: Scope) => Document[]

/** What stages are compiled with. */
export interface StageContext {
  readonly access: Access
  readonly compiler: Compiler
  /**
   * Compiles a pipeline inside the stage.
   * @param source the collection it reads; without it, it takes documents
   */
  pipeline(
    stages: unknown,
    options: { readonly compiler: Compiler; readonly source?: Collection | undefined },
  ): Run
}

/**
 * Compiles a stage, before any document is read.
 * @throws DATABASE_REQUEST_FAILED, DATABASE_INVALID_OPERRATOR for a stage that is written wrongly
 */
export type CompileStage = (specification: unknown, context: StageContext, name: string) => Run

/** The fields of a stage's object. @throws DATABASE_REQUEST_FAILED for missing and unknown ones */
export function stageFields(
  specification: unknown,
  name: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Document {
  if (!isDocument(specification)) throw requestFailed(`the ${name} stage specification must be an object`)
  for (const field of Object.keys(specification)) {
    if (!required.includes(field) && !optional.includes(field)) {
      throw requestFailed(`unrecognized option to ${name}: '${field}'`)
    }
  }
  for (const field of required) {
    if (!Object.hasOwn(specification, field))
      throw requestFailed(`${name} requires '${field}' to be specified`)
  }
  return specification
}

/** A path that a stage writes to. @throws DATABASE_REQUEST_FAILED */
export function writablePath(value: unknown, what: string): string[] {
  if (typeof value !== 'string' || value === '') throw requestFailed(`${what} must be a non-empty string`)
  const path = value.split('.')
  for (const part of path) checkField(part)
  return path
}

/** `'$a.b'`, the path of a field. @throws DATABASE_REQUEST_FAILED */
export function fieldReference(value: unknown, what: string): string[] {
  if (typeof value !== 'string' || !value.startsWith('$')) {
    throw requestFailed(`${what} must be a path that begins with $`)
  }
  return writablePath(value.slice(1), what)
}

/** Sets, or with undefined deletes, a field of an embedded document. Changes the document. */
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

/** An expression that is a path or an object, not a constant. @throws DATABASE_REQUEST_FAILED */
export function requireExpression(value: unknown, what: string): unknown {
  const isExpression =
    (typeof value === 'string' && value.startsWith('$')) ||
    (isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true)
  if (isExpression) return value
  throw requestFailed(`${what} must be defined as a $-prefixed path or an expression object`)
}
