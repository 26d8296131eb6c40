import { requestFailed } from '../../failures.ts'
import { keyText } from '../../storage/index-keys.ts'
import { isDocument } from '../../values/document.ts'
import { compareValues, typeRank } from '../../values/ordering.ts'
import { compileFields } from '../accumulators.ts'
import { type Scope, scopeOf } from '../expression/scope.ts'
import { type CompileStage, requireExpression, stageFields } from './stage.ts'

interface Group {
  readonly id: unknown
  readonly members: Scope[]
}

const COUNT = { count: { $sum: 1 } }

const group: CompileStage = (specification, { compiler }) => {
  if (!isDocument(specification)) throw requestFailed("a group's fields must be specified in an object")
  if (!Object.hasOwn(specification, '_id')) throw requestFailed('a group specification must include an _id')
  const { _id: expression, ...fields } = specification
  const idOf = compiler.compile(expression)
  const fold = compileFields(fields, compiler)
  return (documents, outer) =>
    groupBy(
      documents.map((document) => scopeOf(document, outer)),
      (member) => idOf(member) ?? null,
    ).map(({ id, members }) => ({ _id: id, ...fold(members, id) }))
}

const sortByCount: CompileStage = (expression, context, name) => {
  const counted = group({ _id: requireExpression(expression, `the ${name} field`), ...COUNT }, context, name)
  return (documents, outer) =>
    counted(documents, outer).sort((left, right) => compareValues(right['count'], left['count']))
}

const bucket: CompileStage = (specification, { compiler }, name) => {
  const fields = stageFields(specification, name, ['groupBy', 'boundaries'], ['default', 'output'])
  const { output = COUNT, default: otherwise } = fields
  const keyOf = compiler.compile(requireExpression(fields['groupBy'], "the $bucket 'groupBy' field"))
  const bounds = parseBoundaries(fields['boundaries'])
  const hasDefault = Object.hasOwn(fields, 'default')
  if (hasDefault) checkDefault(otherwise, bounds)
  if (!isDocument(output)) throw requestFailed("the $bucket 'output' field must be an object")
  const fold = compileFields(output, compiler)
  const bucketOf = (member: Scope): unknown => {
    const value = keyOf(member) ?? null
    const at = bounds.findLastIndex((bound) => compareValues(bound, value) <= 0)
    if (at >= 0 && at < bounds.length - 1) return bounds[at]
    if (hasDefault) return otherwise
    throw requestFailed(
      '$switch could not find a matching branch for an input, and no default was specified.',
    )
  }
  return (documents, outer) =>
    groupBy(
      documents.map((document) => scopeOf(document, outer)),
      bucketOf,
    )
      .sort((left, right) => compareValues(left.id, right.id))
      .map(({ id, members }) => ({ _id: id, ...fold(members, id) }))
}

function parseBoundaries(boundaries: unknown): unknown[] {
  const bounds = Array.isArray(boundaries) ? boundaries : []
  const isAscending = bounds.every(
    (bound, at) =>
      at === 0 || (typeRank(bound) === typeRank(bounds[at - 1]) && compareValues(bounds[at - 1], bound) < 0),
  )
  if (bounds.length < 2 || !isAscending) {
    throw requestFailed("the $bucket 'boundaries' must be at least two values of one type in ascending order")
  }
  return bounds
}

function checkDefault(value: unknown, bounds: readonly unknown[]): void {
  if (compareValues(value, bounds[0]) < 0 || compareValues(value, bounds.at(-1)) >= 0) return
  throw requestFailed(
    "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
  )
}

export function groupBy(members: readonly Scope[], idOf: (member: Scope) => unknown): Group[] {
  const groups = new Map<string, Group>()
  for (const member of members) {
    const id = idOf(member)
    const key = keyText([id])
    const known = groups.get(key)
    if (known) known.members.push(member)
    else groups.set(key, { id, members: [member] })
  }
  return [...groups.values()]
}

/** The stages that put documents together by a value. */
export const groupStages: Readonly<Record<string, CompileStage>> = {
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
}
