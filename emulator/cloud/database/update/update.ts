import { invalidOperator, requestFailed, writeFailed } from '../failures.ts'
import type { Compiler } from '../query/operator.ts'
import { cloneDocument, type Document, isArrayIndex, isDocument } from '../values/document.ts'
import { equalValues } from '../values/ordering.ts'
import { arrayUpdateOperators } from './arrays.ts'
import { fieldOperators } from './fields.ts'
import type { UpdateContext, UpdateOperator } from './operator.ts'
import { checkPositional, concretePaths } from './positional.ts'
import { assign, findTarget, makeTarget, unassign } from './target.ts'

/** Gives the document as an update leaves it; the one passed in is not touched. */
export type Update = (document: Document, context: UpdateContext) => Document

/** One operator on one path, changing the copy. What `$` in a path means is asked of the original. */
type Step = (copy: Document, original: Document, context: UpdateContext) => void

const OPERATORS: ReadonlyMap<string, UpdateOperator> = new Map([...fieldOperators, ...arrayUpdateOperators])

/** For the list of what is supported. */
export const UPDATE_OPERATORS: readonly string[] = [...OPERATORS.keys()]

/** They have nothing to do where there is nothing, and so make no path. */
const ONLY_EXISTING = new Set(['$pop', '$pull', '$pullAll'])

/**
 * Compiles an update made of operators.
 * @throws DATABASE_REQUEST_FAILED for an empty update, conflicting paths or bad operands; DATABASE_INVALID_OPERRATOR
 * for an operator the service does not have. Applying it throws DATABASE_REQUEST_FAILED when it does not fit the
 * document's values, or would change `_id`.
 */
export function compileUpdate(update: unknown, compiler: Compiler): Update {
  if (!isDocument(update) || Object.keys(update).length === 0)
    throw requestFailed('an update can not be empty')
  const paths: string[][] = []
  const steps = Object.entries(update).flatMap(([name, fields]) => {
    if (!name.startsWith('$'))
      throw requestFailed(`unknown modifier: ${name}; an update is made of $ operators`)
    if (!isDocument(fields)) throw requestFailed(`Modifiers operate on fields but ${name} was given a scalar`)
    return Object.entries(fields).map(([field, operand]) =>
      compileStep(name, field, operand, compiler, paths),
    )
  })
  if (steps.length === 0) throw requestFailed('an update can not be empty')
  checkConflicts(paths)
  return (document, context) => {
    const copy = cloneDocument(document)
    for (const step of steps) step(copy, document, context)
    if (!equalValues(copy['_id'], document['_id'])) {
      throw writeFailed("Performing an update on the path '_id' would modify the immutable field '_id'")
    }
    return copy
  }
}

function compileStep(
  name: string,
  field: string,
  operand: unknown,
  compiler: Compiler,
  paths: string[][],
): Step {
  const path = parsePath(field, paths)
  if (name === '$rename') return rename(path, operand, paths)
  const step = name === '$unset' ? unset : compileChange(name, operand, compiler)
  return (copy, original, context) => {
    for (const concrete of concretePaths(original, path, context.query, compiler))
      step(copy, concrete, context)
  }
}

function parsePath(field: string, paths: string[][]): string[] {
  const path = field.split('.')
  if (path.some((part) => part === '')) {
    throw requestFailed(`The update path '${field}' contains an empty field name`)
  }
  if (path.includes('__proto__')) throw writeFailed("a field can not be named '__proto__'")
  checkPositional(path)
  paths.push(path)
  return path
}

/** As {@link Step}, on a path of the document at hand. */
type PathStep = (document: Document, path: readonly string[], context: UpdateContext) => void

function compileChange(name: string, operand: unknown, compiler: Compiler): PathStep {
  const operator = OPERATORS.get(name)
  if (!operator) throw invalidOperator(`Unknown modifier: ${name}`)
  const apply = operator(operand, compiler)
  return (document, path, context) => {
    const found = findTarget(document, path)
    const result = apply(found?.value, path.join('.'), context)
    if (result === undefined || (ONLY_EXISTING.has(name) && found?.value === undefined)) return
    assign(makeTarget(document, path), result)
  }
}

const unset: PathStep = (document, path) => {
  const target = findTarget(document, path)
  if (target) unassign(target)
}

function rename(path: readonly string[], operand: unknown, paths: string[][]): Step {
  if (typeof operand !== 'string') throw requestFailed("The 'to' field for $rename must be a string")
  const destination = parsePath(operand, paths)
  if ([...path, ...destination].some((part) => part.startsWith('$'))) {
    throw requestFailed('The source and target field for $rename may not be dynamic')
  }
  return (document) => {
    refuseArrays(document, path)
    refuseArrays(document, destination)
    const source = findTarget(document, path)
    if (source?.value === undefined) return
    unassign(source)
    assign(makeTarget(document, destination), source.value)
  }
}

function refuseArrays(document: Document, path: readonly string[]): void {
  for (let length = 1; length < path.length; length++) {
    if (Array.isArray(findTarget(document, path.slice(0, length))?.value)) {
      throw writeFailed(`The field '${path.join('.')}' cannot be renamed: it is in an array`)
    }
  }
}

function checkConflicts(paths: readonly (readonly string[])[]): void {
  const sorted = paths.map((path) => `${path.join('.')}.`).sort()
  for (const [position, path] of sorted.entries()) {
    const next = sorted[position + 1]
    if (next?.startsWith(path)) {
      throw requestFailed(
        `Updating the path '${next.slice(0, -1)}' would create a conflict at '${path.slice(0, -1)}'`,
      )
    }
  }
}

/**
 * The document an upsert starts from: the fields the query holds to one value.
 * Source: "Upsert with Operator Expressions" of the MongoDB manual.
 */
export function documentFromQuery(query: unknown): Document {
  const document: Document = {}
  for (const [field, operand] of Object.entries(isDocument(query) ? query : {})) {
    if (field === '$and' && Array.isArray(operand)) {
      for (const part of operand) Object.assign(document, documentFromQuery(part))
    }
    if (field.startsWith('$')) continue
    const isCondition = isDocument(operand) && Object.keys(operand)[0]?.startsWith('$')
    const value = isCondition ? operand['$eq'] : operand
    if (value !== undefined && !field.split('.').some(isArrayIndex))
      assign(makeTarget(document, field.split('.')), value)
  }
  return document
}
