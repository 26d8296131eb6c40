import { requestFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'
import { valuesAt } from '../values/field-path.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { geometriesIn, parsePoint } from './geometry.ts'
import { angleTo } from './relations.ts'
import { EARTH_RADIUS_METRES, type Vector } from './sphere.ts'

/** What `$near` and `$nearSphere` ask for. Distances are in metres. */
export interface Near {
  readonly point: Vector
  readonly minimumMetres: number
  readonly maximumMetres: number
}

/**
 * Reads `{ $geometry, $maxDistance, $minDistance }`, metres, or a legacy pair with its distances, radians, beside it.
 * @throws DATABASE_REQUEST_FAILED
 */
export function parseNear(operand: unknown, conditions: Document): Near {
  const isLegacy = !isDocument(operand) || !Object.hasOwn(operand, '$geometry')
  const options = isLegacy ? conditions : operand
  const unit = isLegacy ? EARTH_RADIUS_METRES : 1
  return {
    point: parsePoint(isLegacy ? operand : operand['$geometry']),
    minimumMetres: distance(options['$minDistance'], 0) * unit,
    maximumMetres: distance(options['$maxDistance'], Number.POSITIVE_INFINITY) * unit,
  }
}

/** A distance option. @throws DATABASE_REQUEST_FAILED for a negative one. */
export function distance(value: unknown, otherwise: number): number {
  if (value === undefined || value === null) return otherwise
  if (!isNumeric(value) || !(toNumber(value) >= 0))
    throw requestFailed('a distance must be a non-negative number')
  return toNumber(value)
}

/** The distance in metres from the point to the nearest geometry among the values; undefined without one. */
export function metresTo(values: readonly unknown[], point: Vector): number | undefined {
  const distances = values
    .flatMap(geometriesIn)
    .map((geometry) => angleTo(geometry, point) * EARTH_RADIUS_METRES)
  return distances.length === 0 ? undefined : Math.min(...distances)
}

/**
 * The order a query asks for by `$near` or `$nearSphere`: nearest first.
 * @returns undefined for a query without them.
 */
export function nearestFirst(query: unknown): ((left: Document, right: Document) => number) | undefined {
  const found = findNear(query)
  if (!found) return undefined
  const { path, near } = found
  const measure = (document: Document) =>
    metresTo(valuesAt(document, path), near.point) ?? Number.POSITIVE_INFINITY
  return (left, right) => measure(left) - measure(right)
}

function findNear(query: unknown): { path: string[]; near: Near } | undefined {
  if (!isDocument(query)) return undefined
  for (const [field, operand] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(operand)) {
      const inner = operand.map(findNear).find((found) => found !== undefined)
      if (inner) return inner
    }
    if (field.startsWith('$') || !isDocument(operand)) continue
    const spec = operand['$nearSphere'] ?? operand['$near']
    if (spec !== undefined) return { path: field.split('.'), near: parseNear(spec, operand) }
  }
  return undefined
}
