import { requestFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'
import { type Position, toVector, type Vector } from './sphere.ts'

/** An area: an outer ring and the holes in it, each closed. */
export type Polygon = readonly (readonly Vector[])[]

/** A GeoJSON geometry taken apart into what it is made of. */
export interface Geometry {
  readonly points: readonly Vector[]
  readonly lines: readonly (readonly Vector[])[]
  readonly polygons: readonly Polygon[]
}

const EMPTY: Geometry = { points: [], lines: [], polygons: [] }

/**
 * Reads a GeoJSON geometry or a legacy pair of coordinates.
 * @returns undefined for anything else, such as coordinates off the globe.
 */
function readGeometry(value: unknown): Geometry | undefined {
  const legacy = readPosition(value)
  if (legacy) return { ...EMPTY, points: [toVector(legacy)] }
  if (!isDocument(value)) return undefined
  if (value['type'] === 'GeometryCollection') return readCollection(value['geometries'])
  const coordinates = value['coordinates']
  switch (value['type']) {
    case 'Point':
      return build('points', many([coordinates], point))
    case 'MultiPoint':
      return build('points', many(coordinates, point))
    case 'LineString':
      return build('lines', many([coordinates], line))
    case 'MultiLineString':
      return build('lines', many(coordinates, line))
    case 'Polygon':
      return build('polygons', many([coordinates], polygon))
    case 'MultiPolygon':
      return build('polygons', many(coordinates, polygon))
    default:
      return undefined
  }
}

/** @throws DATABASE_REQUEST_FAILED when it is no geometry. */
export function parseGeometry(value: unknown): Geometry {
  const geometry = readGeometry(value)
  if (!geometry) throw requestFailed(`unknown or malformed geometry: ${JSON.stringify(value)?.slice(0, 200)}`)
  return geometry
}

/** All geometries a stored value holds: one, or the elements of an array. */
export function geometriesIn(value: unknown): Geometry[] {
  const geometry = readGeometry(value)
  if (geometry) return [geometry]
  return Array.isArray(value) ? value.flatMap((item) => readGeometry(item) ?? []) : []
}

/** `[lng, lat]` or a document of two numbers, the forms older than GeoJSON. */
function readPosition(value: unknown): Position | undefined {
  const pair = isDocument(value) && !Object.hasOwn(value, 'coordinates') ? Object.values(value) : value
  if (!Array.isArray(pair) || pair.length < 2) return undefined
  const [longitude, latitude] = pair
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined
}

/** The point of `near`: a GeoJSON Point or a legacy pair. @throws DATABASE_REQUEST_FAILED */
export function parsePoint(value: unknown): Vector {
  const { points, lines, polygons } = parseGeometry(value)
  const [only] = points
  if (only === undefined || points.length + lines.length + polygons.length > 1) {
    throw requestFailed('a point is needed')
  }
  return only
}

function build<Part extends keyof Geometry>(
  part: Part,
  parts: Geometry[Part] | undefined,
): Geometry | undefined {
  return parts && { ...EMPTY, [part]: parts }
}

function many<Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const items = value.map(read)
  return items.every((item) => item !== undefined) ? (items as Item[]) : undefined
}

function point(value: unknown): Vector | undefined {
  const position = Array.isArray(value) ? readPosition(value) : undefined
  return position && toVector(position)
}

function line(value: unknown): Vector[] | undefined {
  const points = many(value, point)
  return points && points.length >= 2 ? points : undefined
}

function polygon(value: unknown): Vector[][] | undefined {
  return many(value, (ring) => {
    const points = many(ring, point)
    return points && points.length >= 4 && isClosed(ring) ? points : undefined
  })
}

function isClosed(ring: unknown): boolean {
  if (!Array.isArray(ring)) return false
  return JSON.stringify(ring[0]) === JSON.stringify(ring.at(-1))
}

function readCollection(value: unknown): Geometry | undefined {
  const geometries = many<Geometry>(value, readGeometry)
  return geometries?.reduce<Geometry>(
    (all, { points, lines, polygons }) => ({
      points: [...all.points, ...points],
      lines: [...all.lines, ...lines],
      polygons: [...all.polygons, ...polygons],
    }),
    EMPTY,
  )
}

/** For messages and options that must be plain documents. @throws DATABASE_REQUEST_FAILED */
export function requireDocument(value: unknown, what: string): Document {
  if (!isDocument(value)) throw requestFailed(`${what} must be an object`)
  return value
}
