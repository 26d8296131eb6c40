import { evalExpr, OpType } from 'mingo/core'
import type { Options } from 'mingo/types'
import { invalidOperator, requestFailed } from '../failures.ts'
import { keyText } from '../storage/index-keys.ts'
import { type Document, isDocument } from '../values/document.ts'
import { compareValues, typeRank } from '../values/ordering.ts'
import { type Stage, sort, whole } from './stages.ts'

interface Group {
  readonly id: unknown
  readonly members: Document[]
}

/** Gives a group's fields from its documents. */
type Fold = (members: readonly Document[]) => Document

const COUNT = { count: { $sum: 1 } }

const group: Stage = (documents, specification, options) => {
  if (!isDocument(specification) || !Object.hasOwn(specification, '_id')) {
    throw requestFailed('a group specification must include an _id')
  }
  const { _id: expression, ...fields } = specification
  const fold = compileFold(fields, options)
  return whole(documents, (list) => {
    const groups = groupBy(list, (document) => evalExpr(document, expression, options) ?? null)
    return groups.map(({ id, members }) => ({ _id: id, ...fold(members) }))
  })
}

const sortByCount: Stage = (documents, expression, options) =>
  sort(group(documents, { _id: expression, ...COUNT }, options), { count: -1 }, options)

const bucket: Stage = (documents, specification, options) => {
  if (!isDocument(specification)) throw requestFailed('$bucket needs an object')
  const { groupBy: expression, boundaries, output = COUNT } = specification
  const bounds = parseBoundaries(boundaries)
  if (!isDocument(output)) throw requestFailed("the $bucket 'output' field must be an object")
  const fold = compileFold(output, options)
  const bucketOf = (document: Document): unknown => {
    const value = evalExpr(document, expression, options) ?? null
    const at = bounds.findLastIndex((bound) => compareValues(bound, value) <= 0)
    if (at >= 0 && at < bounds.length - 1) return bounds[at]
    if (!Object.hasOwn(specification, 'default')) {
      throw requestFailed(
        '$switch could not find a matching branch for an input, and no default was specified.',
      )
    }
    return specification['default']
  }
  return whole(documents, (list) =>
    groupBy(list, bucketOf)
      .sort((left, right) => compareValues(left.id, right.id))
      .map(({ id, members }) => ({ _id: id, ...fold(members) })),
  )
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

function groupBy(documents: readonly Document[], idOf: (document: Document) => unknown): Group[] {
  const groups = new Map<string, Group>()
  for (const document of documents) {
    const id = idOf(document)
    const key = keyText([id])
    const known = groups.get(key)
    if (known) known.members.push(document)
    else groups.set(key, { id, members: [document] })
  }
  return [...groups.values()]
}

/** Accumulators are called directly: some names, `$first` for one, also mean an expression, which mingo prefers. */
function compileFold(fields: Document, options: Options): Fold {
  const folds = Object.entries(fields).map(([field, specification]) => {
    const [name, ...others] = isDocument(specification) ? Object.keys(specification) : []
    if (!isDocument(specification) || name === undefined || others.length > 0) {
      throw requestFailed(`The field '${field}' must specify one accumulator`)
    }
    const accumulate = options.context.getOperator(OpType.ACCUMULATOR, name)
    if (!accumulate) throw invalidOperator(`unknown group operator '${name}'`)
    return {
      field,
      fold: (members: readonly Document[]) => accumulate(members, specification[name], options),
    }
  })
  return (members) => Object.fromEntries(folds.map(({ field, fold }) => [field, fold(members)]))
}

/** The stages that put documents together by a value. */
export const groupStages: Readonly<Record<string, Stage>> = {
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
}
