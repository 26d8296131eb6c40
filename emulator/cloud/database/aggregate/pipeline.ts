import { Aggregator } from 'mingo/aggregator'
import { Context } from 'mingo/core'
import * as mingoStages from 'mingo/operators/pipeline'
import * as mingoProjections from 'mingo/operators/projection'
import type { Options } from 'mingo/types'
import type { Access } from '../access/access.ts'
import { invalidOperator, requestFailed } from '../failures.ts'
import { compileQuery } from '../query/query.ts'
import { find } from '../run/find.ts'
import type { Collection } from '../storage/catalog.ts'
import type { Document } from '../values/document.ts'
import { addFieldsStage } from './add-fields.ts'
import {
  compileExpression,
  EXPRESSION_OPERATORS,
  isExpressionOperator,
  mingoOptions,
  runMingo,
} from './expression.ts'
import { compileGeoNear } from './geo-near.ts'
import { groupStages } from './group.ts'
import { guardExpression, type PipelineStage } from './guard.ts'
import { lookupStage } from './lookup.ts'
import { matchStage } from './match.ts'
import { stages } from './stages.ts'

/** They write, or read what is in no collection. */
const { $out: _out, $merge: _merge, $documents: _documents, ...safeStages } = mingoStages

const OPERATORS = {
  ...EXPRESSION_OPERATORS,
  pipeline: {
    ...safeStages,
    ...stages,
    ...groupStages,
    $match: matchStage,
    $addFields: addFieldsStage,
    $set: addFieldsStage,
  },
  projection: mingoProjections,
}

const STAGES = new Set([...Object.keys(OPERATORS.pipeline), '$lookup', '$geoNear'])

/**
 * Runs an aggregation pipeline on a collection.
 * @throws DATABASE_INVALID_OPERRATOR for stages and operators that are not known or not allowed (`$out`, `$merge`,
 * `$function`, `$accumulator`, `$where`), DATABASE_REQUEST_FAILED for everything that does not fit the documents.
 */
export function aggregate(
  access: Access,
  collection: Collection,
  pipeline: readonly PipelineStage[],
): Document[] {
  const guarded = pipeline.map(guardStage)
  const context = Context.init({
    ...OPERATORS,
    pipeline: { ...OPERATORS.pipeline, $lookup: lookupStage(access) },
  } as never)
  const options: Options = { ...mingoOptions(context), collectionResolver: (name) => read(access, name) }
  const { documents, rest } = firstStage(access, collection, guarded)
  const aggregator = new Aggregator(
    rest.map(({ name, value }) => ({ [name]: value })),
    options,
  )
  return runMingo(() => aggregator.run(documents) as Document[])
}

function guardStage({ name, value }: PipelineStage, position: number): PipelineStage {
  if (!STAGES.has(name)) throw invalidOperator(`Unrecognized pipeline stage name: '${name}'`)
  if (name === '$geoNear' && position > 0)
    throw requestFailed('$geoNear is only valid as the first stage in a pipeline.')
  return {
    name,
    value:
      name === '$match'
        ? value
        : guardExpression(value, (key) => STAGES.has(key) || isExpressionOperator(key)),
  }
}

function read(access: Access, name: string): Document[] {
  const collection = access.findCollection(name)
  return collection ? [...access.scan(collection)].map(({ document }) => document) : []
}

/** A leading `$match` or `$geoNear` is answered through the indexes, so that not all documents need be read. */
function firstStage(
  access: Access,
  collection: Collection,
  pipeline: readonly PipelineStage[],
): { documents: Document[]; rest: readonly PipelineStage[] } {
  const [first, ...rest] = pipeline
  const matching = (query: unknown) =>
    find(access, collection, query, compileQuery(query, compileExpression)).map(({ document }) => document)
  if (first?.name === '$match') return { documents: matching(first.value), rest }
  if (first?.name === '$geoNear') {
    const geoNear = compileGeoNear(first.value)
    return { documents: geoNear.run(matching(geoNear.query), collection), rest }
  }
  return { documents: matching({}), rest: pipeline }
}
