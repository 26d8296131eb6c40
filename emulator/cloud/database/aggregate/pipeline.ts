import { LIMITS } from '../../limits.ts'
import type { Access } from '../access/access.ts'
import { invalidOperator, requestFailed } from '../failures.ts'
import { find, type Selection } from '../find/find.ts'
import { compileQuery } from '../query/query.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import { type Document, isDocument } from '../values/document.ts'
import { type Compiler, scopeOf } from './expression/scope.ts'
import { expressionCompiler } from './expression.ts'
import { compileGeoNear } from './geo-near.ts'
import { addFields } from './stages/add-fields.ts'
import { bucketAuto } from './stages/bucket-auto.ts'
import { densify } from './stages/densify.ts'
import { fill } from './stages/fill.ts'
import { groupStages } from './stages/group.ts'
import { graphLookup, lookup } from './stages/lookup.ts'
import { nestedStages, parseStages } from './stages/nested.ts'
import { project, unset } from './stages/project.ts'
import { setWindowFields } from './stages/set-window-fields.ts'
import { compileMatch, parseSort, simpleStages, wholeCount } from './stages/simple.ts'
import type { CompileStage, Run } from './stages/stage.ts'

/** One stage: its name and its value. */
export interface PipelineStage {
  readonly name: string
  readonly value: unknown
}

/** `$out`, `$merge` and `$documents` are not among them: they write, or read what is in no collection. */
const STAGES: ReadonlyMap<string, CompileStage> = new Map(
  Object.entries({
    ...simpleStages,
    ...groupStages,
    ...nestedStages,
    $addFields: addFields,
    $set: addFields,
    $project: project,
    $unset: unset,
    $bucketAuto: bucketAuto,
    $densify: densify,
    $fill: fill,
    $lookup: lookup,
    $graphLookup: graphLookup,
    $setWindowFields: setWindowFields,
  }),
)

/** For the list of what is supported. */
export const STAGE_NAMES: readonly string[] = [...STAGES.keys()]

/**
 * Runs an aggregation pipeline on a collection. The whole pipeline is compiled before any document is read.
 * @throws DATABASE_INVALID_OPERRATOR for stages and operators that are not known or not allowed (`$out`, `$merge`,
 * `$function`, `$accumulator`, `$where`), DATABASE_REQUEST_FAILED for everything else that is written wrongly or does
 * not fit the documents.
 */
export function aggregate(
  access: Access,
  collection: Collection,
  pipeline: readonly PipelineStage[],
): Document[] {
  return compilePipeline(access, pipeline, expressionCompiler(), collection, 0)([], {})
}

/** @param source the collection it reads; without it, the pipeline takes documents */
function compilePipeline(
  access: Access,
  pipeline: readonly PipelineStage[],
  compiler: Compiler,
  source: Collection | undefined,
  depth: number,
): Run {
  if (depth > LIMITS.database.pipelineDepth) throw requestFailed('pipelines are nested too deep')
  const runs = pipeline.map(({ name, value }, position): Run => {
    if (name === '$geoNear') return geoNearRun(position === 0 ? source : undefined, value, access)
    const compile = STAGES.get(name)
    if (!compile) throw invalidOperator(`Unrecognized pipeline stage name: '${name}'`)
    return compile(
      value,
      {
        access,
        compiler,
        pipeline: (stages, options) =>
          compilePipeline(access, parseStages(stages), options.compiler, options.source, depth + 1),
      },
      name,
    )
  })
  const first = source ? compileFirst(access, source, pipeline, compiler) : undefined
  const rest = first ? runs.slice(first.stages) : runs
  return (documents, outer) =>
    rest.reduce<Document[]>((list, run) => run(list, outer), first ? first.read([], outer) : [...documents])
}

function geoNearRun(source: Collection | undefined, value: unknown, access: Access): Run {
  if (!source) throw requestFailed('$geoNear is only valid as the first stage in a pipeline.')
  const geoNear = compileGeoNear(value)
  const test = compileQuery(geoNear.query, (expression) => {
    const evaluate = expressionCompiler().compile(expression)
    return (document) => evaluate(scopeOf(document))
  })
  const isServed = source.indexes.some(({ keys }) => keys.some(({ direction }) => direction === '2dsphere'))
  return () => {
    const found = find(access, source, geoNear.query, test, { isServed })
    return geoNear.run(
      found.map(({ document }) => document),
      source,
    )
  }
}

/**
 * Leading `$match`es, then `$sort`, `$skip` and `$limit`, become one query, which indexes may serve: not all documents
 * need be read.
 */
function compileFirst(
  access: Access,
  source: Collection,
  pipeline: readonly PipelineStage[],
  compiler: Compiler,
): { stages: number; read: Run } | undefined {
  if (pipeline[0]?.name === '$geoNear')
    return { stages: 1, read: geoNearRun(source, pipeline[0].value, access) }
  const rest = [...pipeline]
  const take = (name: string) => (rest[0]?.name === name ? rest.shift() : undefined)
  const conditions: unknown[] = []
  for (let stage = take('$match'); stage; stage = take('$match')) conditions.push(stage.value)
  const query = conditions.length === 1 ? conditions[0] : conditions.length === 0 ? {} : { $and: conditions }
  const [sort, skip, limit] = ['$sort', '$skip', '$limit'].map(take)
  const order = isDocument(sort?.value) ? sort.value : undefined
  const selection: Selection = {
    ...(order ? { order: parseSort(order, '$sort') } : {}),
    ...(skip ? { skip: wholeCount(skip.value, 'skip', 0) } : {}),
    ...(limit ? { limit: wholeCount(limit.value, 'limit', 1) } : {}),
  }
  const { test, withOuter } = compileMatch(query, compiler)
  const read: Run = (_documents, outer) =>
    withOuter(outer, () =>
      find(access, source, query, (document) => test(document as Document), selection).map(
        ({ document }) => document,
      ),
    )
  return { stages: pipeline.length - rest.length, read }
}
