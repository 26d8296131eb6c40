import { invalidOperator, requestFailed } from '../failures.ts'
import { geometriesIn, parseGeometry, parsePoint, requireDocument } from '../geo/geometry.ts'
import { metresTo, parseNear } from '../geo/near.ts'
import { intersects, isWithin, isWithinCap } from '../geo/relations.ts'
import type { Document } from '../values/document.ts'
import type { Operator, ValuesTest } from './operator.ts'

/**
 * The geographic operators. The real service wants a 2dsphere index for them; here they work without one, by
 * testing every candidate.
 */

function near(operand: unknown, conditions: Document): ValuesTest {
  const { point, minimumMetres, maximumMetres } = parseNear(operand, conditions)
  return (values) => {
    const metres = metresTo(values, point)
    return metres !== undefined && metres >= minimumMetres && metres <= maximumMetres
  }
}

function within(operand: unknown): ValuesTest {
  const shape = requireDocument(operand, '$geoWithin')
  if (shape['$centerSphere'] !== undefined) return withinCap(shape['$centerSphere'])
  if (shape['$geometry'] === undefined) throw invalidOperator('$geoWithin needs $geometry or $centerSphere')
  const { polygons } = parseGeometry(shape['$geometry'])
  if (polygons.length === 0) throw requestFailed('$geoWithin needs a Polygon or MultiPolygon')
  return (values) => values.flatMap(geometriesIn).some((geometry) => isWithin(geometry, polygons))
}

function withinCap(operand: unknown): ValuesTest {
  const [centre, radius] = Array.isArray(operand) ? operand : []
  if (typeof radius !== 'number' || radius < 0)
    throw requestFailed('$centerSphere needs a centre and a radius')
  const point = parsePoint(centre)
  return (values) => values.flatMap(geometriesIn).some((geometry) => isWithinCap(geometry, point, radius))
}

function intersecting(operand: unknown): ValuesTest {
  const geometry = parseGeometry(requireDocument(operand, '$geoIntersects')['$geometry'])
  return (values) => values.flatMap(geometriesIn).some((stored) => intersects(stored, geometry))
}

export const geoOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$near', (operand, _compiler, conditions) => near(operand, conditions)],
  ['$nearSphere', (operand, _compiler, conditions) => near(operand, conditions)],
  ['$geoWithin', within],
  ['$geoIntersects', intersecting],
])
