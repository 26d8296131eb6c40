/** The sphere the server measures on, in metres. Source: kRadiusOfEarthInMeters of MongoDB. */
export const EARTH_RADIUS_METRES = 6378100

/** A position as longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number]

/** A point of the unit sphere. */
export type Vector = readonly [number, number, number]

/** Two points nearer than this are one (about 6 millimetres). */
const EPSILON = 1e-9

export function toVector([longitude, latitude]: Position): Vector {
  const phi = latitude * (Math.PI / 180)
  const theta = longitude * (Math.PI / 180)
  const cosine = Math.cos(phi)
  return [Math.cos(theta) * cosine, Math.sin(theta) * cosine, Math.sin(phi)]
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function norm(a: Vector): number {
  return Math.sqrt(dot(a, a))
}

/** The angle between two points in radians, by the formula of S2, so that distances agree to the last digit. */
export function angle(a: Vector, b: Vector): number {
  return Math.atan2(norm(cross(a, b)), dot(a, b))
}

/** Whether `point` lies on the shorter great-circle arc from `a` to `b`, ends included. */
export function isOnArc(point: Vector, a: Vector, b: Vector): boolean {
  if (angle(point, a) < EPSILON || angle(point, b) < EPSILON) return true
  const normal = cross(a, b)
  const length = norm(normal)
  if (length < EPSILON || Math.abs(dot(point, normal)) > EPSILON * length) return false
  return dot(cross(a, point), normal) > 0 && dot(cross(point, b), normal) > 0
}

/** Whether two arcs cross in their interiors. */
export function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const ab = cross(a, b)
  const acb = -dot(ab, c)
  const bda = dot(ab, d)
  if (acb * bda <= 0) return false
  const cd = cross(c, d)
  return acb * -dot(cd, b) > 0 && acb * dot(cd, a) > 0
}

/**
 * Whether a closed ring of great-circle arcs goes around `point`. The ring encloses the smaller of the two areas it
 * bounds, as for the server; a point on the ring counts as enclosed.
 */
export function ringEncloses(ring: readonly Vector[], point: Vector): boolean {
  const arcs = arcsOf(ring)
  if (arcs.some(([a, b]) => isOnArc(point, a, b))) return true
  // The turns around a point and around its antipode add up alike; the hemisphere tells which one is meant.
  const middle = ring.reduce<Vector>(
    (sum, vertex) => [sum[0] + vertex[0], sum[1] + vertex[1], sum[2] + vertex[2]],
    [0, 0, 0],
  )
  if (dot(middle, point) < 0) return false
  const turn = arcs.reduce((sum, [a, b]) => sum + turnAround(point, a, b), 0)
  return Math.abs(turn) > Math.PI
}

function turnAround(point: Vector, a: Vector, b: Vector): number {
  return Math.atan2(dot(point, cross(a, b)), dot(a, b) - dot(a, point) * dot(b, point))
}

/** The arcs between neighbouring points of a line or ring. */
export function arcsOf(line: readonly Vector[]): (readonly [Vector, Vector])[] {
  return line.slice(1).map((end, position) => [line[position] as Vector, end] as const)
}
