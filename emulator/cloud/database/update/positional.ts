import { requestFailed, writeFailed } from '../failures.ts'
import { elementTest } from '../query/arrays.ts'
import { equalsTest } from '../query/comparison.ts'
import type { Compiler } from '../query/operator.ts'
import { isOperators, type Test } from '../query/operator.ts'
import { type Document, isDocument } from '../values/document.ts'
import { valuesAt } from '../values/field-path.ts'
import { findTarget } from './target.ts'

/**
 * The paths a path with `$` (the first element the query matched) or `$[]` (every element) stands for in a document.
 * Source: "$ (update)" and "$[]" of the MongoDB manual. `$[name]` needs arrayFilters, which the SDK can not send.
 * @throws DATABASE_REQUEST_FAILED when the query matched no element, or there is no array.
 */
export function concretePaths(
  document: Document,
  path: readonly string[],
  query: unknown,
  compiler: Compiler,
): string[][] {
  const at = path.findIndex((part) => part.startsWith('$'))
  if (at < 0) return [[...path]]
  const prefix = path.slice(0, at)
  const array = findTarget(document, prefix)?.value
  return indexes(path[at] ?? '', array, prefix, query, compiler).flatMap((index) =>
    concretePaths(document, [...prefix, String(index), ...path.slice(at + 1)], query, compiler),
  )
}

function indexes(
  part: string,
  array: unknown,
  prefix: readonly string[],
  query: unknown,
  compiler: Compiler,
): number[] {
  const field = prefix.join('.')
  if (part === '$[]') {
    if (!Array.isArray(array)) throw writeFailed(`Cannot apply array updates to non-array element ${field}`)
    return [...array.keys()]
  }
  const test = matchOfElement(query, field, compiler)
  const index = Array.isArray(array) && test ? array.findIndex(test) : -1
  if (index < 0) {
    throw writeFailed('The positional operator did not find the match needed from the query.')
  }
  return [index]
}

/** What the query wants of an element of the array. */
function matchOfElement(query: unknown, field: string, compiler: Compiler): Test | undefined {
  for (const [key, operand] of Object.entries(isDocument(query) ? query : {})) {
    if (key === '$and' && Array.isArray(operand)) {
      const found = operand
        .map((part) => matchOfElement(part, field, compiler))
        .find((test) => test !== undefined)
      if (found) return found
    }
    if (key === field) return testOfElement(operand, compiler)
    if (key.startsWith(`${field}.`)) {
      const rest = key.slice(field.length + 1).split('.')
      const test = isOperators(operand) ? compiler.conditions(operand) : equalsTest(operand)
      return (element) => test(valuesAt(element, rest))
    }
  }
  return undefined
}

function testOfElement(operand: unknown, compiler: Compiler): Test {
  if (isOperators(operand)) {
    if (Object.hasOwn(operand, '$elemMatch')) return elementTest(operand['$elemMatch'], compiler)
    const test = compiler.conditions(operand)
    return (element) => test([element])
  }
  const test = equalsTest(operand)
  return (element) => test([element])
}

/** @throws DATABASE_REQUEST_FAILED for a part with `$` that is neither `$` nor `$[]`, or that comes first. */
export function checkPositional(path: readonly string[]): void {
  const field = path.join('.')
  for (const [depth, part] of path.entries()) {
    if (!part.startsWith('$')) continue
    if (part.startsWith('$[') && part !== '$[]')
      throw requestFailed(`No array filter found for ${part} in '${field}'`)
    if (depth === 0 || (part !== '$' && part !== '$[]')) {
      throw writeFailed(`The dollar ($) prefixed field '${part}' in '${field}' is not valid for storage.`)
    }
  }
}
