import type { Access } from '../access/access.ts'
import type { PipelineStage } from '../aggregate/pipeline.ts'
import { type Document, isDocument } from '../values/document.ts'
import type { ClientBody } from './client-body.ts'
import { type CollectionGuard, guardOf, type Request } from './collection-guard.ts'
import { permissionDenied } from './permission-denied.ts'

/**
 * Holds an aggregation against the read permission. Its first stage is its query. Another collection may be joined only
 * if the person may read all of it.
 * @throws CloudError -502003
 */
export function authorizePipeline(
  access: Access,
  guard: CollectionGuard,
  body: ClientBody,
  request: Request,
): void {
  const stages = body.stages()
  body.restrictTo(guard.requireQuery('read', queryOf(stages[0])))
  for (const name of joinedCollections(stages.map((stage) => ({ [stage.name]: stage.value })))) {
    const joined = access.findCollection(name)
    if (!joined) continue
    const restriction = guardOf(joined, request).requireQuery('read', {})
    if (Object.keys(restriction).length > 0) {
      throw permissionDenied(`聚合关联的集合 ${name} 只有创建者可读`)
    }
  }
}

function queryOf(stage: PipelineStage | undefined): Document {
  if (!stage || !isDocument(stage.value)) return {}
  if (stage.name === '$match') return stage.value
  const query = stage.name === '$geoNear' ? stage.value['query'] : undefined
  return isDocument(query) ? query : {}
}

/** The collections that `$lookup` and its kin name, in inner pipelines too. */
function joinedCollections(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(joinedCollections)
  if (!isDocument(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(/^\$(lookup|graphLookup|unionWith)$/.test(name) ? namedCollections(inner) : []),
    ...joinedCollections(inner),
  ])
}

function namedCollections(stage: unknown): string[] {
  if (typeof stage === 'string') return [stage]
  if (!isDocument(stage)) return []
  return [stage['from'], stage['coll']].filter((name) => typeof name === 'string')
}
