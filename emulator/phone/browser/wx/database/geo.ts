import { CODES, DatabaseFailure } from './failure.ts'

/** A geometry as documents keep it. */
export interface GeoJson {
  type: string
  coordinates: unknown
}

/** A place: `new db.Geo.Point(longitude, latitude)`. */
export class Point {
  readonly longitude: number
  readonly latitude: number

  constructor(longitude: unknown, latitude: unknown) {
    if (typeof longitude !== 'number' || typeof latitude !== 'number') {
      throw new DatabaseFailure(CODES.badType, 'Geo.Point: longitude and latitude should be numbers')
    }
    this.longitude = longitude
    this.latitude = latitude
  }

  toJSON(): GeoJson {
    return { type: 'Point', coordinates: coordinatesOf(this) }
  }
}

/** Any other geometry: its parts are geometries of the level below. */
class Shape {
  readonly #type: string
  readonly #parts: readonly unknown[]

  constructor(type: string, parts: unknown) {
    if (!Array.isArray(parts) || parts.length === 0) {
      throw new DatabaseFailure(CODES.badType, `Geo.${type} should be made of a non-empty array`)
    }
    this.#type = type
    this.#parts = parts
  }

  toJSON(): GeoJson {
    return { type: this.#type, coordinates: this.#parts.map(coordinatesOf) }
  }
}

class LineString extends Shape {
  readonly points: unknown
  constructor(points: unknown) {
    super('LineString', points)
    this.points = points
  }
}

class Polygon extends Shape {
  readonly lines: unknown
  constructor(lines: unknown) {
    super('Polygon', lines)
    this.lines = lines
  }
}

class MultiPoint extends Shape {
  readonly points: unknown
  constructor(points: unknown) {
    super('MultiPoint', points)
    this.points = points
  }
}

class MultiLineString extends Shape {
  readonly lines: unknown
  constructor(lines: unknown) {
    super('MultiLineString', lines)
    this.lines = lines
  }
}

class MultiPolygon extends Shape {
  readonly polygons: unknown
  constructor(polygons: unknown) {
    super('MultiPolygon', polygons)
    this.polygons = polygons
  }
}

function coordinatesOf(part: unknown): unknown {
  if (part instanceof Point) return [part.longitude, part.latitude]
  return part instanceof Shape ? part.toJSON().coordinates : part
}

export function isGeo(value: unknown): value is Point | Shape {
  return value instanceof Point || value instanceof Shape
}

type Build = (coordinates: readonly unknown[]) => object
const each = (build: Build) => (coordinates: readonly unknown[]) =>
  coordinates.map((part) => build(part as readonly unknown[]))
const point: Build = ([longitude, latitude]) => new Point(longitude, latitude)
const line: Build = (coordinates) => new LineString(each(point)(coordinates))
const polygon: Build = (coordinates) => new Polygon(each(line)(coordinates))
const BUILDERS: Readonly<Record<string, Build>> = {
  Point: point,
  LineString: line,
  Polygon: polygon,
  MultiPoint: (coordinates) => new MultiPoint(each(point)(coordinates)),
  MultiLineString: (coordinates) => new MultiLineString(each(line)(coordinates)),
  MultiPolygon: (coordinates) => new MultiPolygon(each(polygon)(coordinates)),
}

/** The geometry that an object of a document means; the object itself when it is none. */
export function asGeo(object: Record<string, unknown>): unknown {
  const { type, coordinates } = object
  const build = typeof type === 'string' && Object.hasOwn(BUILDERS, type) ? BUILDERS[type] : undefined
  if (!build || !Array.isArray(coordinates) || Object.keys(object).length !== 2) return object
  try {
    return build(coordinates)
  } catch {
    return object
  }
}

/** A class that is called with or without `new`, as WeChat's are. */
function callable<Parameters extends unknown[]>(create: new (...parameters: Parameters) => object) {
  return new Proxy(create, { apply: (target, _self, parameters) => Reflect.construct(target, parameters) })
}

/** `db.Geo` */
export const GEO = {
  Point: callable(Point),
  LineString: callable(LineString),
  Polygon: callable(Polygon),
  MultiPoint: callable(MultiPoint),
  MultiLineString: callable(MultiLineString),
  MultiPolygon: callable(MultiPolygon),
}
