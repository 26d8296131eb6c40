import type { Geometry, Polygon } from './geometry.ts'
import { angle, arcsCross, arcsOf, isOnArc, ringEncloses, type Vector } from './sphere.ts'

/** Whether the two geometries share a point. */
export function intersects(a: Geometry, b: Geometry): boolean {
  return (
    touches(a, b) || touches(b, a) || arcs(a).some((one) => arcs(b).some((two) => arcsCross(...one, ...two)))
  )
}

/** Whether some vertex of `a` lies on or in `b`. */
function touches(a: Geometry, b: Geometry): boolean {
  return vertices(a).some(
    (vertex) =>
      b.points.some((point) => isOnArc(vertex, point, point)) ||
      b.lines.some((line) => arcsOf(line).some(([start, end]) => isOnArc(vertex, start, end))) ||
      covers(b.polygons, vertex),
  )
}

/** Whether the whole of `geometry` lies in one of the areas. */
export function isWithin(geometry: Geometry, areas: readonly Polygon[]): boolean {
  return areas.some((area) => isWithinArea(geometry, area))
}

function isWithinArea(geometry: Geometry, area: Polygon): boolean {
  const border = area.flatMap(arcsOf)
  const holes = area.slice(1)
  return (
    vertices(geometry).every((vertex) => covers([area], vertex)) &&
    !arcs(geometry).some((one) => border.some((two) => arcsCross(...one, ...two))) &&
    !holes.some((hole) => hole.every((vertex) => covers(geometry.polygons, vertex)))
  )
}

/** Whether the whole of `geometry` lies within an angle of `centre`, in radians. */
export function isWithinCap(geometry: Geometry, centre: Vector, radius: number): boolean {
  return vertices(geometry).every((vertex) => angle(vertex, centre) <= radius)
}

/** The angle from `point` to the nearest point of `geometry`, in radians; lines are measured to their vertices. */
export function angleTo(geometry: Geometry, point: Vector): number {
  if (covers(geometry.polygons, point)) return 0
  return Math.min(...vertices(geometry).map((vertex) => angle(point, vertex)))
}

function covers(areas: readonly Polygon[], point: Vector): boolean {
  return areas.some(([outer, ...holes]) => {
    if (!outer || !ringEncloses(outer, point)) return false
    const isOnBorder = (ring: readonly Vector[]) => arcsOf(ring).some(([a, b]) => isOnArc(point, a, b))
    return !holes.some((hole) => ringEncloses(hole, point) && !isOnBorder(hole))
  })
}

function vertices({ points, lines, polygons }: Geometry): Vector[] {
  return [...points, ...lines.flat(), ...polygons.flat(2)]
}

function arcs({ lines, polygons }: Geometry): (readonly [Vector, Vector])[] {
  return [...lines, ...polygons.flat()].flatMap(arcsOf)
}
