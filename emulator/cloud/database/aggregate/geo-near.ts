import { requestFailed } from '../failures.ts'
import { geometriesIn, parsePoint, requireDocument } from '../geo/geometry.ts'
import { distance, metresTo } from '../geo/near.ts'
import { EARTH_RADIUS_METRES } from '../geo/sphere.ts'
import type { Collection } from '../storage/collection-catalog.ts'
import { cloneDocument, type Document, isDocument } from '../values/document.ts'
import { valuesAt } from '../values/field-path.ts'
import { setPath } from './stages/stage.ts'

/** A `$geoNear` stage, taken apart. Distances are in metres for a GeoJSON point, in radians for a legacy pair. */
export interface GeoNear {
  readonly query: unknown
  /** The documents by growing distance, each with its distance. */
  run(documents: readonly Document[], collection: Collection): Document[]
}

/** @throws DATABASE_REQUEST_FAILED */
export function compileGeoNear(specification: unknown): GeoNear {
  const options = requireDocument(specification, 'the $geoNear specification')
  const { near, distanceField, includeLocs, key } = options
  if (typeof distanceField !== 'string' || distanceField === '')
    throw requestFailed('$geoNear needs a distanceField')
  const point = parsePoint(near)
  const unit = isDocument(near) && near['type'] === 'Point' ? 1 : EARTH_RADIUS_METRES
  const least = distance(options['minDistance'], 0)
  const most = distance(options['maxDistance'], Number.POSITIVE_INFINITY)
  const multiplier = distance(options['distanceMultiplier'], 1)
  return {
    query: options['query'] ?? {},
    run(documents, collection) {
      const path = (typeof key === 'string' ? key : inferKey(collection, documents)).split('.')
      return documents
        .flatMap((document) => {
          const metres = metresTo(valuesAt(document, path), point)
          return metres === undefined ? [] : [{ document, distance: metres / unit }]
        })
        .filter((found) => found.distance >= least && found.distance <= most)
        .sort((left, right) => left.distance - right.distance)
        .map((found) => {
          const answer = cloneDocument(found.document)
          setPath(answer, distanceField.split('.'), found.distance * multiplier)
          if (typeof includeLocs === 'string')
            setPath(answer, includeLocs.split('.'), valuesAt(found.document, path)[0])
          return answer
        })
    },
  }
}

/** The only field with a geographic index; without one, the first field that holds a location. */
function inferKey(collection: Collection, documents: readonly Document[]): string {
  const indexed = collection.indexes
    .flatMap(({ keys }) => keys)
    .filter(({ direction }) => direction === '2dsphere')
  if (indexed.length > 1)
    throw requestFailed('there is more than one 2dsphere index, unsure which to use for $geoNear')
  if (indexed[0]) return indexed[0].field
  const holder = documents
    .flatMap(Object.entries)
    .find(([, value]) => isDocument(value) && geometriesIn(value).length > 0)
  if (!holder && documents.length > 0) throw requestFailed('unable to find index for $geoNear query')
  return holder?.[0] ?? ''
}
