import { requestFailed } from '../../failures.ts'
import { type Document, isDocument } from '../../values/document.ts'
import { isNumeric, toNumber } from '../../values/numbers.ts'
import { compareValues } from '../../values/ordering.ts'
import type { Evaluate, Scope } from '../expression/scope.ts'
import { addToDate, requireUnit } from '../operators/date-arithmetic.ts'
import { UTC } from '../operators/time-zone.ts'

/** The places of a partition that belong to the window of one place: from the first up to, not including, the last. */
export type WindowOf = (members: readonly Scope[], at: number) => readonly [from: number, to: number]

type Bound = 'unbounded' | 'current' | number

/**
 * Compiles the `window` of a field of `$setWindowFields`; without one it is the whole partition.
 * @param sortField the only field of `sortBy`, ascending, which a range needs
 * @throws DATABASE_REQUEST_FAILED
 */
export function compileWindow(window: unknown, sortField: Evaluate | undefined, hasOrder: boolean): WindowOf {
  if (window === undefined) return (members) => [0, members.length]
  if (!isDocument(window)) throw requestFailed("'window' field must be an object")
  const { documents, range, unit, ...others } = window as Document
  const [stray] = Object.keys(others)
  if (stray !== undefined) throw requestFailed(`'window' field: unrecognized option '${stray}'`)
  if (documents !== undefined && range !== undefined)
    throw requestFailed("a window has either 'documents' or 'range'")
  if (range !== undefined) return rangeWindow(parseBounds(range), unit, sortField)
  if (unit !== undefined) throw requestFailed("a window with 'unit' needs a 'range'")
  if (documents === undefined) return (members) => [0, members.length]
  const bounds = parseBounds(documents)
  if (!bounds.every((bound) => typeof bound === 'string' || Number.isInteger(bound))) {
    throw requestFailed("the bounds of 'documents' must be whole numbers")
  }
  const isWhole = bounds.every((bound) => bound === 'unbounded')
  if (!hasOrder && !isWhole) throw requestFailed('Document-based bounds require a sortBy')
  return (members, at) => documentsWindow(bounds, members.length, at)
}

function parseBounds(value: unknown): readonly [Bound, Bound] {
  const bounds = Array.isArray(value) ? value : []
  const isBound = (bound: unknown) => bound === 'unbounded' || bound === 'current' || isNumeric(bound)
  if (bounds.length !== 2 || !bounds.every(isBound)) {
    throw requestFailed("Window bounds must be a 2-element array of 'unbounded', 'current' or a number")
  }
  const [lower, upper] = bounds.map((bound) => (isNumeric(bound) ? toNumber(bound) : bound)) as [Bound, Bound]
  const asNumber = (bound: Bound) => (bound === 'current' ? 0 : bound)
  const [first, last] = [asNumber(lower), asNumber(upper)]
  if (typeof first === 'number' && typeof last === 'number' && first > last) {
    throw requestFailed('Lower bound must not exceed upper bound')
  }
  return [lower, upper]
}

function documentsWindow(
  [lower, upper]: readonly [Bound, Bound],
  length: number,
  at: number,
): [number, number] {
  const positionOf = (bound: Bound, unbounded: number) =>
    bound === 'unbounded' ? unbounded : at + (bound === 'current' ? 0 : bound)
  const clamp = (position: number) => Math.max(0, Math.min(length, position))
  const from = clamp(positionOf(lower, 0))
  return [from, Math.max(from, clamp(positionOf(upper, length) + (upper === 'unbounded' ? 0 : 1)))]
}

/** By the value that the documents are sorted by: numbers, or dates with a unit. */
function rangeWindow(
  bounds: readonly [Bound, Bound],
  unit: unknown,
  sortField: Evaluate | undefined,
): WindowOf {
  if (!sortField) throw requestFailed('Range-based bounds require a sortBy of a single field, ascending')
  const dateUnit = unit === undefined ? undefined : requireUnit(unit, 'window')
  const move = (value: unknown, amount: number): unknown => {
    if (dateUnit === undefined) {
      if (isNumeric(value)) return toNumber(value) + amount
      throw requestFailed('Invalid range: Expected the sortBy field to be a number')
    }
    if (value instanceof Date) return addToDate(value.getTime(), dateUnit, amount, UTC)
    throw requestFailed('Invalid range: Expected the sortBy field to be a Date')
  }
  return (members, at) => {
    const values = members.map((member) => sortField(member) ?? null)
    const edge = (bound: Bound) => (typeof bound === 'number' ? move(values[at], bound) : values[at])
    const [lower, upper] = bounds
    const from =
      lower === 'unbounded' ? 0 : values.findIndex((value) => compareValues(value, edge(lower)) >= 0)
    const to =
      upper === 'unbounded'
        ? values.length
        : values.findLastIndex((value) => compareValues(value, edge(upper)) <= 0) + 1
    return from < 0 || to <= from ? [0, 0] : [from, to]
  }
}
