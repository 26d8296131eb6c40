import { requestFailed } from '../../failures.ts'
import { type Comparator, comparatorOf } from '../../query/order.ts'
import { type Document, isDocument } from '../../values/document.ts'
import { type Compiler, type Evaluate, type Scope, scopeOf } from '../expression/scope.ts'
import { groupBy } from './group.ts'
import { parseSort } from './simple.ts'

/** How `$setWindowFields`, `$fill` and `$densify` put documents together and in order. */
export interface Partitioning {
  readonly partitionBy: Evaluate | undefined
  readonly compare: Comparator | undefined
}

/** @throws DATABASE_REQUEST_FAILED */
export function compilePartitions(
  partitionBy: unknown,
  sortBy: unknown,
  compiler: Compiler,
  name: string,
): Partitioning {
  return {
    partitionBy:
      partitionBy === undefined || partitionBy === null ? undefined : compiler.compile(partitionBy),
    compare: sortBy === undefined ? undefined : comparatorOf(parseSort(sortBy, `${name} sortBy`)),
  }
}

/** The documents by partition, each in order. */
export function partition(
  documents: readonly Document[],
  outer: Scope,
  { partitionBy, compare }: Partitioning,
): Scope[][] {
  const scopes = documents.map((document) => scopeOf(document, outer))
  const keyOf = (scope: Scope) => {
    const key = partitionBy?.(scope) ?? null
    if (Array.isArray(key))
      throw requestFailed('An expression used to partition cannot evaluate to value of type array')
    return key
  }
  return groupBy(scopes, keyOf).map(({ members }) =>
    compare ? [...members].sort((left, right) => compare(documentOf(left), documentOf(right))) : members,
  )
}

export function documentOf(scope: Scope): Document {
  const document = scope['ROOT']
  return isDocument(document) ? document : {}
}
